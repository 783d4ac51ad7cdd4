//! `orglib explain`.

use std::{fmt::Write as _, io::Write as _};

use clap::Args;
use orglib::{
    OperationMeta, Parameter, Place, Scopes,
    models::shape::{Field, Kind, Object, Shape},
};

use super::operations::{all, operations_of};
use crate::{failure::Failure, options::GlobalOptions, output::Destination};

/// What a command sends and gives: its operation on each host, fields with types and words, scopes.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The command, for instance `rooms create`, or the id of an operation
    #[arg(required = true, value_name = "COMMAND")]
    command: Vec<String>,
    /// Print what is sent as YAML to fill in, for --body-file
    #[arg(long)]
    template: bool,
}

pub(super) fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let mut destination = Destination::open(global.output.as_deref())?;
    let words = options.command.join(" ");
    let found: Vec<_> = operations_of(&words);
    if found.is_empty() {
        return Err(Failure::usage(format!(
            "there is no operation `{words}`, nor a command that is one; `orglib operations` lists both"
        )));
    }
    let text = match options.template {
        true => template(found[0]).ok_or_else(|| Failure::usage(format!("`{words}` sends no fields")))?,
        false => found.into_iter().map(explained).collect::<Vec<_>>().join("\n"),
    };
    destination.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
    destination.finish()
}

fn explained(meta: &OperationMeta) -> String {
    let mut text = String::new();
    let docs = meta.docs.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let _ = writeln!(
        text,
        "{docs}\n\n{} {}\n  host {}, operation {}",
        meta.method, meta.path, meta.host, meta.id
    );
    if let Some(other) = all().find(|other| is_other_home(meta, other)) {
        let _ = writeln!(
            text,
            "  other host {}: {} {}, operation {}",
            other.host, other.method, other.path, other.id
        );
    }
    match meta.scopes {
        Scopes::Any(names) => _ = writeln!(text, "  scopes: {}", names.join(" or ")),
        Scopes::All(names) => _ = writeln!(text, "  scopes: {}", names.join(" and ")),
        _ => {}
    }
    let repeated = if meta.idempotent { "may be sent again" } else { "is sent once" };
    let _ = writeln!(text, "  {repeated} where its answer is lost");
    if !meta.parameters.is_empty() {
        text += "\ntakes\n";
        meta.parameters.iter().for_each(|parameter| of_parameter(&mut text, parameter));
    }
    text += "\ngives\n";
    let many = if meta.output.many { "a list of " } else { "" };
    match meta.output.object() {
        Some(object) => {
            let _ = writeln!(text, "  {many}{}: {}", object.name, one_line(object.docs));
            of_fields(&mut text, object, 4, &mut vec![object.name]);
        }
        None => _ = writeln!(text, "  {many}{}", type_of(&meta.output)),
    }
    text
}

fn is_other_home(meta: &OperationMeta, other: &OperationMeta) -> bool {
    orglib::OPERATIONS.iter().copied().flatten().any(|(current, legacy)| {
        legacy.is_some_and(|legacy| {
            (current.id == meta.id && legacy.id == other.id)
                || (legacy.id == meta.id && current.id == other.id)
        })
    })
}

fn of_parameter(text: &mut String, parameter: &Parameter) {
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query | Place::QueryEach => "query",
        Place::Header => "header",
        Place::Form => "form",
        _ => "body",
    };
    let needed = if parameter.required { "required" } else { "optional" };
    let (name, meaning) = (parameter.name, one_line(parameter.meaning()));
    let _ = writeln!(text, "  {name} ({}, {place}, {needed}): {meaning}", type_of(&parameter.shape));
    if let Some(object) = parameter.shape.object() {
        of_fields(text, object, 4, &mut vec![object.name]);
    }
}

/// The fields of an object, and of those in it. An object may hold objects of its own kind.
fn of_fields(text: &mut String, object: &Object, indent: usize, above: &mut Vec<&'static str>) {
    for Field { name, shape, docs, .. } in object.fields {
        let _ = writeln!(text, "{:indent$}{name} ({}): {}", "", type_of(shape), one_line(docs));
        if let Some(inner) = shape.object().filter(|inner| !above.contains(&inner.name)) {
            above.push(inner.name);
            of_fields(text, inner, indent + 2, above);
            above.pop();
        }
    }
}

fn type_of(shape: &Shape) -> String {
    let one = match shape.kind {
        Kind::Nothing => "nothing".to_owned(),
        Kind::Organization => "organisation".to_owned(),
        Kind::User => "employee".to_owned(),
        Kind::Group => "group".to_owned(),
        Kind::Department => "department".to_owned(),
        Kind::Mailbox => "mailbox".to_owned(),
        Kind::Id(_) => "id".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Secret => "secret".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Integer => "whole number".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Time => "time".to_owned(),
        Kind::Date => "day".to_owned(),
        Kind::Words(words) => words.iter().map(|word| word.word).collect::<Vec<_>>().join("|"),
        Kind::Object(object) => object().name.to_owned(),
        Kind::Bytes => "bytes".to_owned(),
        _ => "JSON".to_owned(),
    };
    if shape.many { format!("list of {one}") } else { one }
}

fn one_line(docs: &str) -> String {
    docs.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The body as YAML to fill in: what is optional is commented out.
fn template(meta: &OperationMeta) -> Option<String> {
    let mut text = String::new();
    for parameter in meta.parameters {
        match (parameter.place, parameter.shape.object()) {
            (Place::Property, _) => {
                let (name, docs) = (parameter.name, parameter.meaning());
                line(&mut text, (name, &parameter.shape, parameter.required, docs), 0);
            }
            (Place::Body, Some(object)) => fields(&mut text, object, 0),
            _ => {}
        }
    }
    (!text.is_empty()).then_some(text)
}

fn fields(text: &mut String, object: &Object, indent: usize) {
    for field in object.fields {
        line(text, (field.name, &field.shape, field.required, field.docs), indent);
    }
}

fn line(text: &mut String, (name, shape, required, docs): (&str, &Shape, bool, &str), indent: usize) {
    const DEEPEST: usize = 8;
    let mark = if required { "" } else { "# " };
    let object = shape.object().filter(|_| required && indent < DEEPEST);
    let value = match (object, shape.many) {
        (Some(_), _) => String::new(),
        (None, true) => " []".to_owned(),
        (None, false) => format!(" <{}>", type_of(shape)),
    };
    let _ = writeln!(text, "{:indent$}{mark}{name}:{value}  # {}", "", one_line(docs));
    match object {
        Some(object) if shape.many => {
            let mut item = String::new();
            fields(&mut item, object, indent + 4);
            // The first field carries the mark of the item.
            item.replace_range(indent + 2..=indent + 2, "-");
            text.push_str(&item);
        }
        Some(object) => fields(text, object, indent + 2),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_yaml_that_a_command_takes() {
        let create = operations_of("contacts create")[0];
        let text = template(create).unwrap();
        assert!(text.starts_with("first_name: <text>  # The first name.\n"), "{text}");
        assert!(text.contains("# company: <text>  # The company.\n"), "{text}");
        let read: serde_json::Value = serde_norway::from_str(&text).unwrap();
        let given = ["first_name", "last_name", "emails"];
        assert_eq!(read.as_object().unwrap().keys().collect::<Vec<_>>().len(), given.len(), "{read}");
        assert_eq!(read["emails"][0]["email"], "<text>");
        assert!(template(operations_of("rooms list")[0]).is_none());
    }

    #[test]
    fn every_operation_explains_itself_in_full() {
        let mut silent = Vec::new();
        for meta in all() {
            let text = explained(meta);
            assert!(text.contains(meta.path) && text.contains("gives\n"), "{}", meta.id);
            assert!(!meta.summary().is_empty(), "{}", meta.id);
            let lines = text.lines().filter(|line| line.trim_end().ends_with("):"));
            silent.extend(lines.map(|line| format!("{}:{line}", meta.id)));
        }
        assert!(silent.is_empty(), "say what these mean: {silent:#?}");
    }
}
