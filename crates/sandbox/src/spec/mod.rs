//! The documents of `spec/`, in the compact form that `cargo xtask spec` makes of them.

mod check;
mod project;
mod route;
mod schema;

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use http::{Method, StatusCode};
use serde::{Deserialize, Deserializer, de::Error as _};

pub(crate) use self::{
    check::{Checked, Moment},
    project::{Shown, snake_case},
    route::{Found, Lookup},
    schema::Schema,
};
use self::{route::Routes, schema::Schemas};
use crate::{
    dialect::Dialect,
    exchange::{Answer, Payload},
};

/// All documents, and where their operations are.
#[derive(Debug)]
pub(crate) struct Spec {
    documents: Vec<Document>,
    routes: Routes,
}

#[derive(Debug, Deserialize)]
struct Compact {
    documents: Vec<Document>,
}

#[derive(Debug, Deserialize)]
struct Document {
    name: String,
    schemas: Schemas,
    operations: Vec<Operation>,
}

/// One operation of a document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Operation {
    pub(crate) id: String,
    #[serde(deserialize_with = "method")]
    pub(crate) method: Method,
    pub(crate) path: String,
    /// Scopes, one of which a token needs; all of them with `all_scopes`.
    pub(crate) scopes: Vec<String>,
    pub(crate) all_scopes: bool,
    parameters: Vec<Parameter>,
    body: Option<RequestBody>,
    responses: BTreeMap<String, Content>,
    #[serde(skip)]
    document: usize,
}

#[derive(Debug, Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: Place,
    required: bool,
    schema: Schema,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Path,
    Query,
    Header,
}

#[derive(Debug, Deserialize)]
struct RequestBody {
    required: bool,
    content: Content,
}

/// Schemas by media type.
type Content = HashMap<String, Schema>;

fn method<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Method, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// The documents.
#[allow(clippy::expect_used, reason = "the text is a constant of this crate, and every test reads it")]
pub(crate) fn spec() -> &'static Spec {
    static SPEC: OnceLock<Spec> = OnceLock::new();
    SPEC.get_or_init(|| Spec::read(include_str!("compact.json")).expect("the compact form is valid"))
}

impl Spec {
    fn read(text: &str) -> serde_json::Result<Self> {
        let Compact { mut documents } = serde_json::from_str(text)?;
        let mut routes = Routes::default();
        for (d, document) in documents.iter_mut().enumerate() {
            for (o, operation) in document.operations.iter_mut().enumerate() {
                operation.document = d;
                routes.add(&operation.path, operation.method.clone(), (d, o));
            }
        }
        Ok(Self { documents, routes })
    }

    /// The operation behind a method and a path.
    pub(crate) fn find(&'static self, method: &Method, path: &str) -> Lookup {
        self.routes.find(method, path, |(d, o)| &self.documents[d].operations[o])
    }

    /// Every scope that an operation asks for, and every other that is named with it.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = &str> {
        self.operations().flat_map(|operation| &operation.scopes).map(String::as_str)
    }

    /// Every operation.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.documents.iter().flat_map(|document| &document.operations)
    }

    /// The words that a schema of a document lists.
    pub(crate) fn words(&self, document: &str, schema: &str) -> Vec<&str> {
        let document = self.documents.iter().find(|known| known.name == document);
        document.map(|document| document.schemas.words(schema, None)).unwrap_or_default()
    }

    /// The words that a property of a schema lists.
    pub(crate) fn words_of_property(&self, document: &str, schema: &str, property: &str) -> Vec<&str> {
        let document = self.documents.iter().find(|known| known.name == document);
        document.map(|document| document.schemas.words(schema, Some(property))).unwrap_or_default()
    }

    fn document(&self, operation: &Operation) -> &Document {
        &self.documents[operation.document]
    }
}

impl Operation {
    /// Its success, the least that the document names, and what that shows; nothing where it has no body.
    pub(crate) fn show(&'static self, shown: Shown) -> Answer {
        let success = self.responses.iter().find_map(|(status, content)| {
            let status = StatusCode::from_bytes(status.as_bytes()).ok().filter(StatusCode::is_success)?;
            Some((status, content.get("application/json")))
        });
        let (status, schema) = success.unwrap_or((StatusCode::OK, None));
        let schemas = &spec().document(self).schemas;
        let shown = schema.map(|schema| schemas.project(schema, shown));
        Answer { status, content: shown.map_or(Payload::Nothing, Payload::Json) }
    }

    /// Whether it takes a parameter of this name.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == name)
    }

    /// Whose manners its answers follow.
    pub(crate) fn dialect(&self) -> Dialect {
        match Dialect::of_document(&spec().document(self).name) {
            Dialect::Code42 => Dialect::of_path(&self.path),
            dialect => dialect,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_at_its_own_path() {
        for operation in spec().operations() {
            let path = operation.path.replace(['{', '}'], "");
            match spec().find(&operation.method, &path) {
                Lookup::Found(found) => assert_eq!(found.operation.id, operation.id),
                other => panic!("{} {}: {other:?}", operation.method, operation.path),
            }
        }
        assert_eq!(spec().operations().count(), 233);
    }

    #[test]
    fn every_reference_of_a_schema_points_at_one() {
        for document in &spec().documents {
            document.schemas.check_references().unwrap_or_else(|name| panic!("{}: {name}", document.name));
        }
    }
}
