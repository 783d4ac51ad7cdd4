//! What a record looks like where a document shows it.
//!
//! Records are kept with names in snake_case and ids as numbers or text, as they please. A schema says which of the
//! fields an answer holds, how they are spelt there, and whether a number comes as text.

use serde_json::{Map, Value};

use super::schema::{Schema, Schemas};

impl Schemas {
    /// A record as this schema shows it. What is unset is an empty text or list; times and all else are left out.
    pub(super) fn project(&self, schema: &Schema, record: &Value) -> Value {
        let schema = self.resolved(schema);
        match record {
            Value::Object(fields) if schema.has_properties() => {
                let mut shown = Map::new();
                self.project_fields(schema, fields, &mut shown);
                Value::Object(shown)
            }
            Value::Array(items) => match schema.of_items() {
                Some(schema) => items.iter().map(|item| self.project(schema, item)).collect(),
                None => record.clone(),
            },
            Value::Number(number) if schema.is_text() => number.to_string().into(),
            Value::String(text) if schema.is_integer() => {
                text.parse::<u64>().map_or(Value::Null, Value::from)
            }
            _ => record.clone(),
        }
    }

    fn project_fields(&self, schema: &Schema, fields: &Map<String, Value>, shown: &mut Map<String, Value>) {
        for part in schema.parts() {
            self.project_fields(self.resolved(part), fields, shown);
        }
        for (name, property) in schema.properties() {
            let value = fields.get(&snake_case(name)).filter(|value| !value.is_null());
            let value = value.map(|value| self.project(property, value)).or_else(|| self.unset(property));
            if let Some(value) = value {
                shown.insert(name.clone(), value);
            }
        }
    }

    fn unset(&self, schema: &Schema) -> Option<Value> {
        let schema = self.resolved(schema);
        if schema.is_list() {
            return Some(Value::Array(Vec::new()));
        }
        schema.is_free_text().then(|| "".into())
    }
}

/// A name in the spelling of records.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for one in name.chars() {
        if one.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(one.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schemas() -> Schemas {
        serde_json::from_value(json!({
            "Thing": {"type": "object", "properties": {
                "id": {"type": "string"}, "ownerId": {"type": "string", "format": "uint64"}, "aliases":
                {"type": "array", "items": {"type": "string"}}, "createdAt": {"type": "string", "format":
                "date-time"}, "size": {"type": "integer"}, "about": {"type": "string"}, "inner": {"$ref": "Inner"},
            }},
            "Inner": {"allOf": [{"$ref": "Base"}], "properties": {"isOpen": {"type": "boolean"}}},
            "Base": {"properties": {"name": {"type": "string"}}},
        }))
        .unwrap()
    }

    #[test]
    fn a_record_is_shown_as_its_document_spells_it() {
        let record = json!({
            "id": "a", "owner_id": 7, "size": "12", "inner": {"name": "x", "is_open": true, "odd": 1}, "secret": 1,
        });
        let schema = serde_json::from_value(json!({"$ref": "Thing"})).unwrap();
        assert_eq!(
            schemas().project(&schema, &record),
            json!({
                "id": "a", "ownerId": "7", "aliases": [], "size": 12, "about": "",
                "inner": {"name": "x", "isOpen": true},
            })
        );
    }

    #[test]
    fn names_are_spelt_both_ways() {
        for (name, snake) in [("perPage", "per_page"), ("office_id", "office_id"), ("id", "id")] {
            assert_eq!(snake_case(name), snake);
        }
    }
}
