//! The operations as `spec/` states them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;

/// The documents of `spec/`.
const DOCUMENTS: [&str; 5] =
    ["yandex360-api360.yaml", "yandex360-cloud.yaml", "yandex-disk.yaml", "yandex-oauth.yaml", "code42.yaml"];

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One operation of one document.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) host: String,
    pub(crate) scopes: BTreeSet<String>,
    /// Whether one scope is enough, where the document says it plainly.
    pub(crate) any_scope: Option<bool>,
    pub(crate) parameters: Vec<StatedParameter>,
    /// The schema of the body, and whether it is a form.
    pub(crate) body: Option<(Value, bool)>,
    pub(crate) body_required: bool,
    /// The schemas of the successful answers, by status.
    pub(crate) answers: Vec<(u16, Value)>,
    pub(crate) document: &'static str,
}

/// A parameter of the path, the query or a header.
#[derive(Clone, Debug)]
pub(crate) struct StatedParameter {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) required: bool,
    pub(crate) schema: Value,
}

/// All documents.
pub(crate) struct Documents {
    roots: BTreeMap<&'static str, Value>,
    pub(crate) operations: BTreeMap<String, Stated>,
}

impl Documents {
    pub(crate) fn read() -> Self {
        let mut roots = BTreeMap::new();
        let mut operations = BTreeMap::new();
        for name in DOCUMENTS {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(name);
            let text = std::fs::read_to_string(&path).unwrap();
            let root: Value = serde_norway::from_str(&text).unwrap();
            roots.insert(name, root);
        }
        let mut documents = Self { roots, operations: BTreeMap::new() };
        for name in DOCUMENTS {
            let paths = documents.roots[name]["paths"].as_object().unwrap();
            for (path, item) in paths {
                for method in METHODS {
                    if let Some(operation) = item.get(method) {
                        let id = operation["operationId"].as_str().unwrap().to_owned();
                        let stated = documents.stated(name, (method, path), item, operation);
                        assert!(operations.insert(id.clone(), stated).is_none(), "{id} stands there twice");
                    }
                }
            }
        }
        documents.operations = operations;
        documents
    }

    fn stated(
        &self,
        document: &'static str,
        (method, path): (&str, &str),
        item: &Value,
        operation: &Value,
    ) -> Stated {
        let server = self.roots[document]["servers"][0]["url"].as_str().unwrap_or_default();
        let host = operation["x-host"].as_str().unwrap_or(server);
        let host =
            host.split_once("://").map_or(host, |(_, rest)| rest).split('/').next().unwrap_or_default();
        let lists = [&item["parameters"], &operation["parameters"]];
        let parameters = lists.iter().filter_map(|list| list.as_array()).flatten();
        let body = self.resolved(document, &operation["requestBody"]);
        Stated {
            method: method.to_uppercase(),
            path: path.to_owned(),
            host: host.to_owned(),
            scopes: texts(&operation["x-scopes"]),
            any_scope: any_scope(operation),
            parameters: parameters.map(|parameter| self.parameter(document, parameter)).collect(),
            body_required: body["required"].as_bool().unwrap_or(false),
            body: self.content(document, &body),
            answers: self.answers(document, operation),
            document,
        }
    }

    fn parameter(&self, document: &str, parameter: &Value) -> StatedParameter {
        let parameter = self.resolved(document, parameter);
        StatedParameter {
            name: parameter["name"].as_str().unwrap().to_owned(),
            place: parameter["in"].as_str().unwrap().to_owned(),
            required: parameter["required"].as_bool().unwrap_or(false),
            schema: self.whole(document, &parameter["schema"]),
        }
    }

    fn answers(&self, document: &str, operation: &Value) -> Vec<(u16, Value)> {
        let answers = operation["responses"].as_object().into_iter().flatten();
        let successful = answers.filter(|(status, _)| status.starts_with('2'));
        successful
            .filter_map(|(status, answer)| {
                let (schema, _) = self.content(document, &self.resolved(document, answer))?;
                Some((status.parse().unwrap(), schema))
            })
            .collect()
    }

    fn content(&self, document: &str, holder: &Value) -> Option<(Value, bool)> {
        let (kind, media) = holder["content"].as_object()?.iter().next()?;
        Some((self.whole(document, &media["schema"]), kind.contains("form-urlencoded")))
    }

    /// What a reference stands for.
    fn resolved(&self, document: &str, value: &Value) -> Value {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return value.clone() };
        let pointer = reference.split_once('#').unwrap().1;
        let target = self.roots[document].pointer(pointer);
        self.resolved(document, target.unwrap_or_else(|| panic!("{document}: no {reference}")))
    }

    /// A schema with the parts of `allOf` put together, and those of `oneOf` and `anyOf` laid over each other.
    pub(crate) fn whole(&self, document: &str, schema: &Value) -> Value {
        let mut schema = self.resolved(document, schema);
        for key in ["allOf", "oneOf", "anyOf"] {
            let Some(parts) = schema.get(key).and_then(Value::as_array).cloned() else { continue };
            for part in parts {
                lay_over(&mut schema, &self.whole(document, &part), key == "allOf");
            }
        }
        schema
    }
}

/// Adds what one schema says to another.
fn lay_over(schema: &mut Value, part: &Value, all: bool) {
    let (Some(schema), Some(part)) = (schema.as_object_mut(), part.as_object()) else { return };
    for (key, value) in part {
        match (key.as_str(), schema.get_mut(key)) {
            ("properties", Some(Value::Object(there))) => {
                let more = value.as_object().into_iter().flatten();
                there.extend(more.map(|(name, schema)| (name.clone(), schema.clone())));
            }
            ("required", Some(Value::Array(there))) if all => {
                there.extend(value.as_array().into_iter().flatten().cloned());
            }
            ("required", None) if !all => {}
            ("type", Some(there)) if !all => {
                let mut types = types(there);
                types.extend(self::types(value));
                *there = types.into();
            }
            (_, Some(_)) => {}
            (_, None) => {
                schema.insert(key.clone(), value.clone());
            }
        }
    }
}

/// The types that a schema's `type` names.
pub(crate) fn types(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// The texts of a list.
pub(crate) fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn any_scope(operation: &Value) -> Option<bool> {
    match (operation["x-scopes-mode"].as_str(), operation["x-scope-rule"].as_str()) {
        (Some("any-of"), _) => Some(true),
        (Some("all"), _) => Some(false),
        (_, Some(rule)) if rule.starts_with("any one of") => Some(true),
        (_, Some(rule)) if rule.starts_with("both scopes") => Some(false),
        _ => None,
    }
}
