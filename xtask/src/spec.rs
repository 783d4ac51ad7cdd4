//! The compact form of `spec/` that the sandbox embeds: what checks and answers need, no prose.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

const DOCUMENTS: [&str; 5] = ["yandex360-api360", "yandex360-cloud", "yandex-disk", "yandex-oauth", "code42"];

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Keywords of a schema that a check or an answer follows, and whose values are plain.
const PLAIN: [&str; 16] = [
    "type",
    "required",
    "const",
    "default",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "x-unset",
    "x-shown-as",
];

/// Writes the compact form; with `check`, fails where the one that is there differs.
///
/// # Errors
/// Fails when a document cannot be read or lacks something, and when the compact form is not current.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = root.join("crates/sandbox/src/spec/compact.json");
    let documents: Vec<Value> =
        DOCUMENTS.iter().map(|name| document(&root, name).map(sorted)).collect::<Result<_, _>>()?;
    let compact = layout(&documents)?;
    if !check {
        return fs::write(&target, compact).map_err(|error| format!("{}: {error}", target.display()));
    }
    match read(&target) {
        Ok(current) if current == compact => Ok(()),
        _ => Err("crates/sandbox/src/spec/compact.json is not current: run `cargo xtask spec`".to_owned()),
    }
}

fn read(path: &PathBuf) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn document(root: &Path, name: &str) -> Result<Value, String> {
    let path = root.join("spec").join(name).with_extension("yaml");
    let source: Value =
        serde_norway::from_str(&read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    Document { name, source: &source }.compact()
}

struct Document<'a> {
    name: &'a str,
    source: &'a Value,
}

impl Document<'_> {
    fn compact(&self) -> Result<Value, String> {
        let schemas = object(&self.source["components"]["schemas"])
            .map(|(name, schema)| (name.clone(), schema_of(schema)))
            .collect::<Map<_, _>>();
        let mut operations = Vec::new();
        for (path, item) in object(&self.source["paths"]) {
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    operations.push(self.operation(path, method, item, operation)?);
                }
            }
        }
        if operations.is_empty() {
            return Err(format!("{}: no operations found", self.name));
        }
        Ok(json!({"name": self.name, "schemas": schemas, "operations": operations}))
    }

    fn operation(&self, path: &str, method: &str, item: &Value, operation: &Value) -> Result<Value, String> {
        let id = operation["operationId"]
            .as_str()
            .ok_or_else(|| format!("{}: {method} {path} has no operationId", self.name))?;
        let mut parameters = Vec::new();
        for parameter in array(&item["parameters"]).chain(array(&operation["parameters"])) {
            parameters.push(self.parameter(parameter)?);
        }
        let mut responses = Map::new();
        for (status, response) in object(&operation["responses"]) {
            let content = self.resolve(response)?["content"].clone();
            responses.insert(status.clone(), contents(&content));
        }
        let mut compact = json!({
            "id": id, "method": method.to_uppercase(), "path": path,
            "scopes": operation["x-scopes"], "allScopes": needs_all_scopes(operation),
            "parameters": parameters, "responses": responses,
        });
        if let Some(body) = operation.get("requestBody") {
            let body = self.resolve(body)?;
            compact["body"] =
                json!({"required": body["required"] == true, "content": contents(&body["content"])});
        }
        Ok(compact)
    }

    fn parameter(&self, parameter: &Value) -> Result<Value, String> {
        let parameter = self.resolve(parameter)?;
        Ok(json!({
            "name": parameter["name"], "in": parameter["in"], "required": parameter["required"] == true,
            "schema": schema_of(&parameter["schema"]),
        }))
    }

    /// What a `$ref` outside of schemas points at, or the value itself.
    fn resolve<'a>(&'a self, value: &'a Value) -> Result<&'a Value, String> {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Ok(value) };
        let found = reference.strip_prefix('#').and_then(|pointer| self.source.pointer(pointer));
        found.ok_or_else(|| format!("{}: {reference} points at nothing", self.name))
    }
}

/// Whether every scope of the list is needed; else one of them is enough.
fn needs_all_scopes(operation: &Value) -> bool {
    operation["x-scopes-mode"] == "all" || operation["x-scope-rule"] == "both scopes are needed"
}

/// Media types and their schemas.
fn contents(content: &Value) -> Value {
    object(content)
        .map(|(media, body)| (media.clone(), schema_of(&body["schema"])))
        .collect::<Map<_, _>>()
        .into()
}

/// A schema without prose; references are names.
fn schema_of(schema: &Value) -> Value {
    let mut compact = Map::new();
    for (keyword, value) in object(schema) {
        let kept = match keyword.as_str() {
            "$ref" => value.as_str().map(|path| path.rsplit('/').next().unwrap_or(path).into()),
            "properties" => Some(
                object(value).map(|(name, s)| (name.clone(), schema_of(s))).collect::<Map<_, _>>().into(),
            ),
            "items" => Some(schema_of(value)),
            "additionalProperties" if value.is_object() => Some(schema_of(value)),
            "additionalProperties" => Some(value.clone()),
            "oneOf" | "anyOf" | "allOf" => Some(array(value).map(schema_of).collect::<Vec<_>>().into()),
            "enum" => Some(array(value).chain(array(&schema["x-extra"])).cloned().collect::<Vec<_>>().into()),
            word if PLAIN.contains(&word) => Some(value.clone()),
            _ => None,
        };
        compact.extend(kept.map(|kept| (keyword.clone(), kept)));
    }
    compact.into()
}

/// The value with its keys in the order of the alphabet, whatever order the map type keeps.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            fields.into_iter().collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        plain => plain,
    }
}

/// One schema and one operation a line, so that a change of one shows as one.
fn layout(documents: &[Value]) -> Result<String, String> {
    let mut text = String::from("{\"documents\": [\n");
    for (index, document) in documents.iter().enumerate() {
        let schemas: Vec<_> =
            object(&document["schemas"]).map(|(name, schema)| format!("{}: {schema}", json!(name))).collect();
        let operations: Vec<_> = array(&document["operations"]).map(Value::to_string).collect();
        let comma = if index + 1 == documents.len() { "" } else { "," };
        writeln!(
            text,
            "{{\"name\": {}, \"schemas\": {{\n{}\n}}, \"operations\": [\n{}\n]}}{comma}",
            document["name"],
            schemas.join(",\n"),
            operations.join(",\n")
        )
        .map_err(|error| error.to_string())?;
    }
    text.push_str("]}\n");
    Ok(text)
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compact_form_is_current() {
        run(true).unwrap();
    }

    #[test]
    fn prose_is_dropped_and_references_become_names() {
        let schema = json!({
            "type": "object", "description": "A thing.", "x-source": "a page",
            "properties": {
                "description": {"type": "string", "description": "A field of that name stays."},
                "kind": {"type": "string", "enum": ["a"], "x-extra": ["b"]},
                "next": {"$ref": "#/components/schemas/Next"},
            },
        });
        let expected = json!({
            "type": "object",
            "properties": {
                "description": {"type": "string"},
                "kind": {"type": "string", "enum": ["a", "b"]},
                "next": {"$ref": "Next"},
            },
        });
        assert_eq!(schema_of(&schema), expected);
    }
}
