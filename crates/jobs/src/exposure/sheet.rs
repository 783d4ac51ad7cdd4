//! Rows as sheets have them.

use std::io::{BufRead, Read};

use csv::{Reader, ReaderBuilder, StringRecord};
use orglib_models::{OrgId, UserId};

use super::{ExposureRow, LinkEnd, Reach};
use crate::AccountStatus;

/// Which column of a sheet holds what.
#[derive(Clone, Debug)]
pub(super) struct Header {
    columns: Vec<String>,
    /// Whether cells that look like formulas have an apostrophe before them.
    is_excel: bool,
}

/// What a row cannot be without.
const NEEDED: [&str; 5] = ["email", "path", "access_type", "rights", "owner_id"];

impl Header {
    /// Reads the header of a sheet, and leaves its rows to be read. Commas, semicolons, tabs and a byte order mark are all
    /// taken.
    pub(super) fn read(mut from: impl BufRead) -> Result<(Self, Reader<impl Read>), String> {
        let buffer = from.fill_buf().map_err(|error| error.to_string())?;
        let has_mark = buffer.starts_with("\u{feff}".as_bytes());
        let line = buffer.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = [b';', b'\t'].into_iter().find(|byte| line.contains(byte)).unwrap_or(b',');
        if has_mark {
            from.consume("\u{feff}".len());
        }
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(from);
        let header = reader.headers().map_err(|error| error.to_string())?;
        let columns: Vec<_> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let missing: Vec<_> =
            NEEDED.into_iter().filter(|name| !columns.iter().any(|column| column == name)).collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            return Err(format!(
                "it has no column {missing}; give a CSV file that `orglib exposure` wrote, all columns of it"
            ));
        }
        Ok((Self { columns, is_excel: has_mark && delimiter == b';' }, reader))
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// The number in a column; nothing where it is empty.
    pub(super) fn number(&self, record: &StringRecord, column: &str) -> Result<Option<u64>, String> {
        match self.cell(record, column).trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| wrong(record, column, text)),
        }
    }

    /// The cell of a column; empty where there is none.
    pub(super) fn cell<'a>(&self, record: &'a StringRecord, column: &str) -> &'a str {
        let place = self.columns.iter().position(|name| name == column);
        let cell = place.and_then(|place| record.get(place)).unwrap_or_default();
        match cell.strip_prefix('\'') {
            Some(formula) if self.is_excel && formula.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                formula
            }
            _ => cell,
        }
    }

    /// The row of a record.
    pub(super) fn row(&self, record: &StringRecord) -> Result<ExposureRow, String> {
        let cell = |column: &str| self.cell(record, column);
        let text = |column| Some(cell(column)).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let wrong = |column: &str| wrong(record, column, cell(column));
        let time = |column| match cell(column) {
            "" => Ok(None),
            time => time.parse().map(Some).map_err(|_| wrong(column)),
        };
        let path = cell("path").to_owned();
        let name = text("name").unwrap_or_else(|| path.rsplit('/').next().unwrap_or_default().to_owned());
        let reach = match cell("reach") {
            "" => Reach::Unknown,
            word => word.parse().map_err(|_| wrong("reach"))?,
        };
        let org_id = match cell("org_id") {
            "" => None,
            id => Some(id.parse::<OrgId>().map_err(|_| wrong("org_id"))?),
        };
        let change = match cell("change") {
            "" => None,
            word => Some(word.parse().map_err(|_| wrong("change"))?),
        };
        Ok(ExposureRow {
            email: cell("email").to_owned(),
            path,
            access_type: cell("access_type").to_owned(),
            rights: cell("rights").split('|').filter(|right| !right.is_empty()).map(str::to_owned).collect(),
            user_id: text("user_id"),
            shared_email: text("shared_email"),
            external_user: cell("external_user").eq_ignore_ascii_case("true"),
            owner_id: cell("owner_id").parse::<UserId>().map_err(|_| wrong("owner_id"))?,
            org_id,
            resource_type: text("resource_type"),
            name,
            public_hash: text("public_hash"),
            created_at: time("created_at")?,
            modified_at: time("modified_at")?,
            available_until: text("available_until").map(LinkEnd::new),
            reach,
            recipient: cell("recipient").to_owned(),
            owner_status: AccountStatus::of_word(cell("owner_status")),
            department: text("department"),
            public_url: text("public_url"),
            change,
        })
    }
}

fn wrong(record: &StringRecord, column: &str, cell: &str) -> String {
    let line = record.position().map_or(0, csv::Position::line);
    format!("line {line}: {column} is `{cell}`")
}
