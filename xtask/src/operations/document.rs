//! The operations as `spec/` states them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::workspace::{self, Result};

/// The documents, in the order in which they are reported.
const DOCUMENTS: [&str; 5] =
    ["yandex360-api360.yaml", "yandex360-cloud.yaml", "yandex-disk.yaml", "yandex-oauth.yaml", "code42.yaml"];

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One operation of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) id: String,
    pub(crate) document: String,
    /// Upper case, as it is sent.
    pub(crate) method: String,
    pub(crate) path: String,
    /// The host name of the operation, or of its document where it has none of its own.
    pub(crate) host: String,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) rule: Option<ScopeRule>,
    /// Query parameters, and whether each is required.
    pub(crate) query: BTreeMap<String, bool>,
}

/// How many of an operation's scopes a token needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeRule {
    Any,
    All,
}

/// The operations of all documents, by document and in its order.
pub(crate) fn read_all() -> Result<Vec<Facts>> {
    let mut facts = Vec::new();
    for name in DOCUMENTS {
        facts.extend(parse(name, &workspace::read(&format!("spec/{name}"))?)?);
    }
    Ok(facts)
}

/// The operations of one document.
pub(crate) fn parse(name: &str, text: &str) -> Result<Vec<Facts>> {
    let document: Document = serde_norway::from_str(text).map_err(|error| format!("spec/{name}: {error}"))?;
    let host = document.servers.first().map_or("", |server| host_of(&server.url));
    let mut facts = Vec::new();
    for (path, item) in &document.paths {
        let (Some(path), Some(item)) = (path.as_str(), item.as_mapping()) else { continue };
        let shared: Vec<Parameter> = match item.get("parameters") {
            Some(parameters) => serde_norway::from_value(parameters.clone())
                .map_err(|error| format!("spec/{name}: {path}: {error}"))?,
            None => Vec::new(),
        };
        for (method, operation) in item {
            let Some(method) = method.as_str().filter(|method| METHODS.contains(method)) else { continue };
            let operation: Operation = serde_norway::from_value(operation.clone())
                .map_err(|error| format!("spec/{name}: {method} {path}: {error}"))?;
            facts.push(operation.into_facts(name, host, method, path, &shared));
        }
    }
    Ok(facts)
}

fn host_of(url: &str) -> &str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    host.split('/').next().unwrap_or_default()
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    servers: Vec<Server>,
    paths: serde_norway::Mapping,
}

#[derive(Deserialize)]
struct Server {
    url: String,
}

#[derive(Deserialize)]
struct Operation {
    #[serde(rename = "operationId")]
    id: String,
    #[serde(default)]
    parameters: Vec<Parameter>,
    #[serde(default, rename = "x-scopes")]
    scopes: BTreeSet<String>,
    #[serde(rename = "x-scopes-mode")]
    mode: Option<String>,
    #[serde(rename = "x-scope-rule")]
    rule: Option<String>,
    #[serde(rename = "x-host")]
    host: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
    #[serde(default)]
    required: bool,
}

impl Operation {
    fn into_facts(self, name: &str, host: &str, method: &str, path: &str, shared: &[Parameter]) -> Facts {
        let rule = self.scope_rule();
        let parameters = shared.iter().chain(&self.parameters);
        Facts {
            id: self.id,
            document: name.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            host: host_of(self.host.as_deref().unwrap_or(host)).to_owned(),
            scopes: self.scopes,
            rule,
            query: parameters
                .filter(|parameter| parameter.place == "query")
                .map(|parameter| (parameter.name.clone(), parameter.required))
                .collect(),
        }
    }

    /// The rule, where the document states one that is plain.
    fn scope_rule(&self) -> Option<ScopeRule> {
        match (self.mode.as_deref(), self.rule.as_deref()) {
            (Some("any-of"), _) => Some(ScopeRule::Any),
            (Some("all"), _) => Some(ScopeRule::All),
            (_, Some(rule)) if rule.starts_with("any one of") => Some(ScopeRule::Any),
            (_, Some(rule)) if rule.starts_with("both scopes") => Some(ScopeRule::All),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_the_path_count_for_each_of_its_operations() {
        let text = "
servers: [{ url: 'https://console.example/base' }]
paths:
  /api/v1/Org/{orgId}:
    parameters: [{ name: orgId, in: path, required: true }, { name: verbose, in: query }]
    get: { operationId: Org_Get }
    put: { operationId: Org_Put, parameters: [{ name: force, in: query, required: true }] }
";
        let facts = parse("code42.yaml", text).unwrap();
        let query = |facts: &Facts| facts.query.clone().into_iter().collect::<Vec<_>>();
        assert_eq!((facts[0].id.as_str(), facts[0].method.as_str()), ("Org_Get", "GET"));
        assert_eq!(facts[0].host, "console.example");
        assert_eq!(query(&facts[0]), [("verbose".to_owned(), false)]);
        assert_eq!(query(&facts[1]), [("force".to_owned(), true), ("verbose".to_owned(), false)]);
    }

    #[test]
    fn an_operation_may_live_on_a_host_of_its_own() {
        let text = "
servers: [{ url: 'https://oauth.example' }]
paths: { /info: { get: { operationId: who, x-host: 'https://login.example' } } }
";
        assert_eq!(parse("yandex-oauth.yaml", text).unwrap()[0].host, "login.example");
    }

    #[test]
    fn all_documents_are_read() {
        let facts = read_all().unwrap();
        assert_eq!(facts.len(), 233);
        assert!(
            facts.iter().any(|facts| facts.id == "public-settings-get-admin-path" && facts.query["path"])
        );
    }
}
