//! Workbooks and pages: what is handed over.

use std::io::Write;

use orglib_report::{Column, Facts, Kind, Page, Workbook};

use super::Destination;
use crate::{failure::Failure, language::Language};

/// A workbook that rows are written to; its file is there when all of it is.
pub(super) struct Book {
    book: Workbook,
    to: Destination,
}

impl Book {
    pub(super) fn begin(name: &str, columns: &[String], to: Destination) -> Result<Self, Failure> {
        if to.is_terminal() {
            return Err(Failure::usage("a workbook is no text: give --output FILE.xlsx"));
        }
        let columns = columns.iter().map(|name| Column::new(name.as_str(), kind(name))).collect();
        Ok(Self { book: Workbook::new(name, columns).map_err(failed)?, to })
    }

    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> std::io::Result<()> {
        self.book.row(cells).map_err(std::io::Error::other)
    }

    pub(super) fn finish(self, facts: &Facts) -> Result<(), Failure> {
        let Self { book, mut to } = self;
        let file = book.finish(facts).map_err(failed)?;
        to.write_all(&file).map_err(|error| Failure::output(&error))?;
        to.finish()
    }
}

/// A page that rows are gathered for; its file is there when all of it is.
pub(super) struct Sheet {
    page: Page,
    to: Destination,
}

impl Sheet {
    pub(super) fn begin(columns: &[String], most: Option<usize>, to: Destination) -> Result<Self, Failure> {
        if to.is_terminal() {
            return Err(Failure::usage("a page is for a browser: give --output FILE.html"));
        }
        let columns = columns.iter().map(|name| Column::new(name.as_str(), kind(name))).collect();
        Ok(Self { page: Page::new(columns, most.unwrap_or(Page::ROWS)), to })
    }

    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>, rank: u8) {
        self.page.row(cells, rank);
    }

    pub(super) fn finish(
        self,
        facts: &Facts,
        overview: Option<&serde_json::Value>,
        language: Option<Language>,
    ) -> Result<(), Failure> {
        let Self { page, mut to } = self;
        page.finish(facts, overview, language.map(Language::code), &mut to)
            .map_err(|error| Failure::output(&error))?;
        to.finish()
    }
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::other(error.to_string())
}

/// What stands in a column, by its name: an id is no number, for it has more digits than a sheet keeps.
fn kind(name: &str) -> Kind {
    let ends = |ending: &str| name.ends_with(ending);
    if ends("_at")
        || ends("_until")
        || ends("_date")
        || ["created", "modified", "deleted", "date"].contains(&name)
    {
        Kind::Time
    } else if name.starts_with("is_") || name.starts_with("has_") || name == "external_user" {
        Kind::Flag
    } else if ends("_count") || ["size", "total", "capacity", "floor", "ttl"].contains(&name) {
        Kind::Number
    } else {
        Kind::Text
    }
}
