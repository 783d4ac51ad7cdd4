//! Where a declared operation differs from what `spec/` states.

use std::collections::BTreeSet;

use orglib::{
    Host, OperationMeta, PagingStyle, Parameter, Place, Scopes,
    models::shape::{Field, Kind, Object, Shape},
};
use serde_json::Value;

use crate::document::{Documents, Stated, texts, types};

/// One difference: the operation, the field, and what differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    pub(crate) operation: String,
    /// `query perPage`, `body name.first`, `answer contacts.type`.
    pub(crate) field: String,
    pub(crate) what: String,
}

/// Compares operations of one set of documents.
pub(crate) struct Comparison<'a> {
    documents: &'a Documents,
    found: Vec<Difference>,
    operation: String,
    document: &'static str,
    /// The fields of models that some document has: a model serves several hosts.
    seen: BTreeSet<(&'static str, &'static str)>,
    /// The same for those that a document lacks, with the difference.
    lacking: Vec<((&'static str, &'static str), Difference)>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(documents: &'a Documents) -> Self {
        Self {
            documents,
            found: Vec::new(),
            operation: String::new(),
            document: "",
            seen: BTreeSet::new(),
            lacking: Vec::new(),
        }
    }

    /// All differences. A field that one host's document lacks is none where another's has it.
    pub(crate) fn found(self) -> Vec<Difference> {
        let Self { mut found, seen, lacking, .. } = self;
        found.extend(lacking.into_iter().filter(|(field, _)| !seen.contains(field)).map(|(_, lack)| lack));
        found
    }

    /// Compares one operation on one host.
    pub(crate) fn compare(&mut self, meta: &OperationMeta) {
        meta.id.clone_into(&mut self.operation);
        let Some(stated) = self.documents.operations.get(meta.id) else {
            return self.differs("id", "no document has this operation");
        };
        self.document = stated.document;
        self.compare_route(meta, stated);
        self.compare_parameters(meta, stated);
        self.compare_body(meta, stated);
        self.compare_answer(meta, stated);
    }

    fn differs(&mut self, field: impl Into<String>, what: impl Into<String>) {
        let (operation, field, what) = (self.operation.clone(), field.into(), what.into());
        self.found.push(Difference { operation, field, what });
    }

    fn compare_route(&mut self, meta: &OperationMeta, stated: &Stated) {
        let pairs = [
            ("method", meta.method.as_str(), stated.method.as_str()),
            ("path", meta.path, stated.path.as_str()),
            ("host", host(meta.host), stated.host.as_str()),
        ];
        for (field, declared, said) in pairs {
            if declared != said {
                self.differs(field, format!("{declared}, the document says {said}"));
            }
        }
        let declared: BTreeSet<_> = meta.scopes.names().iter().map(|name| (*name).to_owned()).collect();
        if declared != stated.scopes {
            self.differs("scopes", format!("{declared:?}, the document says {:?}", stated.scopes));
        } else if let (true, Some(any)) = (declared.len() > 1, stated.any_scope)
            && any != matches!(meta.scopes, Scopes::Any(_))
        {
            self.differs("scopes", format!("one is enough: the document says {any}"));
        }
    }

    fn compare_parameters(&mut self, meta: &OperationMeta, stated: &Stated) {
        for parameter in meta.parameters {
            let place = match parameter.place {
                Place::Path => "path",
                Place::Query | Place::QueryEach => "query",
                Place::Header => "header",
                _ => continue,
            };
            let field = format!("{place} {}", parameter.wire);
            let same = |said: &&crate::document::StatedParameter| {
                said.place == place
                    && (said.name == parameter.wire
                        || place == "header" && said.name.eq_ignore_ascii_case(parameter.wire))
            };
            match stated.parameters.iter().find(same) {
                None => self.differs(field, "no such parameter"),
                Some(said) => {
                    self.compare_required(&field, parameter.required, said.required);
                    if place == "query" && parameter.shape.many {
                        self.compare_list_in_query(&field, parameter, &said.schema);
                    } else {
                        self.compare_shape(&field, &parameter.shape, &said.schema);
                    }
                }
            }
        }
        let mut sent: BTreeSet<&str> = meta.parameters.iter().map(|parameter| parameter.wire).collect();
        if let Some(paging) = meta.paging {
            for name in [paging.size, paging.position].into_iter().filter(|name| !name.is_empty()) {
                if !stated.parameters.iter().any(|said| said.place == "query" && said.name == name) {
                    self.differs(format!("query {name}"), "no such parameter");
                }
                sent.insert(name);
            }
        }
        for said in stated.parameters.iter().filter(|said| said.place != "header") {
            if !sent.contains(said.name.as_str()) {
                self.differs(format!("{} {}", said.place, said.name), never(said.required));
            }
        }
    }

    /// A list in a query is one text with commas, or a list.
    fn compare_list_in_query(&mut self, field: &str, parameter: &Parameter, schema: &Value) {
        if types(&schema["type"]) == ["array"] {
            self.compare_shape(field, &parameter.shape, schema);
        } else if types(&schema["type"]) != ["string"] || parameter.place == Place::QueryEach {
            self.differs(field, "it is a list");
        }
    }

    fn compare_body(&mut self, meta: &OperationMeta, stated: &Stated) {
        let whole = meta.parameters.iter().find(|parameter| parameter.place == Place::Body);
        let parts: Vec<_> = meta
            .parameters
            .iter()
            .filter(|parameter| matches!(parameter.place, Place::Property | Place::Form))
            .collect();
        let Some((schema, is_form)) = &stated.body else {
            if whole.is_some() || !parts.is_empty() {
                self.differs("body", "the document has none");
            }
            return;
        };
        if let Some(whole) = whole {
            self.compare_required("body", whole.required, stated.body_required);
            return self.compare_shape("body", &whole.shape, schema);
        }
        if parts.is_empty() {
            return self.differs("body", never(stated.body_required));
        }
        let place = if *is_form { Place::Form } else { Place::Property };
        let required = texts(&schema["required"]);
        for parameter in &parts {
            let field = format!("body {}", parameter.wire);
            let said = &schema["properties"][parameter.wire];
            if parameter.place != place {
                self.differs(&field, format!("the body is a form: {is_form}"));
            }
            if said.is_null() {
                self.differs(field, "no such property");
            } else {
                self.compare_required(&field, parameter.required, required.contains(parameter.wire));
                let said = self.documents.whole(self.document, said);
                self.compare_shape(&field, &parameter.shape, &said);
            }
        }
        for name in schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name) {
            if !parts.iter().any(|parameter| parameter.wire == name) {
                self.differs(format!("body {name}"), never(required.contains(name)));
            }
        }
    }

    fn compare_required(&mut self, field: &str, declared: bool, said: bool) {
        if declared != said {
            self.differs(field, format!("required: {declared}, the document says {said}"));
        }
    }

    fn compare_answer(&mut self, meta: &OperationMeta, stated: &Stated) {
        if matches!(meta.output.kind, Kind::Json) {
            return;
        }
        let is_nothing = matches!(meta.output.kind, Kind::Nothing);
        let Some((_, schema)) = stated.answers.first() else {
            if !is_nothing {
                self.differs("answer", "the document shows none");
            }
            return;
        };
        let mut schema = self.documents.whole(self.document, schema);
        if is_nothing {
            let is_empty = schema["properties"].as_object().is_none_or(serde_json::Map::is_empty);
            if !is_empty {
                self.differs("answer", "not read");
            }
            return;
        }
        if let Some(key) = meta.within
            && !schema["properties"][key].is_null()
        {
            schema = self.documents.whole(self.document, &schema["properties"][key].clone());
        }
        if let Some(paging) = meta.paging {
            let list = self.documents.whole(self.document, &schema["properties"][meta.list].clone());
            if list.is_null() {
                return self.differs(format!("answer {}", meta.list), "the answer has no such list");
            }
            if paging.style == PagingStyle::Token {
                let keys = ["nextPageToken", "next_page_token", "iteration_key"];
                if !keys.iter().any(|key| !schema["properties"][key].is_null()) {
                    self.differs("answer", "pages are asked for by token, and the answer has none");
                }
            }
            schema = list;
        }
        self.compare_shape("answer", &meta.output, &schema);
    }

    fn compare_shape(&mut self, field: &str, shape: &Shape, schema: &Value) {
        let mut said = types(&schema["type"]);
        said.retain(|kind| kind != "null");
        if shape.many {
            if !said.is_empty() && !said.iter().any(|kind| kind == "array") {
                return self.differs(field, format!("a list, the document says {}", said.join(" or ")));
            }
            let items = self.documents.whole(self.document, &schema["items"].clone());
            let item = Shape::of(shape.kind);
            if !items.is_null() {
                self.compare_shape(field, &item, &items);
            }
            return;
        }
        if let Kind::Object(object) = shape.kind {
            if !said.is_empty() && !said.iter().any(|kind| kind == "object") {
                return self.differs(field, format!("an object, the document says {}", said.join(" or ")));
            }
            return self.compare_object(field, object(), schema);
        }
        let accepted = accepted(shape.kind);
        let is_counted = schema["format"].as_str().is_some_and(|format| format.contains("int64"));
        // Numbers of 64 bits are written as text.
        if is_counted && matches!(shape.kind, Kind::Integer) {
            return;
        }
        if !said.is_empty()
            && !accepted.is_empty()
            && !said.iter().any(|kind| accepted.contains(&kind.as_str()))
        {
            self.differs(field, format!("{}, the document says {}", accepted[0], said.join(" or ")));
        }
        if let (Kind::Words(words), Some(known)) = (shape.kind, schema["enum"].as_array()) {
            let known: BTreeSet<_> =
                known.iter().filter_map(Value::as_str).filter(|word| !word.is_empty()).collect();
            let ours: BTreeSet<_> = words.iter().map(|word| word.word).collect();
            let missing: Vec<_> = known.difference(&ours).copied().collect();
            if !missing.is_empty() {
                self.differs(field, format!("words that only the document has: {}", missing.join(", ")));
            }
        }
    }

    fn compare_object(&mut self, field: &str, object: &'static Object, schema: &Value) {
        let Some(properties) = schema["properties"].as_object().cloned() else { return };
        // An object may hold objects of its own kind.
        if field.matches('.').count() > 4 {
            return;
        }
        let is_body = field.starts_with("body");
        let fields = flat(object);
        for part in &fields {
            let spelling = part.spellings.iter().find(|name| properties.contains_key(**name));
            let path = joined(field, part.name);
            match spelling {
                None if is_body => self.differs(path, "no such property"),
                None => {
                    let what = format!("no document has it in a {}", object.name);
                    let operation = self.operation.clone();
                    self.lacking
                        .push(((object.name, part.name), Difference { operation, field: path, what }));
                }
                Some(name) => {
                    self.seen.insert((object.name, part.name));
                    if is_body {
                        self.compare_required(
                            &path,
                            part.required,
                            texts(&schema["required"]).contains(*name),
                        );
                    }
                    let said = self.documents.whole(self.document, &properties[*name]);
                    self.compare_shape(&path, &part.shape, &said);
                }
            }
        }
        let keeps_others = object.fields.iter().any(|part| part.flat);
        for name in properties.keys() {
            let is_read = fields.iter().any(|part| part.spellings.contains(&name.as_str()));
            if !is_read && !keeps_others {
                self.differs(joined(field, name), if is_body { "never sent" } else { "not read" });
            }
        }
    }
}

/// The fields of an object, those of flat ones among them.
fn flat(object: &'static Object) -> Vec<&'static Field> {
    let mut fields = Vec::new();
    for field in object.fields {
        match field.shape.object().filter(|_| field.flat) {
            Some(inner) => fields.extend(flat(inner)),
            None if field.flat => {}
            None => fields.push(field),
        }
    }
    fields
}

fn joined(field: &str, name: &str) -> String {
    match field.split_once(' ') {
        Some((place, path)) => format!("{place} {path}.{name}"),
        None => format!("{field} {name}"),
    }
}

fn never(required: bool) -> &'static str {
    if required { "never sent, though required" } else { "never sent" }
}

/// The types of JSON that a kind may be; the first is the usual one.
fn accepted(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Organization | Kind::User | Kind::Group | Kind::Department | Kind::Mailbox | Kind::Id(_) => {
            &["string", "integer"]
        }
        Kind::Text | Kind::Secret | Kind::Words(_) => &["string"],
        Kind::Time => &["string", "integer"],
        Kind::Flag => &["boolean"],
        Kind::Integer => &["integer", "number"],
        Kind::Number => &["number", "integer"],
        Kind::Bytes => &["string"],
        _ => &[],
    }
}

fn host(host: Host) -> &'static str {
    match host {
        Host::Api360 => "api360.yandex.net",
        Host::Cloud => "cloud-api.yandex.net",
        Host::OAuth => "oauth.yandex.ru",
        Host::Login => "login.yandex.ru",
        Host::Code42 => "console.us.code42.com",
        Host::Code42Gateway => "gateway",
        _ => "",
    }
}
