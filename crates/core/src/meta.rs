//! What is fixed about an operation.

use http::Method;
use orglib_models::shape::{Kind, Presence, Shape};
use orglib_transport::{Expect, RateClass};

use crate::{Host, Paging};

/// What is fixed about an operation on one host: everything that its declaration says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationMeta {
    /// The id, as `spec/` spells it.
    pub id: &'static str,
    /// The host.
    pub host: Host,
    /// The HTTP method.
    pub method: Method,
    /// The path, with its parameters in braces, as `spec/` spells it.
    pub path: &'static str,
    /// Whether sending the request twice has the effect of sending it once.
    pub idempotent: bool,
    /// What the token must be allowed to do.
    pub scopes: Scopes,
    /// Which limit of the service it counts against.
    pub rate_class: RateClass,
    /// What a successful answer must hold.
    pub expect: Expect,
    /// How pages are asked for, where the answer comes in pages.
    pub paging: Option<Paging>,
    /// The key of the list in a page.
    pub list: &'static str,
    /// The key of the envelope that the answer stands in, where it has one.
    pub within: Option<&'static str>,
    /// What it does and what is to be known about it; the first sentence speaks to a person.
    pub docs: &'static str,
    /// What it takes on this host, but for what asks for pages.
    pub parameters: &'static [Parameter],
    /// What a successful answer gives; of a list, what it holds.
    pub output: Shape,
}

/// One thing that an operation takes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// The name by which people and files give it, in snake_case.
    pub name: &'static str,
    /// The name on the wire; of a whole body, nothing.
    pub wire: &'static str,
    /// Where it goes.
    pub place: Place,
    /// What its value is.
    pub shape: Shape,
    /// Whether it must be given.
    pub required: bool,
    /// What it means.
    pub docs: &'static str,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query; several values of a list are joined by commas.
    Query,
    /// Into the query; each value of a list is a pair of its own.
    QueryEach,
    /// Into a header.
    Header,
    /// Into the form that is the body.
    Form,
    /// Into the JSON object that is the body.
    Property,
    /// It is the body.
    Body,
}

impl Parameter {
    /// A parameter that must be given.
    pub const fn new(
        (name, wire): (&'static str, &'static str),
        place: Place,
        shape: Shape,
        docs: &'static str,
    ) -> Self {
        Self { name, wire, place, shape, required: true, docs }
    }

    /// Says whether it must be given.
    #[must_use]
    pub const fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    /// What it means; where the declaration does not say, what its kind does.
    pub fn meaning(&self) -> &'static str {
        if !self.docs.is_empty() {
            return self.docs;
        }
        match self.shape.kind {
            Kind::Organization => "The organisation.",
            Kind::User => "The employee.",
            Kind::Group => "The group.",
            Kind::Department => "The department.",
            Kind::Mailbox => "The mailbox.",
            Kind::Id("DomainName") => "The domain.",
            Kind::Id("OrgGuid" | "OrgNumber") => "The organisation.",
            Kind::Id("TaskId") => "The task.",
            Kind::Id(_) => "The id.",
            Kind::Object(object) => object().docs,
            _ => "",
        }
    }
}

impl OperationMeta {
    /// The usual operation: GET, PUT and DELETE may be repeated, JSON is expected, there are no pages.
    pub const fn new(id: &'static str, host: Host, method: Method, path: &'static str) -> Self {
        let idempotent = matches!(method, Method::GET | Method::HEAD | Method::PUT | Method::DELETE);
        Self {
            id,
            host,
            method,
            path,
            idempotent,
            scopes: Scopes::None,
            rate_class: RateClass::DEFAULT,
            expect: Expect::Json,
            paging: None,
            list: "items",
            within: None,
            docs: "",
            parameters: &[],
            output: Shape::of(Kind::Nothing),
        }
    }

    /// Says whether it may be repeated, where the method does not say it rightly.
    #[must_use]
    pub const fn with_idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    /// Sets what the token must be allowed to do.
    #[must_use]
    pub const fn with_scopes(mut self, scopes: Scopes) -> Self {
        self.scopes = scopes;
        self
    }

    /// Sets which limit of the service it counts against.
    #[must_use]
    pub const fn with_rate_class(mut self, rate_class: RateClass) -> Self {
        self.rate_class = rate_class;
        self
    }

    /// Sets what a successful answer must hold.
    #[must_use]
    pub const fn with_expect(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }

    /// Sets how pages are asked for, and the key of the list in a page.
    #[must_use]
    pub const fn with_pages(mut self, paging: Paging, list: &'static str) -> Self {
        self.paging = Some(paging);
        self.list = list;
        self
    }

    /// Sets the key of the envelope that the answer stands in.
    #[must_use]
    pub const fn with_envelope(mut self, key: &'static str) -> Self {
        self.within = Some(key);
        self
    }

    /// Sets what it does, what it takes and what it gives.
    #[must_use]
    pub const fn with_description(
        mut self,
        docs: &'static str,
        parameters: &'static [Parameter],
        output: Shape,
    ) -> Self {
        self.docs = docs;
        self.parameters = parameters;
        self.output = output;
        self
    }

    /// What it does, in one sentence that speaks to a person.
    pub fn summary(&self) -> &'static str {
        let paragraph = self.docs.split("\n\n").next().unwrap_or_default();
        match paragraph.find(". ").or_else(|| paragraph.find(".\n")) {
            Some(end) => &paragraph[..=end],
            None => paragraph,
        }
    }

    /// Whether a path is one of its own: each parameter in braces stands for one segment. A slash at the end is of no
    /// account.
    pub fn has_path(&self, path: &str) -> bool {
        let segments = |path: &str| path.trim_end_matches('/').split('/').count();
        segments(path) == segments(self.path)
            && path.trim_end_matches('/').split('/').zip(self.path.split('/')).all(|(segment, template)| {
                if template.starts_with('{') { !segment.is_empty() } else { segment == template }
            })
    }

    /// What it takes under this name.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// The same operation on the same host.
impl PartialEq for OperationMeta {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.host) == (other.id, other.host)
    }
}

impl Eq for OperationMeta {}

/// What a token must be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scopes {
    /// Nothing, or nothing that is documented.
    None,
    /// Any one of these.
    Any(&'static [&'static str]),
    /// All of these.
    All(&'static [&'static str]),
}

impl Scopes {
    /// The names.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Any(names) | Self::All(names) => names,
        }
    }
}

/// Whether a type's shape is what its spelling in a declaration promises: for the attribute `operation`, which sees
/// spellings only.
pub const fn spelt_as_it_is(shape: Shape, presence: Presence, many: bool) -> bool {
    let presence = matches!(
        (shape.presence, presence),
        (Presence::Required, Presence::Required)
            | (Presence::Optional, Presence::Optional)
            | (Presence::Clearable, Presence::Clearable)
    );
    presence && shape.many == many
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_the_first_sentence() {
        let meta = |docs| {
            OperationMeta::new("x", Host::Cloud, Method::GET, "/").with_description(
                docs,
                &[],
                Shape::of(Kind::Nothing),
            )
        };
        for (docs, summary) in [
            ("Lists groups, a page at a time.", "Lists groups, a page at a time."),
            ("Reads one group. It lives here\nonly.\n\nMore.", "Reads one group."),
            ("Reads it from\na.example.\n\nMore. Yes.", "Reads it from\na.example."),
            ("", ""),
        ] {
            assert_eq!(meta(docs).summary(), summary);
        }
    }
}
