//! Answers that are files.

use std::io::Write;

use orglib::NamedCall;

use super::Row;
use crate::{console, failure::Failure, options::GlobalOptions, output::Destination};

/// Opens what the file is written to.
pub(super) fn open(global: &GlobalOptions) -> Result<Destination, Failure> {
    if global.format.is_some() || global.columns.is_some() || global.excel {
        return Err(Failure::usage(
            "the service writes the file, and it is kept as it is: leave out --format, --columns and --excel",
        ));
    }
    Destination::open(global.output.as_deref())
}

/// Writes the file as it comes. It has its name when it is whole, and never before.
pub(super) async fn save(
    row: &Row,
    call: NamedCall,
    mut to: Destination,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let mut file = call.download().await?;
    let mut lines = Lines::default();
    while let Some(piece) = file.next().await {
        let piece = piece?;
        lines.count(&piece);
        to.write_all(&piece).map_err(|error| Failure::output(&error))?;
    }
    to.finish()?;
    let name = file.file_name();
    if let Some(name) = name.as_ref().filter(|_| !global.quiet) {
        console::say(&format!("{} bytes, which the service calls {name}", file.position()));
    }
    let lines = lines.all();
    match row.is_cut {
        Some(is_cut) if is_cut(name.as_deref(), lines) => Err(Failure::partial(format!(
            "the file is cut, by its name ({}) or by its length ({lines} lines); ask for less at once",
            name.as_deref().unwrap_or("none")
        ))),
        _ => Ok(()),
    }
}

/// Whether a file is not whole, by its name and by how many lines it has.
pub(crate) type IsCut = fn(Option<&str>, u64) -> bool;

/// The lines of a file that comes in pieces.
#[derive(Default)]
struct Lines {
    ended: u64,
    is_open: bool,
}

impl Lines {
    fn count(&mut self, piece: &[u8]) {
        self.ended += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.is_open = piece.last().map_or(self.is_open, |last| *last != b'\n');
    }

    fn all(&self) -> u64 {
        self.ended + u64::from(self.is_open)
    }
}
