//! Tables for people.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle, presets::NOTHING};

/// Columns of text, with one line under the header.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// Rows as a table.
pub(super) fn of_rows(columns: &[String], rows: Vec<Vec<String>>, on_terminal: bool) -> String {
    let mut table = empty(on_terminal);
    table.set_header(columns);
    for row in rows {
        table.add_row(row.iter().map(|cell| shown(cell)));
    }
    lines(&table)
}

/// One object as a table of names and values.
pub(super) fn of_object(columns: &[String], cells: &[String], on_terminal: bool) -> String {
    let mut table = empty(on_terminal);
    for (column, cell) in columns.iter().zip(cells) {
        table.add_row([column.clone(), shown(cell)]);
    }
    lines(&table)
}

/// A table as wide as the terminal, or as its cells where it goes elsewhere.
fn empty(on_terminal: bool) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    let size = on_terminal.then(terminal_size::terminal_size).flatten();
    if let Some((terminal_size::Width(width), _)) = size {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

fn lines(table: &Table) -> String {
    let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n") + "\n"
}

/// The text without what could drive the terminal: names come from outside.
fn shown(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_drive_the_terminal() {
        let table = of_rows(&["name".into()], vec![vec!["a\u{1b}[2Jb\tc\nd".into()]], false);
        assert!(table.contains("a\u{fffd}[2Jb\u{fffd}c\u{fffd}d"), "{table}");
    }
}
