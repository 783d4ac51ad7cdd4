//! What a command takes: the parameters of its operation, those of nested objects one by one.

use super::Row;
use orglib::{
    NamedOperation, OperationMeta, Parameter, Place,
    models::shape::{Kind, Presence, Shape},
};

/// One thing that is typed.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// The name among the operation's values; dots reach into objects.
    pub(super) name: String,
    /// The name of the option, without its dashes.
    pub(super) option: String,
    pub(super) shape: Shape,
    pub(super) docs: String,
    /// Whether the operation cannot be sent without it.
    pub(super) is_required: bool,
    /// Whether it stands by its place and not behind an option.
    pub(super) positional: bool,
    /// Of a field of a body that is one value, the name of that.
    pub(super) whole: Option<&'static str>,
}

impl Leaf {
    /// Whether null is a value that can be sent.
    pub(super) fn is_clearable(&self) -> bool {
        self.shape.presence == Presence::Clearable
    }
}

/// What the command of an operation takes, in its order.
pub(super) fn leaves(row: &Row, operation: &NamedOperation) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for parameter in parameters(operation).filter(|parameter| !is_session(parameter)) {
        let before = leaves.len();
        let docs = format!("{}{}", parameter.meaning(), only_on(operation, parameter));
        let place = (parameter.name.to_owned(), parameter.name.to_owned());
        match (parameter.place, parameter.shape.object()) {
            (Place::Body, Some(object)) if !parameter.shape.many => {
                for field in object.fields {
                    let place = (format!("{}.{}", parameter.name, field.name), field.name.to_owned());
                    add(&mut leaves, place, (field.shape, field.required), field.docs.to_owned(), 0);
                }
            }
            _ => add(&mut leaves, place, (parameter.shape, parameter.required), docs, 0),
        }
        let whole = (parameter.place == Place::Body).then_some(parameter.name);
        for leaf in &mut leaves[before..] {
            leaf.positional = parameter.place == Place::Path || row.places.contains(&leaf.name.as_str());
            leaf.whole = whole;
            if let Some((_, word)) = row.words.iter().find(|(name, _)| *name == leaf.name) {
                leaf.option = (*word).to_owned();
            }
        }
    }
    if !row.only.is_empty() {
        let is_taken = |leaf: &Leaf| leaf.name.split('.').next().is_some_and(|name| row.only.contains(&name));
        leaves.retain(|leaf| leaf.positional || is_taken(leaf));
    }
    if !row.fixed.is_empty() {
        leaves.retain(|leaf| leaf.positional);
    }
    // By their places, those of the path first, as they stand there.
    leaves.sort_by_key(|leaf| row.places.iter().position(|place| *place == leaf.name));
    leaves
}

/// Whether it sends JSON that a file can hold, beside what stands by its place.
pub(super) fn takes_body(row: &Row, operation: &NamedOperation) -> bool {
    let mut optional = parameters(operation).filter(|parameter| !row.places.contains(&parameter.name));
    row.fixed.is_empty()
        && row.only.is_empty()
        && optional.any(|parameter| match parameter.place {
            Place::Property => true,
            Place::Body => !matches!(parameter.shape.kind, Kind::Bytes),
            _ => false,
        })
}

/// The parameters of both homes, those of the operation's own first.
fn parameters(operation: &NamedOperation) -> impl Iterator<Item = &'static Parameter> {
    let (meta, legacy) = operation.homes();
    let more = legacy.into_iter().flat_map(|legacy| legacy.parameters);
    meta.parameters.iter().chain(more.filter(|parameter| !takes(meta, parameter)))
}

fn takes(meta: &OperationMeta, parameter: &Parameter) -> bool {
    meta.parameters.iter().any(|known| known.name == parameter.name)
}

/// Whether the session says it: the organisation that is asked.
fn is_session(parameter: &Parameter) -> bool {
    let is_needed = parameter.place == Place::Path || parameter.place == Place::Query && parameter.required;
    is_needed && matches!(parameter.shape.kind, Kind::Organization)
}

/// The name of the parameter that the session says, where there is one.
pub(super) fn organization(operation: &NamedOperation) -> Option<&'static str> {
    parameters(operation).find(|parameter| is_session(parameter)).map(|parameter| parameter.name)
}

/// Which of two hosts takes it, where one alone does.
fn only_on(operation: &NamedOperation, parameter: &Parameter) -> String {
    match operation.homes() {
        (meta, Some(legacy)) => match (takes(meta, parameter), takes(legacy, parameter)) {
            (true, false) => format!(" (only on the host {})", meta.host),
            (false, true) => format!(" (only on the host {})", legacy.host),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// An object may hold objects of its own kind.
const DEEPEST: usize = 4;

fn add(
    leaves: &mut Vec<Leaf>,
    (name, option): (String, String),
    (shape, is_required): (Shape, bool),
    docs: String,
    depth: usize,
) {
    match shape.object().filter(|_| !shape.many && depth < DEEPEST) {
        Some(object) => {
            for field in object.fields {
                let place = (format!("{name}.{}", field.name), format!("{option}.{}", field.name));
                let is_required = is_required && field.required;
                add(leaves, place, (field.shape, is_required), field.docs.to_owned(), depth + 1);
            }
        }
        None => {
            let option = option.replace('_', "-");
            leaves.push(Leaf { name, option, shape, docs, is_required, positional: false, whole: None });
        }
    }
}
