//! How the answers of `orglib api` are printed.

use serde_norway::Value;

use crate::{
    failure::Failure,
    options::GlobalOptions,
    output::{Format, escape, fit_for_terminal, yaml},
};

/// How an answer is printed.
#[derive(Clone, Copy)]
pub(super) struct Printer {
    form: Form,
    /// A terminal gets JSON indented, and nothing that it would obey.
    on_terminal: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    AsItCame,
    /// The items of a list, a line each.
    Lines,
    Yaml,
}

impl Printer {
    pub(super) fn of(global: &GlobalOptions, paginate: bool) -> Result<Self, Failure> {
        if global.columns.is_some() || global.excel {
            return Err(Failure::usage("`api` prints what comes: it takes neither --columns nor --excel"));
        }
        let form = match global.format {
            None if paginate => Form::Lines,
            None | Some(Format::Json) => Form::AsItCame,
            Some(Format::Jsonl) => Form::Lines,
            Some(Format::Yaml) => Form::Yaml,
            Some(_) => return Err(Failure::usage("`api` prints what comes: --format json, jsonl or yaml")),
        };
        Ok(Self { form, on_terminal: false })
    }

    /// The same, where it is known what is printed to.
    pub(super) fn on_terminal(self, on_terminal: bool) -> Self {
        Self { on_terminal, ..self }
    }

    /// A whole answer.
    pub(super) fn text(self, body: &[u8]) -> Result<Vec<u8>, Failure> {
        if body.is_empty() {
            return Ok(Vec::new());
        }
        if self.form == Form::AsItCame && !self.on_terminal {
            return Ok(ended(body.to_vec()));
        }
        let value: Value = match serde_json::from_slice(body) {
            Ok(value) => value,
            Err(_) if self.form == Form::AsItCame => {
                return Ok(ended(fit_for_terminal(&String::from_utf8_lossy(body)).into_bytes()));
            }
            Err(error) => return Err(not_understood(&error)),
        };
        let text = match (self.form, value) {
            (Form::AsItCame, value) => indented(&value) + "\n",
            (Form::Yaml, value) => yaml(&value, self.on_terminal)?,
            (Form::Lines, Value::Sequence(list)) => list.iter().map(line).collect(),
            (Form::Lines, value) => line(&value),
        };
        Ok(text.into_bytes())
    }

    /// One item of a list that is read to its end.
    pub(super) fn item(self, item: &str, is_first: bool) -> Result<String, Failure> {
        let before = if is_first { "[\n" } else { ",\n" };
        if self.form == Form::AsItCame && !self.on_terminal {
            return Ok(format!("{before}{item}"));
        }
        let value: Value = serde_json::from_str(item).map_err(|error| not_understood(&error))?;
        match self.form {
            Form::AsItCame => Ok(format!("{before}{}", indented(&value))),
            Form::Yaml => yaml(&[value], self.on_terminal),
            Form::Lines => Ok(line(&value)),
        }
    }

    /// What stands behind the last item.
    pub(super) fn end(self, is_empty: bool) -> &'static str {
        match (self.form, is_empty) {
            (Form::AsItCame, true) => "[]\n",
            (Form::AsItCame, false) => "\n]\n",
            _ => "",
        }
    }
}

fn not_understood(error: &serde_json::Error) -> Failure {
    Failure::not_understood(format!("the answer is no JSON: {error}; --format json prints it as it came"))
}

/// The text with a line break at its end.
fn ended(mut text: Vec<u8>) -> Vec<u8> {
    if text.last().is_some_and(|last| *last != b'\n') {
        text.push(b'\n');
    }
    text
}

/// The value on several lines, its keys in their order. What was read from JSON can be written as JSON.
fn indented(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    escape(&mut text);
    text
}

/// The value on one line.
fn line(value: &Value) -> String {
    let mut line = serde_json::to_string(value).unwrap_or_default();
    escape(&mut line);
    line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARMFUL: &str = "{\"name\":\"a\u{9b}31m\u{202e}b\"}";

    fn printer(form: Form, on_terminal: bool) -> Printer {
        Printer { form, on_terminal }
    }

    #[test]
    fn a_terminal_gets_nothing_that_it_would_obey() {
        let page = "<html>\u{1b}]0;x\u{7}\n\u{202e}</html>";
        for form in [Form::AsItCame, Form::Lines, Form::Yaml] {
            let printer = printer(form, true);
            let whole = String::from_utf8(printer.text(HARMFUL.as_bytes()).unwrap()).unwrap();
            let shown = [whole, printer.item(HARMFUL, true).unwrap()];
            let page = printer.text(page.as_bytes()).map(|text| String::from_utf8(text).unwrap());
            for text in shown.into_iter().chain(page) {
                assert!(!text.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{text:?}");
            }
        }
    }

    #[test]
    fn a_terminal_gets_json_indented_and_a_file_gets_it_as_it_came() {
        let shown = |on_terminal: bool| {
            let printer = printer(Form::AsItCame, on_terminal);
            let whole = String::from_utf8(printer.text(b"{\"b\":1,  \"a\":[]}").unwrap()).unwrap();
            (whole, printer.item("{\"b\":1}", false).unwrap())
        };
        let indented = ("{\n  \"b\": 1,\n  \"a\": []\n}\n".to_owned(), ",\n{\n  \"b\": 1\n}".to_owned());
        assert_eq!(shown(true), indented);
        assert_eq!(shown(false), ("{\"b\":1,  \"a\":[]}\n".to_owned(), ",\n{\"b\":1}".to_owned()));
        assert_eq!(
            printer(Form::AsItCame, false).text(HARMFUL.as_bytes()).unwrap(),
            format!("{HARMFUL}\n").as_bytes()
        );
    }
}
