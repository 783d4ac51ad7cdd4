//! Rows in every form.

use std::{borrow::Cow, io::Write};

use serde::Serialize;
use serde_norway::Value;

use super::{
    Destination, Format, Shape, Sheet,
    cells::{cells, project, tree},
    handed_over::{self, Book},
    table,
};
use orglib::models::text::{harmless, is_harmful};
use orglib_report::Facts;

use crate::{failure::Failure, language::Language, options::GlobalOptions};

/// Whether a command writes a list or one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    List,
    Object,
}

/// Writes rows. CSV and JSON lines go out as they come; the other forms when all are there.
pub(crate) struct Rows {
    kind: Kind,
    columns: Vec<String>,
    /// Where each column stands among all of the shape.
    places: Vec<usize>,
    /// How many of the columns a table has in any case; the others only where any row has something in them.
    always: usize,
    /// Whether columns were asked for, so that JSON and YAML hold only these.
    projected: bool,
    /// Whether people watch the rows as they come.
    on_terminal: bool,
    /// Whether a table is as wide as its cells, whatever the terminal.
    wide: bool,
    /// What is said of the rows, where their form has a place for it.
    facts: Facts,
    /// What a page shows above them.
    overview: Option<serde_json::Value>,
    /// In which language a page begins; nothing where its reader's browser says it.
    language: Option<Language>,
    sink: Sink,
}

enum Sink {
    Lines(Destination),
    Texts(Texts),
    Whole { rows: Vec<Value>, form: Whole, to: Destination },
}

/// What holds rows of texts.
enum Texts {
    Sheet(Box<Sheet<Destination>>),
    Table { rows: Vec<Vec<String>>, to: Destination },
    Book(Box<Book>),
    Page(Box<handed_over::Sheet>),
}

#[derive(Clone, Copy)]
enum Whole {
    Json,
    Yaml,
}

impl Rows {
    /// Opens the output, and refuses what cannot be written: call it before anything is sent.
    pub(crate) fn open(options: &GlobalOptions, kind: Kind, shape: &Shape) -> Result<Self, Failure> {
        let by_ending = match (&options.format, &options.output) {
            (None, Some(path)) if path.as_os_str() != "-" => Format::of_ending(path)?,
            _ => None,
        };
        let destination = Destination::open(options.output.as_deref())?;
        let destination = if options.secret { destination.for_owner_only()? } else { destination };
        let format = match (options.format.or(by_ending), kind) {
            (Some(format), _) => format,
            (None, _) if destination.is_terminal() => Format::Table,
            (None, Kind::List) => Format::Jsonl,
            (None, Kind::Object) => Format::Json,
        };
        if options.html_rows.is_some() && format != Format::Html {
            return Err(Failure::usage("--html-rows goes with a page: --format html, or --output FILE.html"));
        }
        if options.lang.is_some() && !matches!(format, Format::Html | Format::Xlsx) {
            return Err(Failure::usage(
                "--lang goes with a page or a workbook: --output FILE.html, or FILE.xlsx",
            ));
        }
        if options.excel && format != Format::Csv {
            return Err(Failure::usage("--excel goes with --format csv"));
        }
        let mut columns = match (&options.columns, format) {
            (Some(wanted), _) => shape.choose(wanted)?,
            (None, Format::Table) if kind == Kind::List => shape.table.clone(),
            (None, _) => shape.shown(),
        };
        let always = columns.len();
        if options.columns.is_none() && format == Format::Table && kind == Kind::List {
            columns.extend(shape.where_any.iter().cloned());
        }
        let on_terminal = destination.is_terminal() && matches!(format, Format::Jsonl | Format::Csv);
        let whole = |form, to| Sink::Whole { rows: Vec::new(), form, to };
        let sink = match format {
            Format::Jsonl => Sink::Lines(destination),
            Format::Csv => {
                let sheet = Sheet::begin(destination, &columns, options.excel);
                Sink::Texts(Texts::Sheet(Box::new(sheet.map_err(|error| Failure::output(&error))?)))
            }
            Format::Table => Sink::Texts(Texts::Table { rows: Vec::new(), to: destination }),
            Format::Json => whole(Whole::Json, destination),
            Format::Yaml => whole(Whole::Yaml, destination),
            Format::Xlsx => {
                Sink::Texts(Texts::Book(Box::new(Book::begin(shape.name, &columns, destination)?)))
            }
            Format::Html => Sink::Texts(Texts::Page(Box::new(handed_over::Sheet::begin(
                &columns,
                options.html_rows,
                destination,
            )?))),
        };
        let (facts, language) = (Facts::new(shape.name), Language::chosen(options.lang));
        let (projected, wide) = (options.columns.is_some(), options.wide);
        let place = |column: &String| shape.columns.iter().position(|known| known == column);
        let places = columns.iter().filter_map(place).collect();
        Ok(Self {
            kind,
            columns,
            places,
            always,
            projected,
            on_terminal,
            wide,
            facts,
            overview: None,
            language,
            sink,
        })
    }

    /// Whether their form has a place for what is said of them.
    pub(crate) fn has_facts(&self) -> bool {
        matches!(self.sink, Sink::Texts(Texts::Book(_) | Texts::Page(_)))
    }

    /// Whether they are a page, whose reader may change the language.
    pub(crate) fn is_page(&self) -> bool {
        matches!(self.sink, Sink::Texts(Texts::Page(_)))
    }

    /// Says something of the rows, where their form has a place for it.
    pub(crate) fn set_facts(&mut self, facts: Facts, overview: Option<serde_json::Value>) {
        (self.facts, self.overview) = (facts, overview);
    }

    /// Whether people watch the rows as they come.
    pub(crate) fn on_terminal(&self) -> bool {
        self.on_terminal
    }

    /// Writes a row.
    pub(crate) fn write<T: Serialize>(&mut self, row: &T) -> Result<(), Failure> {
        match &mut self.sink {
            Sink::Lines(to) if !self.projected => line(to, row),
            Sink::Lines(to) => line(to, &project(&tree(row)?, &self.columns)),
            Sink::Texts(texts) => {
                let cells = cells(&tree(row)?, &self.columns);
                texts.row(cells.iter().map(String::as_str), self.on_terminal)
            }
            Sink::Whole { rows, .. } => {
                rows.push(tree(row)?);
                Ok(())
            }
        }
    }

    /// Writes a row that says itself how it reads as texts: those of all columns of the shape, in their order.
    /// Where a form does not take all, those of the least rank are in it.
    pub(crate) fn write_with<'a, T: Serialize, const N: usize>(
        &mut self,
        row: &'a T,
        texts: impl FnOnce(&'a T) -> [Cow<'a, str>; N],
        rank: u8,
    ) -> Result<(), Failure> {
        let Sink::Texts(to) = &mut self.sink else { return self.write(row) };
        let texts = texts(row);
        if let Texts::Page(page) = to {
            page.row(self.places.iter().map(|place| &*texts[*place]), rank);
            return Ok(());
        }
        to.row(self.places.iter().map(|place| &*texts[*place]), self.on_terminal)
    }

    /// Lets go what has been written, so that whoever reads along sees it.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        let flushed = match &mut self.sink {
            Sink::Lines(to) => to.flush(),
            Sink::Texts(Texts::Sheet(sheet)) => sheet.flush(),
            Sink::Texts(Texts::Table { .. } | Texts::Book(_) | Texts::Page(_)) | Sink::Whole { .. } => Ok(()),
        };
        flushed.map_err(|error| Failure::output(&error))
    }

    /// Writes what is left, and gives a file its name.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let Self { kind, columns, always, projected, wide, facts, overview, language, sink, .. } = self;
        match sink {
            Sink::Lines(to) => to.finish(),
            Sink::Texts(Texts::Sheet(sheet)) => {
                sheet.into_inner().map_err(|error| Failure::output(&error))?.finish()
            }
            Sink::Texts(Texts::Book(book)) => book.finish(&facts),
            Sink::Texts(Texts::Page(page)) => page.finish(&facts, overview.as_ref(), language),
            Sink::Texts(Texts::Table { rows, mut to }) => {
                let width = (to.is_terminal() && !wide).then(table::of_terminal).flatten();
                let text = match (kind, rows.first()) {
                    (Kind::Object, Some(row)) => table::of_object(&columns, row),
                    _ => {
                        let (columns, rows) = table::without_empty(columns, rows, always);
                        table::of_rows(&columns, rows, width)
                    }
                };
                to.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
                to.finish()
            }
            Sink::Whole { rows, form, mut to } => {
                let mut rows =
                    if projected { rows.iter().map(|row| project(row, &columns)).collect() } else { rows };
                let document = match kind {
                    Kind::List => Value::Sequence(rows),
                    Kind::Object => rows.pop().unwrap_or_default(),
                };
                write_document(&mut to, &document, form)?;
                to.finish()
            }
        }
    }
}

impl Texts {
    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>, on_terminal: bool) -> Result<(), Failure> {
        let written = match self {
            // A file keeps every letter; a terminal would obey some.
            Self::Sheet(sheet) if on_terminal => sheet.row(cells.map(|cell| harmless(cell, '\u{fffd}'))),
            Self::Sheet(sheet) => sheet.row(cells),
            Self::Book(book) => book.row(cells),
            Self::Page(page) => {
                page.row(cells, 0);
                Ok(())
            }
            Self::Table { rows, .. } => {
                rows.push(cells.map(str::to_owned).collect());
                Ok(())
            }
        };
        written.map_err(|error| Failure::output(&error))
    }
}

fn line<T: Serialize>(to: &mut Destination, row: &T) -> Result<(), Failure> {
    let mut text = serde_json::to_string(row).map_err(json_failure)?;
    escape(&mut text);
    text.push('\n');
    to.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
}

fn write_document(to: &mut Destination, document: &Value, form: Whole) -> Result<(), Failure> {
    if matches!(form, Whole::Yaml) {
        let text = yaml(document, to.is_terminal())?;
        return to.write_all(text.as_bytes()).map_err(|error| Failure::output(&error));
    }
    let mut text = serde_json::to_string_pretty(document).map_err(json_failure)?;
    escape(&mut text);
    text.push('\n');
    to.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
}

/// A value as YAML. A file keeps every letter; a terminal would obey some.
pub(crate) fn yaml<T: Serialize>(value: &T, on_terminal: bool) -> Result<String, Failure> {
    let text = serde_norway::to_string(value);
    let text = text.map_err(|error| Failure::not_understood(format!("YAML cannot be written: {error}")))?;
    Ok(if on_terminal { fit_for_terminal(&text) } else { text })
}

/// A text of several lines without the letters that a terminal would obey.
pub(crate) fn fit_for_terminal(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| harmless(line, '\u{fffd}')).collect();
    lines.join("\n")
}

/// Writes letters that a terminal would obey as JSON lets them be written: the value stays the same. They stand in texts
/// only; JSON's own line breaks are left alone.
pub(crate) fn escape(json: &mut String) {
    use std::fmt::Write;

    let is_harmful = |one: char| !matches!(one, '\n' | '\r' | '\t') && is_harmful(one);
    if !json.chars().any(is_harmful) {
        return;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for one in json.chars() {
        if is_harmful(one) {
            // A text takes what is written into it. All of these have four digits.
            let _ = write!(escaped, "\\u{:04x}", u32::from(one));
        } else {
            escaped.push(one);
        }
    }
    *json = escaped;
}

fn json_failure(error: serde_json::Error) -> Failure {
    match error.io_error_kind() {
        Some(kind) => Failure::output(&kind.into()),
        None => Failure::not_understood(format!("JSON cannot be written: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;
    use serde_json::json;

    use super::*;
    use crate::arguments::Arguments;

    /// What two rows, or the first of them, come to with these options.
    fn written(kind: Kind, options: &[&str]) -> String {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("out");
        let line = ["orglib", "operations", "--output", path.to_str().unwrap()];
        let arguments = Arguments::try_parse_from(line.iter().chain(options)).unwrap();
        let objects = [
            json!({"id": "1130000000000001", "name": {"last": "Ким"}, "roles": ["a", "b"], "since": null}),
            json!({"id": 2, "name": {"last": "=1+1; \"x\""}, "roles": [], "since": "2024-01-01T00:00:00Z"}),
        ];
        let shape = Shape::of(&objects[0], &["id", "name_last"]).unwrap();
        let mut rows = Rows::open(&arguments.global, kind, &shape).unwrap();
        for object in &objects[..if kind == Kind::List { 2 } else { 1 }] {
            rows.write(object).unwrap();
        }
        rows.finish().unwrap();
        fs::read_to_string(&path).unwrap()
    }

    #[test]
    fn json_drives_no_terminal_and_holds_the_same_value() {
        let name = "a\u{9b}2J\u{202e}b\u{7f}";
        let mut json = serde_json::to_string(&json!({ "name": name })).unwrap();
        escape(&mut json);
        assert_eq!(json, r#"{"name":"a\u009b2J\u202eb\u007f"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["name"], name);
    }

    #[test]
    fn the_ending_of_a_name_chooses_the_form() {
        use std::path::Path;
        for (name, form) in [
            ("x.csv", Some(Format::Csv)),
            ("x.JSON", Some(Format::Json)),
            ("x.jsonl", Some(Format::Jsonl)),
            ("x.yml", Some(Format::Yaml)),
            ("x.xlsx", Some(Format::Xlsx)),
            ("x.html", Some(Format::Html)),
            ("x", None),
            ("/dev/null", None),
        ] {
            assert_eq!(Format::of_ending(Path::new(name)).unwrap(), form, "{name}");
        }
        for name in ["x.pdf", "2026-11-20.report"] {
            let failure = Format::of_ending(Path::new(name)).unwrap_err();
            assert!(failure.exit().code() == 2 && failure.to_string().contains("csv"), "{failure}");
        }
    }

    #[test]
    fn every_form_holds_the_same_rows() {
        let mut all = String::new();
        for kind in [Kind::List, Kind::Object] {
            for format in ["", "table", "json", "jsonl", "csv", "yaml"] {
                let format = if format.is_empty() { vec![] } else { vec!["--format", format] };
                all += &format!("== {kind:?} {}\n{}", format.join(" "), written(kind, &format));
            }
        }
        all += &format!("== excel\n{}", written(Kind::List, &["--format", "csv", "--excel"]));
        for format in ["table", "json", "jsonl", "csv", "yaml"] {
            let options = ["--format", format, "--columns", "name_last,id"];
            all += &format!("== columns, {format}\n{}", written(Kind::List, &options));
        }
        insta::assert_snapshot!(all);
    }
}
