//! People named in a CSV file.

use std::{fs, path::Path};

use csv::{ReaderBuilder, StringRecord};
use orglib::jobs::exposure::Who;

use crate::failure::Failure;

/// The names of the column that people are in, the better ones first.
const COLUMNS: [&str; 3] = ["email", "user_id", "id"];

/// The people in a CSV file, each once and in its order: in the column `email`, `user_id` or `id`, else in the first
/// one. A header, a byte order mark, semicolons or tabs are all taken.
///
/// # Errors
/// A usage error where the file cannot be read, or a line of it names nobody.
pub(crate) fn read(path: &Path) -> Result<Vec<Who>, Failure> {
    let refuse = |why: String| Failure::usage(format!("{}: {why}", path.display()));
    let bytes = fs::read(path).map_err(|error| refuse(format!("it cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("it is not UTF-8 text".to_owned()))?;
    parse(text.trim_start_matches('\u{feff}')).map_err(refuse)
}

fn parse(text: &str) -> Result<Vec<Who>, String> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t'].into_iter().find(|byte| first.as_bytes().contains(byte)).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut people = Vec::new();
    let mut column = None;
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let column = match column {
            Some(column) => column,
            None => match header(&record) {
                Some(header) => {
                    column = Some(header);
                    continue;
                }
                None => *column.insert(0),
            },
        };
        let cell = record.get(column).unwrap_or_default().trim();
        if cell.is_empty() {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let who: Who = cell.parse().map_err(|error| format!("line {line}: {error}"))?;
        if !people.contains(&who) {
            people.push(who);
        }
    }
    if people.is_empty() { Err("it names nobody".to_owned()) } else { Ok(people) }
}

/// Which column people are in, if this line is a header: no cell of a header is an id or an address.
fn header(record: &StringRecord) -> Option<usize> {
    if record.iter().any(|cell| cell.parse::<Who>().is_ok()) {
        return None;
    }
    let position = |name: &str| record.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    Some(COLUMNS.into_iter().find_map(position).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_in_every_usual_file() {
        for text in [
            "email\na@b.ru\n7\n",
            "a@b.ru\n7\n",
            "name;Email\nАнна;A@b.ru\nЛев;7\n",
            "email\tname\r\na@b.ru\tАнна\r\n\r\n7\tЛев\r\na@b.ru\tАнна\r\n",
            "whom\n a@b.ru \n\"7\"",
            "id,user_id\nx,a@b.ru\ny,7\n",
            "a@b.ru,Анна\n7,Лев\n",
        ] {
            let people: Vec<_> =
                parse(text).unwrap().iter().map(|who| who.to_string().to_lowercase()).collect();
            assert_eq!(people, ["a@b.ru", "7"], "{text:?}");
        }
    }

    #[test]
    fn a_line_that_names_nobody_is_told() {
        for (text, complaint) in
            [("email\na@b.ru\nanna\n", "line 3"), ("", "names nobody"), ("email\n\n", "names nobody")]
        {
            assert!(parse(text).unwrap_err().contains(complaint), "{text:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_header() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("people.csv");
        fs::write(&path, "\u{feff}email;name\na@b.ru;x\n").unwrap();
        assert_eq!(read(&path).unwrap().len(), 1);
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert_eq!(read(&path).unwrap_err().exit().code(), 2);
        assert_eq!(read(directory.path()).unwrap_err().exit().code(), 2);
    }
}
