//! Made-up values of what operations take, and made-up answers as `spec/` states them.

use orglib::{
    OperationMeta, Parameter, Place,
    models::{
        shape::{Kind, Object, Shape},
        value::{Value, Values},
    },
};
use serde_json::{Map, json};

use std::collections::BTreeSet;

use crate::document::{Documents, texts, types};

/// An object may hold objects of its own kind.
const DEEPEST: usize = 6;

/// Texts that have a form of their own.
const SPECIAL: &[(&str, &str)] = &[
    ("id", "7"),
    ("path", "/a"),
    ("from", "/b"),
    ("id_type", "orgUid"),
    ("nickname", "zoya"),
    ("alias", "zoya.k"),
];

/// What names the same in another way, where only one may be given.
const OTHER_WAYS: &[(&str, &[&str])] =
    &[("public-settings-change-admin", &["user_id", "path", "resource_id"])];
/// Bodies that made-up values cannot be, for one part rules another out or has a grammar of its own.
const GIVEN: &[(&str, &str)] = &[
    (
        "MailUserSettingsService_CreateRule",
        r#"{"forward": {"address": "zoya@example.org", "rule_name": "on", "with_store": true}}"#,
    ),
    (
        "RoutingService_SetRules",
        r#"{"rules": [{"actions": [{"action": "forward", "data": {"email": "zoya@example.org"}}],
            "condition": {"subject": {"$contains": "x"}}, "scope": {"direction": "inbound"}, "terminal": true}]}"#,
    ),
    ("MailAntispamIpAllowlistService_Create", r#"{"allow_list": ["77.88.54.0/23"]}"#),
    (
        "DomainPolicies_Set",
        r#"{"rules": [{"name": "x", "description": "y", "enabled": true,
            "condition": {"domain_filter": {"list": ["*.us"]}},
            "action": {"type": "accept", "options": {"force": "spam"}}}]}"#,
    ),
];

/// Values for an operation: for all that it takes, or for what it must be given.
pub(crate) fn values(meta: &OperationMeta, full: bool) -> Values {
    let mut values = Values::new();
    let other = OTHER_WAYS.iter().find(|(id, _)| *id == meta.id).map(|(_, names)| *names).unwrap_or_default();
    let given = GIVEN.iter().find(|(id, _)| *id == meta.id).map(|(_, body)| *body);
    let is_made_up = |parameter: &&Parameter| {
        (given.is_none() || parameter.place != Place::Property) && !other.contains(&parameter.name)
    };
    let taken = |parameter: &&Parameter| (full || parameter.required) && is_made_up(parameter);
    if let Some(body) = given {
        let body: Map<String, Value> = serde_json::from_str(body).unwrap();
        body.into_iter().for_each(|(name, value)| values.set(&name, value).unwrap());
    }
    for parameter in meta.parameters.iter().filter(taken) {
        if let Kind::Bytes = parameter.shape.kind {
            values.set_bytes(parameter.name, *PICTURE);
            continue;
        }
        values.set(parameter.name, named(parameter.name, &parameter.shape, full, 0)).unwrap();
    }
    values
}

/// What passes for a picture, by its beginning.
const PICTURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

fn named(name: &str, shape: &Shape, full: bool, depth: usize) -> Value {
    let has_form = matches!(shape.kind, Kind::Id("SharedPath"));
    let special = SPECIAL.iter().find(|(known, _)| *known == name && !has_form);
    special.map_or_else(|| value(shape, full, depth), |(_, text)| (*text).into())
}

fn value(shape: &Shape, full: bool, depth: usize) -> Value {
    let one = match shape.kind {
        Kind::Flag => true.into(),
        Kind::Integer | Kind::Number => 7.into(),
        Kind::Date => "2024-01-31".into(),
        Kind::Id("DomainName") => "example.org".into(),
        Kind::Id("SharedPath") => "vd:a:disk:/a".into(),
        Kind::Time => "2024-01-31T10:00:00Z".into(),
        Kind::Words(words) => words[0].word.into(),
        Kind::Object(_) if depth > DEEPEST => return Value::Null,
        Kind::Object(object) => fields(object(), full, depth + 1),
        Kind::Json => json!({"a": 1}),
        Kind::Id("OrgGuid") => "0a3e2b1c-1111-4222-8333-444455556666".into(),
        // What passes for a name, and where an address is wanted for that.
        Kind::Text | Kind::Secret => "info@example.org".into(),
        _ => "7".into(),
    };
    if shape.many { Value::Array(vec![one]) } else { one }
}

fn fields(object: &Object, full: bool, depth: usize) -> Value {
    let taken = object.fields.iter().filter(|field| full || field.required);
    taken
        .map(|field| (field.name.to_owned(), named(field.name, &field.shape, full, depth)))
        .collect::<Map<_, _>>()
        .into()
}

/// The names on the wire of what an answer cannot be read without.
pub(crate) fn needed(meta: &OperationMeta) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::from([meta.list]);
    names.extend(meta.within);
    add_needed(&meta.output, &mut names, 0);
    names
}

fn add_needed(shape: &Shape, names: &mut BTreeSet<&'static str>, depth: usize) {
    let object = shape.object().filter(|_| depth < DEEPEST);
    for field in object.into_iter().flat_map(|object| object.fields) {
        if field.required {
            names.extend(field.spellings);
        }
        add_needed(&field.shape, names, depth + 1);
    }
}

/// How an answer is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// With all that the document names.
    Full,
    /// With what it requires.
    Bare,
    /// With null in place of all that it does not require.
    Nulled,
    /// With words that nobody has seen, numbers as text and text as numbers, and keys that nobody knows.
    Odd,
}

impl Manner {
    pub(crate) const ALL: [Self; 4] = [Self::Full, Self::Bare, Self::Nulled, Self::Odd];
}

/// An answer of this schema. What `kept` names is there in every manner.
pub(crate) fn answer(
    documents: &Documents,
    document: &str,
    schema: &Value,
    manner: Manner,
    kept: &BTreeSet<&str>,
) -> Value {
    Maker { documents, document, manner, kept }.make("", schema, 0)
}

struct Maker<'a> {
    documents: &'a Documents,
    document: &'a str,
    manner: Manner,
    kept: &'a BTreeSet<&'a str>,
}

impl Maker<'_> {
    fn make(&self, name: &str, schema: &Value, depth: usize) -> Value {
        let schema = self.documents.whole(self.document, schema);
        let kinds = types(&schema["type"]);
        let is = |kind: &str| kinds.iter().any(|known| known == kind);
        if is("object") || schema.get("properties").is_some() {
            return self.object(&schema, depth);
        }
        if is("array") {
            let empty = matches!(self.manner, Manner::Bare | Manner::Nulled) || depth > DEEPEST;
            return if empty { json!([]) } else { json!([self.make(name, &schema["items"], depth + 1)]) };
        }
        let odd = self.manner == Manner::Odd;
        let word = schema["enum"].as_array().and_then(|words| words.iter().find(|word| !word.is_null()));
        match (word, schema["format"].as_str()) {
            (Some(word), _) => {
                if odd && word.is_string() {
                    json!("a_new_word")
                } else {
                    word.clone()
                }
            }
            (_, Some("date-time")) => {
                json!(if odd { "2024-01-31T13:00:00.5+03:00" } else { "2024-01-31T10:00:00Z" })
            }
            (_, Some("date")) => json!("2024-01-31"),
            (_, Some("uuid")) => json!("a9578c3d-736b-4d96-80e5-71edd8a11ea3"),
            _ if is("boolean") => json!(true),
            _ if is("integer") || is("number") => {
                if odd {
                    json!("7")
                } else {
                    json!(7)
                }
            }
            _ if name == "href" => json!("https://cloud-api.yandex.net/v1/disk/operations/7"),
            // Ids are text here and numbers there.
            _ if is("string") && odd && is_id(name) => json!(7),
            _ if is("string") => json!("7"),
            _ => json!({}),
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        let required = texts(&schema["required"]);
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let must = required.contains(name) || self.kept.contains(name.as_str());
            match self.manner {
                Manner::Full | Manner::Odd if depth <= DEEPEST => {
                    object.insert(name.clone(), self.make(name, property, depth + 1));
                }
                _ if must => _ = object.insert(name.clone(), self.make(name, property, depth + 1)),
                Manner::Nulled => _ = object.insert(name.clone(), Value::Null),
                _ => {}
            }
        }
        if self.manner == Manner::Odd {
            object.insert("aKeyThatNobodyKnows".to_owned(), json!({"a": [1]}));
        }
        Value::Object(object)
    }
}

fn is_id(name: &str) -> bool {
    let name = name.trim_end_matches('s').to_lowercase();
    name.ends_with("id")
}
