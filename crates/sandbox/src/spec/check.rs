//! Whether a request keeps to its operation, and what it says.

use std::{
    collections::HashMap,
    time::{Duration, SystemTime},
};

use http::header;
use serde_json::Value;

use super::{Operation, Parameter, Place, RequestBody, project::is_spelt, route::Found, spec};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Incoming, Payload},
    store::Caller,
};

/// A request that keeps to its operation, its values read as the document's types.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Who asks; nobody where the operation needs no token.
    pub(crate) caller: Caller,
    operation: &'static Operation,
    values: HashMap<&'static str, Value>,
    /// The body, where it is JSON or a form.
    pub(crate) body: Value,
    /// When it is asked.
    pub(crate) now: Moment,
    /// The beginning of addresses that lead to the sandbox.
    pub(crate) origin: String,
}

/// A moment on the sandbox's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Since the clock's own start.
    pub(crate) since_start: Duration,
    /// The time of day.
    pub(crate) time: SystemTime,
}

impl Moment {
    /// In milliseconds of the Unix era.
    pub(crate) fn milliseconds(self) -> i64 {
        let era = self.time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(era.as_millis()).unwrap_or(i64::MAX)
    }
}

impl Checked {
    /// Checks a request against its operation. Query parameters that the document does not name are of no
    /// account, as they are to the services.
    pub(crate) fn new(found: &Found, incoming: &Incoming, caller: Caller) -> Result<Self, Refusal> {
        let query = query_of(&incoming.query);
        let mut values = HashMap::new();
        for parameter in &found.operation.parameters {
            let given = match parameter.place {
                Place::Path => {
                    found.path.get(parameter.name.as_str()).map(|text| parameter.schema.read(text))
                }
                Place::Query => parameter.in_query(&query),
                Place::Header => incoming
                    .headers
                    .get(&parameter.name)
                    .map(|value| Value::from(String::from_utf8_lossy(value.as_bytes()))),
            };
            if let Some(value) = parameter.check(found.operation, given)? {
                values.insert(parameter.name.as_str(), value);
            }
        }
        let body = match &found.operation.body {
            Some(body) => body.read(found.operation, incoming)?,
            None => Value::Null,
        };
        let now = Moment { since_start: Duration::ZERO, time: SystemTime::UNIX_EPOCH };
        let origin = incoming.origin.clone();
        Ok(Self { caller, operation: found.operation, values, body, now, origin })
    }

    /// The same request at another moment.
    pub(crate) fn at(self, now: Moment) -> Self {
        Self { now, ..self }
    }

    /// A text of the body.
    pub(crate) fn body_text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }

    /// An id of the body, whether it came as number or as text.
    pub(crate) fn body_id(&self, name: &str) -> Result<u64, Refusal> {
        let value = self.body.get(name);
        let id = value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
        id.ok_or_else(|| Refusal::invalid(format!("{name}: not an id")))
    }

    /// What the body says, in a record's terms.
    pub(crate) fn told(&self) -> crate::store::Record {
        self.operation.told(&self.body)
    }

    /// A parameter's name as this host spells it.
    pub(crate) fn spelt(&self, name: &str) -> &'static str {
        let names = self.operation.parameters.iter().map(|parameter| parameter.name.as_str());
        names.into_iter().find(|spelt| is_spelt(spelt, name)).unwrap_or_default()
    }

    /// A parameter as it was read.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// A parameter, to be named in a refusal.
    pub(crate) fn shown(&self, name: &str) -> String {
        self.value(name).map(|value| value.to_string().trim_matches('"').to_owned()).unwrap_or_default()
    }

    /// A parameter as text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(Value::as_str)
    }

    /// A parameter that is a list of texts; absent is empty.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        let list = self.values.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// A parameter as a number that is not below zero, whether its document says number or text.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.values.get(name) else { return Ok(None) };
        let number = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        number.map(Some).ok_or_else(|| Refusal::invalid(format!("{name}: not a number of zero or more")))
    }

    /// A parameter that its document requires, as a number.
    pub(crate) fn id(&self, name: &str) -> Result<u64, Refusal> {
        self.number(name)?.ok_or_else(|| Refusal::invalid(format!("{name} is required")))
    }

    /// A parameter that is true or false; absent is false.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.values.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Whether the operation's path begins so.
    pub(crate) fn is_under(&self, path: &str) -> bool {
        self.operation.path.starts_with(path)
    }

    /// Whether the operation may be refused with this status.
    pub(crate) fn knows(&self, status: &str) -> bool {
        self.operation.responses.contains_key(status)
    }

    /// Whether the operation takes a parameter of this name.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.operation.takes(name)
    }

    /// Whether a parameter was sent, or has a default.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }
}

impl Parameter {
    fn in_query(&self, query: &[(String, String)]) -> Option<Value> {
        let mut given = query.iter().filter(|(name, _)| *name == self.name).map(|(_, text)| text.as_str());
        let first = given.next()?;
        let rest: Vec<_> = given.collect();
        if !self.schema.is_list() || rest.is_empty() {
            return Some(self.schema.read(first));
        }
        Some(std::iter::once(first).chain(rest).map(Value::from).collect())
    }

    fn check(&self, operation: &Operation, given: Option<Value>) -> Result<Option<Value>, Refusal> {
        let Some(value) = given else {
            return match self.schema.default_value() {
                Some(default) => Ok(Some(default.clone())),
                None if self.required => Err(Refusal::invalid(format!("{} is required", self.name))),
                None => Ok(None),
            };
        };
        let schemas = &spec().document(operation).schemas;
        match schemas.check(&self.schema, &value) {
            Ok(()) => Ok(Some(value)),
            Err(stray) => Err(Refusal::invalid(format!("{}: {stray}", self.name))),
        }
    }
}

impl RequestBody {
    /// A body is read by what it should be, as the services do: a type that is missing or wrong is of no account.
    fn read(&self, operation: &Operation, incoming: &Incoming) -> Result<Value, Refusal> {
        let (media, schema) = self
            .content
            .iter()
            .find(|(media, _)| is_of(incoming, media))
            .or_else(|| self.content.iter().next())
            .ok_or_else(|| Refusal::invalid("the document names no body"))?;
        let schemas = &spec().document(operation).schemas;
        if incoming.body.is_empty() {
            let empty = Value::Object(serde_json::Map::new());
            let needed = self.required && schemas.check(schema, &empty).is_err();
            return if needed { Err(Refusal::invalid("a body is required")) } else { Ok(Value::Null) };
        }
        let value = match media.as_str() {
            "application/json" => serde_json::from_slice(&incoming.body)
                .map_err(|error| Refusal::invalid(format!("the body is not JSON: {error}")))?,
            "application/x-www-form-urlencoded" => query_of(&String::from_utf8_lossy(&incoming.body))
                .into_iter()
                .map(|(name, text)| (name, Value::from(text)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            _ => return Ok(Value::Null),
        };
        schemas.check(schema, &value).map_err(|stray| Refusal::invalid(stray.to_string()))?;
        Ok(value)
    }
}

impl Operation {
    /// Checks an answer against the document, and says how it strays.
    pub(crate) fn check_answer(&self, answer: &Answer) -> Result<(), String> {
        let status = answer.status.as_u16();
        let stray = |what: String| format!("{} {status}: {what}", self.id);
        let stated =
            self.responses.get(&status.to_string()).ok_or_else(|| stray("no such answer".to_owned()))?;
        let (media, body) = match &answer.content {
            Payload::File(file) if stated.contains_key(file.media) => return Ok(()),
            Payload::File(file) => return Err(stray(format!("no {}", file.media))),
            Payload::Json(body) => ("application/json", body),
            Payload::Nothing | Payload::Elsewhere(_) => ("application/json", &Value::Null),
        };
        let Some(schema) = stated.get(media) else { return Ok(()) };
        let schemas = &spec().document(self).schemas;
        schemas.check(schema, body).map_err(|what| stray(what.to_string()))
    }
}

fn is_of(incoming: &Incoming, media: &str) -> bool {
    let given = incoming.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| given.split(';').next().is_some_and(|given| given.trim() == media))
}

fn query_of(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method};

    use super::*;
    use crate::spec::Lookup;

    fn check(method: Method, path: &str, query: &str, media: &str, body: &str) -> Result<Checked, Refusal> {
        let Lookup::Found(found) = spec().find(&method, path) else { panic!("{path}") };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(media).unwrap());
        let incoming = Incoming {
            origin: String::new(),
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.to_owned().into(),
        };
        Checked::new(&found, &incoming, Caller::default())
    }

    fn post(path: &str, body: &str) -> Result<Value, Refusal> {
        check(Method::POST, path, "", "application/json", body).map(|checked| checked.body)
    }

    #[test]
    fn a_body_keeps_to_its_schema() {
        let create = "/directory/v1/org/1/departments";
        assert_eq!(post(create, r#"{"name": "R&D", "parentId": 1}"#).unwrap()["name"], "R&D");
        for wrong in [r#"{"name": 5, "parentId": 1}"#, r#"{"name": "#, "[]"] {
            assert_eq!(post(create, wrong).unwrap_err().status, 400, "{wrong}");
        }
    }

    #[test]
    fn an_empty_body_is_taken_where_nothing_in_it_is_required() {
        let revoke = "/v1/directory/organizations/1/sessions/revoke-all";
        assert!(post(revoke, "").is_ok());
        assert_eq!(post("/directory/v1/org/1/users", "").unwrap_err().status, 400);
    }

    #[test]
    fn a_form_is_read_by_its_names() {
        let form = "grant_type=refresh_token&refresh_token=a%2Bb&client_id=c&client_secret=d";
        let read = check(Method::POST, "/token", "", "application/x-www-form-urlencoded", form).unwrap();
        assert_eq!(read.body["refresh_token"], "a+b");
    }

    #[test]
    fn values_are_read_as_the_document_types_them() {
        let path = "/v1/disk/public/resources/admin/accessible-resources";
        let query = "user_id=1130000000000001&org_id=7&include_group_access=True&other=1";
        let checked = check(Method::GET, path, query, "application/json", "").unwrap();
        assert_eq!(checked.text("user_id"), Some("1130000000000001"));
        assert_eq!(checked.id("user_id").unwrap(), 1_130_000_000_000_001);
        assert_eq!(checked.id("org_id").unwrap(), 7);
        assert!(checked.flag("include_group_access"));
        assert!(!checked.has("limit") && !checked.has("other"));
    }

    #[test]
    fn what_a_refusal_says_names_the_parameter() {
        let path = "/directory/v1/org/7/users";
        let refusal = check(Method::GET, path, "perPage=5000", "text/plain", "").unwrap_err();
        let shown = crate::dialect::Dialect::Api360.body(&refusal, "1");
        assert_eq!(shown["message"], "perPage: more than 1000");
    }
}
