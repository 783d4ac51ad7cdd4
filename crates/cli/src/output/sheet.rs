//! CSV.

use std::io::{self, Write};

use csv::{Writer, WriterBuilder};

/// A CSV file with a header.
pub(crate) struct Sheet<W: Write> {
    writer: Writer<W>,
    excel: bool,
}

impl<W: Write> Sheet<W> {
    /// Begins a sheet with its header.
    pub(crate) fn begin<C: AsRef<str>>(mut to: W, columns: &[C], excel: bool) -> io::Result<Self> {
        if excel {
            to.write_all("\u{feff}".as_bytes())?;
        }
        let delimiter = if excel { b';' } else { b',' };
        let writer = WriterBuilder::new().delimiter(delimiter).from_writer(to);
        let mut sheet = Self { writer, excel };
        sheet.row(columns)?;
        Ok(sheet)
    }

    /// Writes a row.
    pub(crate) fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> io::Result<()> {
        for cell in cells {
            let cell = cell.as_ref();
            if self.excel && is_formula(cell) {
                self.writer.write_field(format!("'{cell}"))
            } else {
                self.writer.write_field(cell)
            }
            .map_err(io_error)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// What the sheet was written to, with everything in it.
    pub(crate) fn into_inner(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|error| {
            let kind = error.error().kind();
            io::Error::new(kind, error.error().to_string())
        })
    }
}

/// Whether Excel would take the cell for a formula.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(excel: bool) -> String {
        let mut sheet = Sheet::begin(Vec::new(), &["a", "b"], excel).unwrap();
        sheet.row(["=1+1", "x,y;z"]).unwrap();
        sheet.row(["\"Ёж\"", ""]).unwrap();
        String::from_utf8(sheet.into_inner().unwrap()).unwrap()
    }

    #[test]
    fn a_sheet_has_a_header_and_commas() {
        assert_eq!(sheet(false), "a,b\n=1+1,\"x,y;z\"\n\"\"\"Ёж\"\"\",\n");
    }

    #[test]
    fn a_sheet_for_excel_has_a_mark_semicolons_and_no_formulas() {
        assert_eq!(sheet(true), "\u{feff}a;b\n'=1+1;\"x,y;z\"\n\"\"\"Ёж\"\"\";\n");
    }
}
