//! Tables for people.

use comfy_table::{LineStyle, Table, TableStyle, presets::NOTHING};
use orglib::models::text::harmless;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of text, with one line under the header.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// The blanks between two columns.
const PADDING: usize = 2;

/// A column of free text is cut to no less than this.
const LEAST: usize = 4;

/// Rows as a table, one line each. In a width, free text is cut; ids and addresses are not, for a part of one is none.
pub(super) fn of_rows(columns: &[String], rows: Vec<Vec<String>>, width: Option<usize>) -> String {
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| row.iter().map(|cell| shown(cell)).collect()).collect();
    let widths = width.map(|width| widths(columns, &rows, width));
    let fitted = |place: usize, text: &str| match &widths {
        Some(widths) => cut(text, widths[place]),
        None => text.to_owned(),
    };
    let mut table = empty();
    table.set_header(columns.iter().enumerate().map(|(place, name)| fitted(place, name)));
    for row in &rows {
        table.add_row(row.iter().enumerate().map(|(place, cell)| fitted(place, cell)));
    }
    lines(&mut table)
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

/// How wide each column may be so that a row is one line: the widest of those that may be cut give way first.
fn widths(columns: &[String], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let of_cells = |place: usize| rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.width()).max();
    let mut widths: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(place, name)| name.width().max(of_cells(place).unwrap_or(0)))
        .collect();
    let least: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(place, name)| if is_whole(name) { of_cells(place).unwrap_or(0).max(LEAST) } else { LEAST })
        .collect();
    loop {
        let total: usize = widths.iter().map(|width| width + PADDING).sum();
        let widest = (0..widths.len())
            .filter(|place| widths[*place] > least[*place])
            .max_by_key(|place| widths[*place]);
        match widest {
            Some(place) if total > width => widths[place] -= 1,
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
    whole.chain(['…']).collect()
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
