//! What a record looks like where a document shows it, and what a body says in a record's terms.
//!
//! Records are kept with names in snake_case and ids as numbers or text, as they please. A schema says which of the
//! fields an answer holds, how they are spelt there, whether a number comes as text, and (`x-unset`, `x-shown-as`) what
//! a host does otherwise than most.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{
    Operation,
    schema::{Manner, Schema, Schemas, Unset},
    spec,
};
use crate::{services::times, store::Record};

/// What an answer shows, before its document spells it.
pub(crate) enum Shown<'a> {
    Value(Cow<'a, Value>),
    /// A record, and what follows from it and goes before what it holds.
    Record(&'a Record, Box<Derived<'a>>),
    Fields(Vec<(&'static str, Shown<'a>)>),
    List(Vec<Shown<'a>>),
}

/// What follows from a record, by the field's name.
type Derived<'a> = dyn Fn(&str) -> Option<Shown<'a>> + 'a;

impl<T: Into<Value>> From<T> for Shown<'_> {
    fn from(value: T) -> Self {
        Self::Value(Cow::Owned(value.into()))
    }
}

impl<'a> Shown<'a> {
    /// A value that stays where it is.
    pub(crate) fn of(value: &'a Value) -> Self {
        Self::Value(Cow::Borrowed(value))
    }

    /// What stands in a field, which is asked for once.
    fn take(&mut self, name: &str) -> Option<Self> {
        let found = match self {
            Self::Record(record, derived) => derived(name).or_else(|| record.get(name).map(Self::of)),
            Self::Fields(fields) => {
                let place = fields.iter().position(|(known, _)| *known == name);
                place.map(|place| fields.swap_remove(place).1)
            }
            Self::Value(Cow::Borrowed(value)) => value.get(name).map(Self::of),
            Self::Value(Cow::Owned(value)) => value.get_mut(name).map(|value| value.take().into()),
            Self::List(_) => None,
        };
        found.filter(|found| !matches!(found, Self::Value(value) if value.is_null()))
    }

    /// The items, if it is a list.
    fn into_items(self) -> Result<Vec<Self>, Self> {
        match self {
            Self::List(items) => Ok(items),
            Self::Value(Cow::Borrowed(Value::Array(items))) => Ok(items.iter().map(Self::of).collect()),
            Self::Value(Cow::Owned(Value::Array(items))) => Ok(items.into_iter().map(Self::from).collect()),
            other => Err(other),
        }
    }

    fn has_fields(&self) -> bool {
        match self {
            Self::Value(value) => value.is_object(),
            Self::Record(..) | Self::Fields(_) => true,
            Self::List(_) => false,
        }
    }

    /// The value itself; an object that no document describes is empty.
    fn into_value(self) -> Value {
        match self {
            Self::Value(value) => value.into_owned(),
            Self::Record(..) | Self::Fields(_) => Value::Object(Map::new()),
            Self::List(items) => items.into_iter().map(Self::into_value).collect(),
        }
    }
}

/// How a schema shows what it is given; worked out once.
pub(super) enum Plan {
    AsIs,
    Text,
    Number,
    MoscowTime,
    List(&'static Schema),
    Object(Vec<Field>),
}

/// Without what it points at, which may be the schema itself.
impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Plan")
    }
}

/// One property: its name, the field of the record that it shows, how, and what stands there for nothing.
pub(super) struct Field {
    name: &'static str,
    field: String,
    schema: &'static Schema,
    unset: Option<Value>,
}

impl Schemas {
    /// What this schema shows. What is unset is an empty text or list; times and all else are left out.
    pub(super) fn project(&'static self, schema: &'static Schema, shown: Shown) -> Value {
        self.shown(schema, shown, false)
    }

    fn shown(&'static self, schema: &'static Schema, shown: Shown, is_item: bool) -> Value {
        match schema.plan.get_or_init(|| self.plan(schema)) {
            Plan::Object(fields) if shown.has_fields() => self.object(fields, shown, is_item),
            Plan::List(of) => match shown.into_items() {
                Ok(items) => items.into_iter().map(|item| self.shown(of, item, true)).collect(),
                Err(other) => other.into_value(),
            },
            plan => plan.plain(shown.into_value()),
        }
    }

    fn object(&'static self, fields: &[Field], mut shown: Shown, is_item: bool) -> Value {
        let fields = fields.iter().filter_map(|property| {
            let value = match property.schema.manner {
                Some(Manner::ListItem) if !is_item => return None,
                Some(Manner::Single) if is_item => return None,
                _ => shown.take(&property.field),
            };
            let value = match value {
                Some(value) => self.shown(property.schema, value, false),
                None => property.unset.clone()?,
            };
            Some((property.name.to_owned(), value))
        });
        Value::Object(fields.collect())
    }

    fn plan(&'static self, schema: &'static Schema) -> Plan {
        match schema.manner {
            Some(Manner::MoscowTime) => return Plan::MoscowTime,
            Some(Manner::Text) => return Plan::Text,
            Some(Manner::ListItem | Manner::Single) | None => {}
        }
        let schema = self.resolved(schema);
        if schema.has_properties() {
            let mut fields = Vec::new();
            self.fields(schema, &mut fields);
            fields.sort_by_key(|field| field.name);
            return Plan::Object(fields);
        }
        match schema.of_items() {
            Some(of) => Plan::List(of),
            None if schema.is_text() => Plan::Text,
            None if schema.is_integer() => Plan::Number,
            None => Plan::AsIs,
        }
    }

    fn fields(&'static self, schema: &'static Schema, fields: &mut Vec<Field>) {
        for part in schema.parts() {
            self.fields(self.resolved(part), fields);
        }
        for (name, schema) in schema.properties() {
            fields.retain(|field| field.name != name);
            fields.push(Field { name, field: snake_case(name), schema, unset: self.unset(schema) });
        }
    }

    fn unset(&self, schema: &Schema) -> Option<Value> {
        match &schema.unset {
            Some(Unset::Absent) => return None,
            Some(Unset::Shown(value)) => return Some(value.clone()),
            None => {}
        }
        let schema = self.resolved(schema);
        if schema.is_list() {
            return Some(Value::Array(Vec::new()));
        }
        schema.is_free_text().then(|| "".into())
    }

    /// What a body says, in a record's terms: names in snake_case, ids as numbers, nothing that the schema does not name.
    fn told(&self, schema: &Schema, value: &Value) -> Value {
        let schema = self.resolved(schema);
        match value {
            Value::Object(fields) if schema.has_properties() => {
                let mut told = Map::new();
                self.told_fields(schema, fields, &mut told);
                Value::Object(told)
            }
            Value::Array(items) => match schema.of_items() {
                Some(of) => items.iter().map(|item| self.told(of, item)).collect(),
                None => value.clone(),
            },
            Value::String(text) if schema.is_number_as_text() => {
                text.parse::<u64>().map_or_else(|_| value.clone(), Value::from)
            }
            _ => value.clone(),
        }
    }

    fn told_fields(&self, schema: &Schema, fields: &Map<String, Value>, told: &mut Map<String, Value>) {
        for part in schema.parts() {
            self.told_fields(self.resolved(part), fields, told);
        }
        let known = schema.properties().filter_map(|(name, schema)| Some((name, schema, fields.get(name)?)));
        told.extend(known.map(|(name, schema, value)| (snake_case(name), self.told(schema, value))));
    }
}

impl Plan {
    /// A value that has no parts of its own.
    fn plain(&self, value: Value) -> Value {
        match (self, &value) {
            (Self::Text, Value::Number(number)) => number.to_string().into(),
            (Self::Number, Value::String(text)) => text.parse::<u64>().map_or(Value::Null, Value::from),
            (Self::MoscowTime, Value::String(text)) => times::to_moscow(text).into(),
            _ => value,
        }
    }
}

impl Operation {
    /// What a body of this operation says, in a record's terms.
    pub(crate) fn told(&self, body: &Value) -> Record {
        let told = self.body_schema().map(|schema| spec().document(self).schemas.told(schema, body));
        match told {
            Some(Value::Object(told)) => told.into(),
            _ => Record::default(),
        }
    }
}

/// What a thing of one's own must be like.
impl Operation {
    /// What an item of this list says, in a record's terms, or why it could not stand there.
    pub(crate) fn told_item(&self, item: &Value) -> Result<Record, String> {
        let schemas = &spec().document(self).schemas;
        let answer = self.responses.get("200").and_then(|content| content.get("application/json"));
        let mut properties = answer.into_iter().flat_map(|answer| schemas.resolved(answer).properties());
        let items = properties.find_map(|(_, schema)| schema.of_items()).ok_or("not listed")?;
        let fields = item.as_object().ok_or("not an object")?;
        let schema = schemas.resolved(items);
        let is_known = |name: &String| schema.properties().any(|(known, _)| known == name);
        if let Some(unknown) = fields.keys().find(|name| !is_known(name)) {
            return Err(format!("{unknown}: not a known field"));
        }
        schemas.check(schema, item).map_err(|stray| stray.to_string())?;
        match schemas.told(schema, item) {
            Value::Object(told) => Ok(told.into()),
            _ => Err("not an object".to_owned()),
        }
    }

    /// The fields that a body of this operation may hold, in a record's terms.
    pub(crate) fn takes_in_body(&self) -> Vec<String> {
        let schema = self.body_schema().into_iter();
        schema.flat_map(Schema::properties).map(|(name, _)| snake_case(name)).collect()
    }

    /// Those that it must hold.
    pub(crate) fn requires(&self) -> Vec<String> {
        self.body_schema().into_iter().flat_map(Schema::requires).map(|name| snake_case(name)).collect()
    }

    fn body_schema(&self) -> Option<&Schema> {
        let schema = self.body.as_ref()?.content.get("application/json")?;
        Some(spec().document(self).schemas.resolved(schema))
    }
}

/// A name in the spelling of records.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut in_capitals = false;
    for (place, one) in name.char_indices() {
        // A run of capitals is one word; and there is one word that begins with a number.
        let begins_word = one.is_ascii_uppercase() && !in_capitals || name[place..].starts_with("2fa");
        in_capitals = one.is_ascii_uppercase();
        if begins_word && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(one.to_ascii_lowercase());
    }
    snake
}

/// Whether a name is this one in snake_case.
pub(super) fn is_spelt(name: &str, snake: &str) -> bool {
    let letters = |name| str::bytes(name).filter(|one| *one != b'_').map(|one| one.to_ascii_lowercase());
    letters(name).eq(letters(snake))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schemas() -> &'static Schemas {
        let schemas = json!({
            "Thing": {"type": "object", "properties": {
                "id": {"type": "string"}, "ownerId": {"type": "string", "format": "uint64"}, "aliases":
                {"type": "array", "items": {"type": "string"}}, "createdAt": {"type": "string", "format":
                "date-time"}, "size": {"type": "integer"}, "about": {"type": "string"}, "inner": {"$ref": "Inner"},
                "displayName": {"type": "string", "x-unset": "absent"}, "isOld": {"type": "boolean", "x-unset": false},
                "changedAt": {"type": "string", "x-shown-as": "moscow-time"},
            }},
            "Inner": {"allOf": [{"$ref": "Base"}], "properties": {"isOpen": {"type": "boolean"}}},
            "Base": {"properties": {"name": {"type": "string"}}},
            "Things": {"properties": {"things": {"type": "array", "items": {"$ref": "Placed"}}}},
            "Placed": {"properties": {
                "parentId": {"type": "integer", "x-shown-as": "single"},
                "parent": {"properties": {"id": {"type": "integer"}}, "x-shown-as": "list-item"},
                "next": {"$ref": "Placed"},
            }},
        });
        Box::leak(Box::new(serde_json::from_value(schemas).unwrap()))
    }

    fn project(schema: &str, record: &Value) -> Value {
        let schema = serde_json::from_value(json!({"$ref": schema})).unwrap();
        schemas().project(Box::leak(Box::new(schema)), Shown::of(record))
    }

    #[test]
    fn a_record_is_shown_as_its_document_spells_it() {
        let record = json!({
            "id": "a", "owner_id": 7, "size": "12", "inner": {"name": "x", "is_open": true, "odd": 1}, "secret": 1,
            "changed_at": "2026-01-01T22:00:00Z",
        });
        assert_eq!(
            project("Thing", &record),
            json!({
                "id": "a", "ownerId": "7", "aliases": [], "size": 12, "about": "",
                "inner": {"name": "x", "isOpen": true}, "isOld": false, "changedAt": "2026-01-02T01:00:00+03:00",
            })
        );
        assert_eq!(project("Thing", &json!({"is_old": true, "display_name": "A"}))["displayName"], "A");
    }

    #[test]
    fn some_fields_are_for_items_of_a_list_and_others_for_what_stands_alone() {
        let record = json!({"parent_id": 3, "parent": {"id": 3}, "next": {"parent_id": 4}});
        assert_eq!(project("Placed", &record), json!({"parentId": 3, "next": {"parentId": 4}}));
        let listed = project("Things", &json!({"things": [record]}));
        assert_eq!(listed, json!({"things": [{"parent": {"id": 3}, "next": {"parentId": 4}}]}));
    }

    #[test]
    fn a_body_is_told_in_depth_and_without_what_the_document_does_not_name() {
        let body = json!({"ownerId": "7", "inner": {"isOpen": false, "name": "x", "odd": 1}, "aliases": ["a"], "odd": 1});
        let schema = serde_json::from_value(json!({"$ref": "Thing"})).unwrap();
        assert_eq!(
            schemas().told(&schema, &body),
            json!({"owner_id": 7, "inner": {"is_open": false, "name": "x"}, "aliases": ["a"]})
        );
    }

    #[test]
    fn names_are_spelt_both_ways() {
        for (name, snake) in [
            ("perPage", "per_page"),
            ("office_id", "office_id"),
            ("id", "id"),
            ("is2faEnabled", "is_2fa_enabled"),
            ("is_2fa_enabled", "is_2fa_enabled"),
            ("has2fa", "has_2fa"),
            ("authTTL", "auth_ttl"),
        ] {
            assert_eq!(snake_case(name), snake);
        }
    }
}
