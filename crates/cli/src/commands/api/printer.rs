//! How the answers of `orglib api` are printed.

use serde_norway::Value;

use crate::{
    arguments::GlobalOptions,
    failure::Failure,
    output::{Format, escape},
};

/// How an answer is printed.
#[derive(Clone, Copy)]
pub(super) enum Printer {
    /// As it came; on a terminal indented, where it is JSON.
    Verbatim,
    /// The items of a list, a line each.
    Lines,
    Yaml,
}

impl Printer {
    pub(super) fn of(global: &GlobalOptions, paginate: bool) -> Result<Self, Failure> {
        if global.columns.is_some() || global.excel {
            return Err(Failure::usage("`api` prints what comes: it takes neither --columns nor --excel"));
        }
        match global.format {
            None if paginate => Ok(Self::Lines),
            None | Some(Format::Json) => Ok(Self::Verbatim),
            Some(Format::Jsonl) => Ok(Self::Lines),
            Some(Format::Yaml) => Ok(Self::Yaml),
            Some(_) => Err(Failure::usage("`api` prints what comes: --format json, jsonl or yaml")),
        }
    }

    /// A whole answer.
    pub(super) fn text(self, body: &[u8], on_terminal: bool) -> Result<Vec<u8>, Failure> {
        if body.is_empty() {
            return Ok(Vec::new());
        }
        let value = serde_json::from_slice::<Value>(body);
        let text = match (self, value) {
            (Self::Verbatim, Ok(value)) if on_terminal => {
                let mut text = serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
                escape(&mut text);
                text
            }
            (Self::Verbatim, _) => {
                let mut text = body.to_vec();
                if text.last().is_some_and(|last| *last != b'\n') {
                    text.push(b'\n');
                }
                return Ok(text);
            }
            (_, Err(error)) => return Err(not_understood(&error)),
            (Self::Yaml, Ok(value)) => {
                serde_norway::to_string(&value).map_err(|error| not_understood(&error))?
            }
            (Self::Lines, Ok(Value::Sequence(list))) => {
                list.iter().map(|item| format!("{}\n", line(item))).collect()
            }
            (Self::Lines, Ok(value)) => format!("{}\n", line(&value)),
        };
        Ok(text.into_bytes())
    }

    /// One item of a list that is read to its end.
    pub(super) fn item(self, item: &str, is_first: bool) -> Result<String, Failure> {
        if matches!(self, Self::Verbatim) {
            return Ok(format!("{}{item}", if is_first { "[\n" } else { ",\n" }));
        }
        let value: Value = serde_json::from_str(item).map_err(|error| not_understood(&error))?;
        match self {
            Self::Yaml => serde_norway::to_string(&[value]).map_err(|error| not_understood(&error)),
            _ => Ok(line(&value) + "\n"),
        }
    }

    /// What stands behind the last item.
    pub(super) fn end(self, is_empty: bool) -> &'static str {
        match (self, is_empty) {
            (Self::Verbatim, true) => "[]\n",
            (Self::Verbatim, false) => "\n]\n",
            _ => "",
        }
    }
}

fn not_understood(error: &dyn std::fmt::Display) -> Failure {
    Failure::not_understood(format!("the answer is no JSON: {error}; --format json prints it as it came"))
}

/// The value on one line, its keys in their order. What was read from JSON can be written as JSON.
fn line(value: &Value) -> String {
    let mut line = serde_json::to_string(value).unwrap_or_default();
    escape(&mut line);
    line
}
