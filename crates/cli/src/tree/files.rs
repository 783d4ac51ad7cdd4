//! Answers that are files.

use std::io::Write;

use orglib::{NamedCall, core::Download};

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
    while let Some(piece) = file.next().await {
        to.write_all(&piece?).map_err(|error| Failure::output(&error))?;
    }
    to.finish()?;
    if let Some(name) = file.file_name().filter(|_| !global.quiet) {
        console::say(&format!("{} bytes, which the service calls {name}", file.position()));
    }
    match row.is_cut {
        Some(is_cut) if is_cut(&file) => Err(Failure::partial(format!(
            "the name that the service gives the file says that it is cut ({}); ask for less at once",
            file.file_name().unwrap_or_default()
        ))),
        _ => Ok(()),
    }
}

/// Whether the service says that a file is not whole.
pub(crate) type IsCut = fn(&Download) -> bool;
