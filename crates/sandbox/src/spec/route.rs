//! From a method and a path to an operation.

use std::collections::HashMap;

use http::Method;
use percent_encoding::percent_decode_str;

use super::Operation;

/// Where an operation is: the document, and its place in there.
type Place = (usize, usize);

/// The paths of all documents, as a tree of their segments.
#[derive(Debug, Default)]
pub(super) struct Routes {
    literal: HashMap<String, Routes>,
    parameter: Option<Box<Routes>>,
    operations: Vec<(Method, Place)>,
}

/// What stands at a method and a path.
#[derive(Debug)]
pub(crate) enum Lookup {
    /// An operation.
    Found(Found),
    /// Operations of other methods.
    OtherMethod,
    /// Nothing.
    Nothing,
}

/// An operation, and what its path says.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) operation: &'static Operation,
    /// Values of the path's parameters by name, decoded.
    pub(crate) path: HashMap<&'static str, String>,
}

impl Routes {
    pub(super) fn add(&mut self, template: &str, method: Method, place: Place) {
        let mut node = self;
        for segment in segments(template) {
            node = match segment.starts_with('{') {
                true => node.parameter.get_or_insert_default(),
                false => node.literal.entry(segment.to_owned()).or_default(),
            };
        }
        node.operations.push((method, place));
    }

    /// A slash at the end of the path is of no account. A literal segment goes before a parameter.
    pub(super) fn find(
        &self,
        method: &Method,
        path: &str,
        operation: impl Fn(Place) -> &'static Operation,
    ) -> Lookup {
        let segments: Vec<_> = segments(path.strip_suffix('/').unwrap_or(path)).collect();
        let mut nodes = Vec::new();
        self.walk(&segments, &mut nodes);
        let all = nodes.iter().flat_map(|node| &node.operations);
        match all.into_iter().find(|(known, _)| known == method) {
            Some((_, place)) => Lookup::Found(Found::new(operation(*place), &segments)),
            None if nodes.is_empty() => Lookup::Nothing,
            None => Lookup::OtherMethod,
        }
    }

    fn walk<'a>(&'a self, rest: &[&str], found: &mut Vec<&'a Self>) {
        let Some((first, rest)) = rest.split_first() else {
            if !self.operations.is_empty() {
                found.push(self);
            }
            return;
        };
        if let Some(node) = self.literal.get(*first) {
            node.walk(rest, found);
        }
        if let Some(node) = &self.parameter
            && !first.is_empty()
        {
            node.walk(rest, found);
        }
    }
}

impl Found {
    fn new(operation: &'static Operation, actual: &[&str]) -> Self {
        let named = segments(&operation.path).zip(actual).filter_map(|(template, value)| {
            let name = template.strip_prefix('{')?.strip_suffix('}')?;
            Some((name, percent_decode_str(value).decode_utf8_lossy().into_owned()))
        });
        Self { operation, path: named.collect() }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}
