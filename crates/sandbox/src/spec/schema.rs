//! Schemas, and whether a value keeps to one.

use std::{collections::BTreeMap, sync::OnceLock};

use regex_lite::Regex;
use serde::Deserialize;
use serde_json::{Number, Value};

use super::project::Plan;

/// The schemas of one document, by name.
#[derive(Debug, Deserialize)]
pub(super) struct Schemas(BTreeMap<String, Schema>);

/// What a value must be like. Every part that is absent allows everything.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "type")]
    kinds: Option<Kinds>,
    properties: BTreeMap<String, Schema>,
    required: Vec<String>,
    additional_properties: Option<Additional>,
    items: Option<Box<Schema>>,
    #[serde(rename = "enum")]
    words: Option<Vec<Value>>,
    #[serde(rename = "const")]
    constant: Option<Value>,
    default: Option<Value>,
    one_of: Vec<Schema>,
    any_of: Vec<Schema>,
    all_of: Vec<Schema>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    min_properties: Option<usize>,
    max_properties: Option<usize>,
    format: Option<String>,
    pattern: Option<Pattern>,
    #[serde(rename = "x-unset")]
    pub(super) unset: Option<Unset>,
    #[serde(rename = "x-shown-as")]
    pub(super) manner: Option<Manner>,
    #[serde(skip)]
    pub(super) plan: OnceLock<Plan>,
}

/// What an answer shows of a property that is unset.
#[derive(Debug, Deserialize)]
#[serde(from = "Value")]
pub(super) enum Unset {
    Absent,
    Shown(Value),
}

impl From<Value> for Unset {
    fn from(value: Value) -> Self {
        if value == "absent" { Self::Absent } else { Self::Shown(value) }
    }
}

/// How an answer shows a property, where that does not follow from its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Manner {
    /// A number as text, though the type allows both.
    Text,
    /// A time with Moscow's offset.
    MoscowTime,
    /// Only in the items of a list.
    ListItem,
    /// Only outside of lists.
    Single,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(Kind),
    Several(Vec<Kind>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Additional {
    Allowed(bool),
    Like(Box<Schema>),
}

#[derive(Debug, Deserialize)]
#[serde(from = "String")]
struct Pattern {
    text: String,
    regex: OnceLock<Option<Regex>>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        Self { text, regex: OnceLock::new() }
    }
}

impl Pattern {
    fn allows(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(&self.text).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// Where a value strays from its schema, and how: `items[0].id: not an integer`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stray {
    /// From the inside out.
    path: Vec<String>,
    reason: String,
}

impl Stray {
    fn new(reason: impl Into<String>) -> Self {
        Self { path: Vec::new(), reason: reason.into() }
    }

    fn within(mut self, step: impl Into<String>) -> Self {
        self.path.push(step.into());
        self
    }
}

impl std::fmt::Display for Stray {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, step) in self.path.iter().rev().enumerate() {
            let dot = if index == 0 || step.starts_with('[') { "" } else { "." };
            write!(f, "{dot}{step}")?;
        }
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(f, "{colon}{}", self.reason)
    }
}

impl Schemas {
    /// Checks a value against a schema of this document.
    pub(super) fn check(&self, schema: &Schema, value: &Value) -> Result<(), Stray> {
        if let Some(name) = &schema.reference {
            let schema = self.0.get(name).ok_or_else(|| Stray::new(format!("no schema {name}")))?;
            self.check(schema, value)?;
        }
        schema.check_plain(value)?;
        match value {
            Value::Object(fields) => self.check_fields(schema, fields)?,
            Value::Array(items) => self.check_items(schema, items)?,
            _ => {}
        }
        self.check_choices(schema, value)
    }

    /// The schema itself, of a reference the one that it points at.
    pub(super) fn resolved<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let referenced = schema.reference.as_ref().and_then(|name| self.0.get(name));
        referenced.map_or(schema, |schema| self.resolved(schema))
    }

    /// The words that a schema, or a property of it, lists.
    pub(super) fn words(&self, schema: &str, property: Option<&str>) -> Vec<&str> {
        let schema = self.0.get(schema);
        let schema = schema.and_then(|schema| match property {
            Some(property) => schema.properties.get(property),
            None => Some(schema),
        });
        let words = schema.and_then(|schema| schema.words.as_ref());
        words.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn check_fields(&self, schema: &Schema, fields: &serde_json::Map<String, Value>) -> Result<(), Stray> {
        if let Some(missing) = schema.required.iter().find(|name| !fields.contains_key(*name)) {
            return Err(Stray::new(format!("`{missing}` is missing")));
        }
        let few = schema.min_properties.is_some_and(|min| fields.len() < min);
        if few || schema.max_properties.is_some_and(|max| fields.len() > max) {
            return Err(Stray::new(format!("{} fields", fields.len())));
        }
        for (name, value) in fields {
            let schema = match (schema.properties.get(name), &schema.additional_properties) {
                (Some(schema), _) => schema,
                (None, Some(Additional::Like(schema))) => schema,
                (None, Some(Additional::Allowed(false))) => {
                    return Err(Stray::new("not a known field").within(name));
                }
                (None, _) => continue,
            };
            self.check(schema, value).map_err(|stray| stray.within(name))?;
        }
        Ok(())
    }

    fn check_items(&self, schema: &Schema, items: &[Value]) -> Result<(), Stray> {
        let few = schema.min_items.is_some_and(|min| items.len() < min);
        if few || schema.max_items.is_some_and(|max| items.len() > max) {
            return Err(Stray::new(format!("{} items", items.len())));
        }
        let Some(schema) = &schema.items else { return Ok(()) };
        for (index, item) in items.iter().enumerate() {
            self.check(schema, item).map_err(|stray| stray.within(format!("[{index}]")))?;
        }
        Ok(())
    }

    fn check_choices(&self, schema: &Schema, value: &Value) -> Result<(), Stray> {
        for part in &schema.all_of {
            self.check(part, value)?;
        }
        for choices in [&schema.one_of, &schema.any_of] {
            // One that fits is enough: the documents' alternatives overlap (an integer and its text).
            let mut strays = choices.iter().map(|choice| self.check(choice, value));
            let first = strays.next();
            if let Some(Err(stray)) = first
                && strays.all(|result| result.is_err())
            {
                return Err(stray);
            }
        }
        Ok(())
    }

    /// The name of a reference that points at nothing.
    #[cfg(test)]
    pub(super) fn check_references(&self) -> Result<(), String> {
        let text = |schema: &Schema| format!("{schema:?}");
        for schema in self.0.values().map(text) {
            for part in schema.split("reference: Some(\"").skip(1) {
                let name = part.split('"').next().unwrap_or_default();
                if !self.0.contains_key(name) {
                    return Err(name.to_owned());
                }
            }
        }
        Ok(())
    }
}

impl Schema {
    pub(super) fn has_properties(&self) -> bool {
        !self.properties.is_empty() || !self.all_of.is_empty()
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = (&String, &Schema)> {
        self.properties.iter()
    }

    /// The names of the properties that it requires.
    pub(super) fn requires(&self) -> &[String] {
        &self.required
    }

    /// The schemas that it puts together.
    pub(super) fn parts(&self) -> &[Schema] {
        &self.all_of
    }

    pub(super) fn of_items(&self) -> Option<&Schema> {
        self.items.as_deref()
    }

    pub(super) fn is_text(&self) -> bool {
        self.kinds() == [Kind::String]
    }

    pub(super) fn is_integer(&self) -> bool {
        self.kinds() == [Kind::Integer]
    }

    /// A number that is sent as text.
    pub(super) fn is_number_as_text(&self) -> bool {
        self.kinds().contains(&Kind::String)
            && self.format.as_deref().is_some_and(|f| f.starts_with("uint64"))
    }

    /// Text that may be empty: no time, no id, no word.
    pub(super) fn is_free_text(&self) -> bool {
        self.kinds().contains(&Kind::String) && self.format.is_none() && self.words.is_none()
    }

    /// The value that a parameter has where none is sent.
    pub(super) fn default_value(&self) -> Option<&Value> {
        self.default.as_ref()
    }

    /// Reads the text of a parameter as the schema's type: numbers and booleans come as text there.
    pub(super) fn read(&self, text: &str) -> Value {
        let kind = self.kinds().first().copied();
        let read = match kind {
            Some(Kind::Integer) => text.parse::<i64>().ok().map(Value::from),
            Some(Kind::Number) => text.parse::<Number>().ok().map(Value::Number),
            Some(Kind::Boolean) => boolean(text).map(Value::Bool),
            Some(Kind::Array) => Some(text.split(',').map(Value::from).collect()),
            _ => None,
        };
        read.unwrap_or_else(|| Value::from(text))
    }

    pub(super) fn is_list(&self) -> bool {
        self.kinds() == [Kind::Array]
    }

    fn kinds(&self) -> &[Kind] {
        match &self.kinds {
            Some(Kinds::One(kind)) => std::slice::from_ref(kind),
            Some(Kinds::Several(kinds)) => kinds,
            None => &[],
        }
    }

    fn check_plain(&self, value: &Value) -> Result<(), Stray> {
        let kinds = self.kinds();
        if !kinds.is_empty() && !kinds.iter().any(|kind| kind.is_of(value)) {
            return Err(Stray::new(format!("not {}", names(kinds))));
        }
        if self.constant.as_ref().is_some_and(|constant| constant != value) {
            return Err(Stray::new("not the only value that is allowed"));
        }
        if let Some(words) = &self.words
            && !words.contains(value)
        {
            let words: Vec<_> = words.iter().map(Value::to_string).collect();
            return Err(Stray::new(format!("not one of {}", words.join(", "))));
        }
        match value {
            Value::Number(number) => self.check_number(number),
            Value::String(text) => self.check_text(text),
            _ => Ok(()),
        }
    }

    fn check_number(&self, number: &Number) -> Result<(), Stray> {
        let value = number.as_f64().unwrap_or_default();
        if let Some(minimum) = self.minimum.filter(|minimum| value < *minimum) {
            return Err(Stray::new(format!("less than {minimum}")));
        }
        if let Some(maximum) = self.maximum.filter(|maximum| value > *maximum) {
            return Err(Stray::new(format!("more than {maximum}")));
        }
        Ok(())
    }

    fn check_text(&self, text: &str) -> Result<(), Stray> {
        let length = text.chars().count();
        if self.min_length.is_some_and(|min| length < min) || self.max_length.is_some_and(|max| length > max)
        {
            return Err(Stray::new(format!("{length} characters long")));
        }
        if let Some(pattern) = self.pattern.as_ref().filter(|pattern| !pattern.allows(text)) {
            return Err(Stray::new(format!("not like {}", pattern.text)));
        }
        let fits = match self.format.as_deref() {
            // A fact written as "integer or text" is free where it is text.
            Some("uint64" | "uint64-as-string") => text.parse::<u64>().is_ok(),
            Some("date-time") => text.parse::<jiff::Timestamp>().is_ok(),
            Some("date") => text.parse::<jiff::civil::Date>().is_ok(),
            _ => true,
        };
        if fits { Ok(()) } else { Err(Stray::new("not of the format that the document names")) }
    }
}

impl Kind {
    fn is_of(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

fn names(kinds: &[Kind]) -> String {
    let names = kinds.iter().map(|kind| match kind {
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Integer => "an integer",
        Kind::Number => "a number",
        Kind::String => "a text",
        Kind::Array => "a list",
        Kind::Object => "an object",
    });
    names.collect::<Vec<_>>().join(" or ")
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schemas() -> Schemas {
        let text = r##"{
            "Page": {"type": "object", "required": ["items"], "properties": {
                "items": {"type": "array", "items": {"$ref": "Item"}, "maxItems": 2},
                "total": {"type": "integer", "minimum": 0, "maximum": 9}}},
            "Item": {"type": "object", "additionalProperties": false, "properties": {
                "id": {"type": ["integer", "string"]},
                "kind": {"type": "string", "enum": ["a", "b"]},
                "uid": {"type": "string", "format": "uint64", "pattern": "^[0-9]+$"},
                "at": {"type": "string", "format": "date-time"},
                "either": {"oneOf": [{"type": "integer"}, {"type": "string", "const": ""}]},
                "both": {"allOf": [{"type": "object", "required": ["x"]}, {"type": "object", "required": ["y"]}]}}}
        }"##;
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_stray_is_named_with_its_path() {
        let schemas = schemas();
        let page = Schema { reference: Some("Page".to_owned()), ..Schema::default() };
        let item = |item: Value| json!({"items": [{"id": 1}, item]});
        for (value, stray) in [
            (json!({"items": []}), ""),
            (json!({"items": [], "more": 1}), ""),
            (json!([]), "not an object"),
            (json!({"total": 1}), "`items` is missing"),
            (json!({"items": null}), "items: not a list"),
            (json!({"items": [], "total": "1"}), "total: not an integer"),
            (json!({"items": [], "total": 10}), "total: more than 9"),
            (json!({"items": [], "total": -1}), "total: less than 0"),
            (json!({"items": [{}, {}, {}]}), "items: 3 items"),
            (item(json!({"id": "x"})), ""),
            (item(json!({"id": true})), "items[1].id: not an integer or a text"),
            (item(json!({"kind": "c"})), "items[1].kind: not one of \"a\", \"b\""),
            (item(json!({"uid": "-1"})), "items[1].uid: not like ^[0-9]+$"),
            (item(json!({"at": "yesterday"})), "items[1].at: not of the format that the document names"),
            (item(json!({"at": "2018-01-28T12:08:48.372+03:00"})), ""),
            (item(json!({"either": 5})), ""),
            (item(json!({"either": ""})), ""),
            (item(json!({"either": "5"})), "items[1].either: not an integer"),
            (item(json!({"both": {"x": 1}})), "items[1].both: `y` is missing"),
            (item(json!({"other": 1})), "items[1].other: not a known field"),
        ] {
            let found =
                schemas.check(&page, &value).map_or_else(|stray| stray.to_string(), |()| String::new());
            assert_eq!(found, stray, "{value}");
        }
    }

    #[test]
    fn texts_are_read_as_what_the_schema_says() {
        let read = |kind: &str, text: &str| -> Value {
            serde_json::from_value::<Schema>(json!({"type": kind})).unwrap().read(text)
        };
        assert_eq!(read("integer", "10"), 10);
        assert_eq!(read("integer", "ten"), "ten");
        for (text, expected) in [("True", true), ("1", true), ("false", false), ("0", false)] {
            assert_eq!(read("boolean", text), expected);
        }
        assert_eq!(read("boolean", "yes"), "yes");
        assert_eq!(read("string", "10"), "10");
        assert_eq!(read("array", "a,b"), json!(["a", "b"]));
    }
}
