//! Tables for people.

use comfy_table::{LineStyle, Table, TableStyle, presets::NOTHING};
use orglib::models::text::harmless;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of text, with one line under the header.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// The blanks between two columns.
const PADDING: usize = 2;

/// A column of free text is cut to no less than this, and a header to no less than the other.
const LEAST: usize = 8;
const LEAST_HEADER: usize = 4;

/// What says that something is missing.
const MORE: &str = "…";

/// Rows as a table, one line each. In a width, free text is cut; ids and addresses are not, for a part of one is none.
/// What does not fit all the same is left out from the right, and the header ends with `…`.
pub(super) fn of_rows(columns: &[String], rows: Vec<Vec<String>>, width: Option<usize>) -> String {
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| row.iter().map(|cell| shown(cell)).collect()).collect();
    let widths = width.map_or_else(|| vec![usize::MAX; columns.len()], |width| widths(columns, &rows, width));
    let fitted = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).map(|(cell, width)| cut(cell, *width));
        cells.collect::<Vec<_>>()
    };
    let mut table = empty();
    let mut header = fitted(columns);
    header.extend((widths.len() < columns.len()).then(|| MORE.to_owned()));
    table.set_header(header);
    for row in &rows {
        table.add_row(fitted(row));
    }
    lines(&mut table)
}

/// The columns without those, from that place on, in which no row has anything.
pub(super) fn without_empty(
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    from: usize,
) -> (Vec<String>, Vec<Vec<String>>) {
    let has_any = |place: usize| rows.iter().any(|row| row.get(place).is_some_and(|cell| !cell.is_empty()));
    let kept: Vec<_> = (0..columns.len()).filter(|place| *place < from || has_any(*place)).collect();
    let chosen = |cells: &[String]| kept.iter().filter_map(|place| cells.get(*place).cloned()).collect();
    (chosen(&columns), rows.iter().map(|row| chosen(row)).collect())
}

/// One object as a table of names and values.
pub(super) fn of_object(columns: &[String], cells: &[String]) -> String {
    let mut table = empty();
    for (column, cell) in columns.iter().zip(cells) {
        table.add_row([column.clone(), shown(cell)]);
    }
    lines(&mut table)
}

/// The width of the terminal that people watch.
pub(super) fn of_terminal() -> Option<usize> {
    terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width))
}

fn empty() -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table
}

fn lines(table: &mut Table) -> String {
    for column in table.column_iter_mut() {
        // A column's separator is a blank, too.
        column.set_padding((0, 1));
    }
    let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n") + "\n"
}

/// The text without what could drive the terminal: names come from outside.
fn shown(text: &str) -> String {
    harmless(text, '\u{fffd}')
}

/// How wide each column may be so that a row is one line: the widest of those that may be cut give way first. Columns
/// that do not fit at their least have no width.
fn widths(columns: &[String], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let of_cells: Vec<_> = (0..columns.len())
        .map(|place| rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    let mut least: Vec<_> = columns
        .iter()
        .zip(&of_cells)
        .map(|(name, cells)| if is_whole(name) { *cells } else { (*cells).min(LEAST) }.max(LEAST_HEADER))
        .collect();
    let total = |widths: &[usize]| widths.iter().map(|width| width + PADDING).sum::<usize>();
    // What says that something is missing takes its place, too.
    let room = |shown: usize| {
        let more = if shown < columns.len() { MORE.width() + 1 } else { 0 };
        width.saturating_sub(more)
    };
    while least.len() > 1 && total(&least) > room(least.len()) {
        least.pop();
    }
    let width = room(least.len());
    let natural = columns.iter().zip(&of_cells).map(|(name, cells)| name.width().max(*cells));
    let mut widths: Vec<_> = natural.take(least.len()).collect();
    loop {
        let may_shrink = (0..widths.len()).filter(|place| widths[*place] > least[*place]);
        match may_shrink.max_by_key(|place| widths[*place]) {
            Some(place) if total(&widths) > width => widths[place] -= 1,
            _ => return widths,
        }
    }
}

/// Whether a part of what stands in a column is of no use: of an id or an address.
fn is_whole(column: &str) -> bool {
    ["id", "email", "key", "uid", "guid"]
        .iter()
        .any(|name| column == *name || column.strip_suffix(name).is_some_and(|rest| rest.ends_with('_')))
}

/// The text in a width, with an ellipsis where something is missing.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let whole = text.chars().take_while(|character| {
        let fits = character.width().unwrap_or(0) <= left;
        left = left.saturating_sub(character.width().unwrap_or(0));
        fits
    });
    whole.collect::<String>() + MORE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_drive_the_terminal() {
        let name = "a\u{1b}[2Jb\tc\nd\u{9b}e\u{202e}f";
        let table = of_rows(&["name".into()], vec![vec![name.into()]], None);
        assert!(table.contains("a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f"), "{table}");
    }

    #[test]
    fn a_row_is_one_line_and_no_id_is_broken() {
        let columns = ["id", "email", "name_last", "name_first", "department_id", "is_enabled", "is_admin"];
        let columns: Vec<String> = columns.map(str::to_owned).into();
        let row = |place: usize| {
            vec![
                format!("11300000000000{place:02}"),
                format!("a.konstantinopol{place}@example.ru"),
                "Константинопольская-Заволжская".to_owned(),
                "Александра 👩‍👩‍👧".to_owned(),
                "17".to_owned(),
                "true".to_owned(),
                "false".to_owned(),
            ]
        };
        let rows: Vec<_> = (10..30).map(row).collect();
        for width in [80, 100, 150] {
            let table = of_rows(&columns, rows.clone(), Some(width));
            assert_eq!(table.lines().count(), 22, "{width}");
            assert!(table.lines().all(|line| line.width() <= width), "{width}\n{table}");
            for row in &rows {
                assert!(table.contains(&row[0]) && table.contains(&row[1]), "{width}\n{table}");
            }
            assert_eq!(table.contains('…'), width < 150, "{width}\n{table}");
            let header = table.lines().next().unwrap();
            assert_eq!(header.ends_with('…'), width == 80, "what is left out is said\n{table}");
        }
        assert!(of_rows(&columns, rows, None).contains("Константинопольская-Заволжская"));
    }

    #[test]
    fn where_ids_alone_are_wider_than_the_terminal_they_stay_whole() {
        let id = "1130000000000001".to_owned();
        let table =
            of_rows(&["id".into(), "name".into()], vec![vec![id.clone(), "Anna Kim".into()]], Some(10));
        assert!(table.contains(&id) && table.contains('…'), "{table}");
    }
}
