//! Workbooks.

use std::fmt;

use rust_xlsxwriter::{ExcelDateTime, Format, FormatBorder, Workbook as Book, Worksheet, XlsxError};

use crate::facts::{Column, Facts, Kind};

/// The most rows that a sheet takes, its header among them.
const ROWS: u32 = 1_048_576;

/// The most letters that a cell takes.
const LETTERS: usize = 32_767;

/// What stands at the end of a text that was cut.
const CUT: &str = "… (cut)";

/// The first sheet, which says what the others are.
const SUMMARY: &str = "Summary";
const NOT_READ: &str = "Not read";

/// A workbook: a sheet that says what it is, the table, and what could not be read.
pub struct Workbook {
    book: Book,
    columns: Vec<Column>,
    name: String,
    /// The sheet that is written to, and how many rows it has.
    sheet: usize,
    rows: u32,
    written: u64,
    cut: u64,
    most_rows: u32,
    formats: Formats,
}

struct Formats {
    header: Format,
    time: Format,
    title: Format,
    text: Format,
}

/// A workbook that cannot be written: no room for its temporary file, for instance.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be written: {0}; check the disk and its temporary folder")]
pub struct WorkbookError(String);

/// What the library of workbooks fails with.
trait Written<T> {
    fn or_say(self) -> Result<T, WorkbookError>;
}

impl<T> Written<T> for Result<T, XlsxError> {
    fn or_say(self) -> Result<T, WorkbookError> {
        self.map_err(|error| WorkbookError(error.to_string()))
    }
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook")
            .field("name", &self.name)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}

impl Workbook {
    /// Begins a workbook whose table has this name and these columns.
    ///
    /// # Errors
    /// Where a temporary file cannot be made, or the name is none of a sheet.
    pub fn new(name: impl Into<String>, columns: Vec<Column>) -> Result<Self, WorkbookError> {
        Self::of_sheets(name.into(), columns, ROWS)
    }

    fn of_sheets(name: String, columns: Vec<Column>, most_rows: u32) -> Result<Self, WorkbookError> {
        let mut book = Book::new();
        book.add_worksheet().set_name(SUMMARY).or_say()?;
        let formats = Formats {
            header: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            title: Format::new().set_bold().set_font_size(14),
            text: Format::new().set_text_wrap(),
        };
        let mut begun =
            Self { book, columns, name, sheet: 0, rows: 0, written: 0, cut: 0, most_rows, formats };
        begun.next_sheet()?;
        Ok(begun)
    }

    /// Begins a further sheet with its header.
    fn next_sheet(&mut self) -> Result<(), WorkbookError> {
        self.end_sheet()?;
        self.sheet += 1;
        let name = match self.sheet {
            1 => self.name.clone(),
            number => format!("{} {number}", self.name),
        };
        let sheet = self.book.add_worksheet_with_constant_memory().or_say()?;
        sheet.set_name(name).or_say()?.set_freeze_panes(1, 0).or_say()?;
        for (place, column) in (0_u16..).zip(&self.columns) {
            sheet.set_column_width(place, width(column)).or_say()?;
            sheet.write_string_with_format(0, place, &column.name, &self.formats.header).or_say()?;
        }
        self.rows = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), WorkbookError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        if self.sheet > 0 {
            let rows = self.rows.saturating_sub(1);
            self.book.worksheet_from_index(self.sheet).or_say()?.autofilter(0, 0, rows, last).or_say()?;
        }
        Ok(())
    }

    /// Writes a row: the text of each column.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), WorkbookError> {
        if self.rows == self.most_rows {
            self.next_sheet()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheet).or_say()?;
        for ((place, column), cell) in (0_u16..).zip(&self.columns).zip(cells) {
            self.cut += u64::from(write(sheet, (self.rows, place), column.kind, cell, &self.formats)?);
        }
        self.rows += 1;
        self.written += 1;
        Ok(())
    }

    /// Writes what is said of the table, and gives the whole file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self, facts: &Facts) -> Result<Vec<u8>, WorkbookError> {
        self.end_sheet()?;
        if let Some((columns, rows)) = facts.not_read.as_ref().filter(|(_, rows)| !rows.is_empty()) {
            self.not_read(columns, rows)?;
        }
        self.summary(facts)?;
        self.book.save_to_buffer().or_say()
    }

    fn not_read(&mut self, columns: &[String], rows: &[Vec<String>]) -> Result<(), WorkbookError> {
        let formats = &self.formats;
        let sheet = self.book.add_worksheet();
        sheet.set_name(NOT_READ).or_say()?.set_freeze_panes(1, 0).or_say()?;
        for (place, name) in (0_u16..).zip(columns) {
            sheet.set_column_width(place, 28).or_say()?;
            sheet.write_string_with_format(0, place, name, &formats.header).or_say()?;
        }
        for (number, row) in (1_u32..self.most_rows).zip(rows) {
            for (place, cell) in (0_u16..).zip(row) {
                self.cut += u64::from(write(sheet, (number, place), Kind::Text, cell, formats)?);
            }
        }
        Ok(())
    }

    fn summary(&mut self, facts: &Facts) -> Result<(), WorkbookError> {
        let mut lines = [&facts.lines[..], &facts.begins].concat();
        if self.cut > 0 {
            let cells =
                if self.cut == 1 { "1 cell is".to_owned() } else { format!("{} cells are", self.cut) };
            lines.push(format!("{cells} cut: a sheet takes {LETTERS} letters in one"));
        }
        if self.sheet > 1 {
            lines.push(format!(
                "the table goes on in {} sheets: one takes {} rows",
                self.sheet, self.most_rows
            ));
        }
        let formats = &self.formats;
        let sheet = self.book.worksheet_from_index(0).or_say()?;
        sheet.set_column_width(0, 44).or_say()?.set_column_width(1, 24).or_say()?;
        write(sheet, (0, 0), Kind::Text, &facts.title, formats)?;
        sheet.set_cell_format(0, 0, &formats.title).or_say()?;
        let mut row = 2;
        for line in &lines {
            write(sheet, (row, 0), Kind::Text, line, formats)?;
            sheet.set_cell_format(row, 0, &formats.text).or_say()?;
            row += 1;
        }
        row += u32::from(!lines.is_empty());
        for (name, count) in facts.totals.iter().chain([&("rows".to_owned(), self.written.to_string())]) {
            write(sheet, (row, 0), Kind::Text, name, formats)?;
            write(sheet, (row, 1), Kind::Number, count, formats)?;
            row += 1;
        }
        Ok(())
    }
}

fn width(column: &Column) -> f64 {
    match column.kind {
        Kind::Text if column.name.ends_with("path") => 48.0,
        Kind::Text => 24.0,
        Kind::Time => 19.0,
        Kind::Number | Kind::Flag => 12.0,
    }
}

/// Writes a cell, and says whether it had to be cut. A text is never taken for a formula or an address.
fn write(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    kind: Kind,
    cell: &str,
    formats: &Formats,
) -> Result<bool, WorkbookError> {
    if cell.is_empty() {
        return Ok(false);
    }
    match (kind, cell) {
        (Kind::Flag, "true" | "True") => sheet.write_boolean(row, place, true).or_say()?,
        (Kind::Flag, "false" | "False") => sheet.write_boolean(row, place, false).or_say()?,
        (Kind::Number, _) if number(cell).is_some() => {
            sheet.write_number(row, place, number(cell).unwrap_or_default()).or_say()?
        }
        (Kind::Time, _) if time(cell).is_some() => {
            let time = time(cell).unwrap_or(0.0);
            sheet
                .write_datetime_with_format(
                    row,
                    place,
                    ExcelDateTime::from_serial_datetime(time).or_say()?,
                    &formats.time,
                )
                .or_say()?
        }
        _ => {
            let (text, is_cut) = cut(cell);
            sheet.write_string(row, place, text).or_say()?;
            return Ok(is_cut);
        }
    };
    Ok(false)
}

/// A number that a sheet keeps whole.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits.chars().all(|one| one.is_ascii_digit() || one == '.') && digits.len() <= 15;
    let is_code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if is_plain && !is_code { text.parse().ok() } else { None }
}

/// Days since the beginning of all sheets (1899-12-30), in UTC.
fn time(text: &str) -> Option<f64> {
    let seconds = text.parse::<i64>().ok().filter(|seconds| *seconds >= 1_000_000_000);
    let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let day = || text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
    let moment = moment.or_else(|| text.parse().ok()).or_else(|| {
        let midnight = day()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(midnight.timestamp())
    })?;
    let days = moment.as_millisecond() as f64 / 86_400_000.0 + 25_569.0;
    (1.0..2_958_466.0).contains(&days).then_some(days)
}

/// As many letters as a cell takes; Excel counts in UTF-16.
fn cut(text: &str) -> (String, bool) {
    if text.len() <= LETTERS || text.encode_utf16().count() <= LETTERS {
        return (text.to_owned(), false);
    }
    let room = LETTERS - CUT.encode_utf16().count();
    let mut left = room;
    let kept = text.chars().take_while(|one| {
        let fits = one.len_utf16() <= left;
        left = left.saturating_sub(one.len_utf16());
        fits
    });
    (kept.chain(CUT.chars()).collect(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_such_and_ids_and_codes_are_texts() {
        assert_eq!(number("42"), Some(42.0));
        assert_eq!(number("-1.5"), Some(-1.5));
        for text in ["1130000060000356", "007", "1e5", "=1", "", "x", "1.2.3"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(time("2024-01-01T12:00:00Z"), Some(45_292.5));
        assert_eq!(time("2024-01-01T15:00:00.000+03:00"), Some(45_292.5));
        assert_eq!(time("1704110400"), Some(45_292.5));
        assert_eq!(time("2024-01-01"), Some(45_292.0));
        for text in ["3600", "tomorrow", "", "0"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_for_a_cell_is_cut_and_says_so() {
        assert_eq!(cut("short"), ("short".to_owned(), false));
        for letter in ["a", "ж", "😀"] {
            let (text, is_cut) = cut(&letter.repeat(40_000));
            let length = text.encode_utf16().count();
            assert!(is_cut && text.ends_with(CUT) && (LETTERS - 1..=LETTERS).contains(&length), "{length}");
        }
    }

    #[test]
    fn more_rows_than_a_sheet_takes_go_on_in_a_further_one() {
        let columns = vec![Column::new("n", Kind::Number)];
        let mut book = Workbook::of_sheets("List".to_owned(), columns, 4).unwrap();
        for number in 0..7 {
            book.row([number.to_string().as_str()]).unwrap();
        }
        assert_eq!((book.sheet, book.rows, book.written), (3, 2, 7));
        assert!(book.finish(&Facts::new("x")).unwrap().starts_with(b"PK"));
    }
}
