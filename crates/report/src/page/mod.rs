//! The page: one file that opens by itself, from a mail attachment, and asks for nothing.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
};

use base64::{Engine as _, prelude::BASE64_STANDARD, write::EncoderWriter};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::facts::{Column, Facts};

/// Put together from the modules in the folder `page` of the crate, by `cargo xtask page`.
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// A table that a browser shows, searches, sorts and filters without asking for anything.
///
/// Rows are packed: of each column every text stands once. Above a bound the riskiest rows are kept, and the page says so.
#[derive(Debug)]
pub struct Page {
    columns: Vec<Packed>,
    ranks: Vec<u8>,
    most: usize,
}

/// A column whose texts stand once each.
#[derive(Debug)]
struct Packed {
    name: String,
    words: Vec<Box<str>>,
    places: HashMap<Box<str>, u32>,
    cells: Vec<u32>,
}

impl Page {
    /// The rows that a page takes where nobody says.
    pub const ROWS: usize = 200_000;

    /// Begins a page of a table with these columns, and with this many rows at most.
    #[must_use]
    pub fn new(columns: Vec<Column>, most: usize) -> Self {
        let packed = |column: Column| Packed {
            name: column.name,
            words: Vec::new(),
            places: HashMap::new(),
            cells: Vec::new(),
        };
        Self { columns: columns.into_iter().map(packed).collect(), ranks: Vec::new(), most }
    }

    /// Takes a row in: the text of each column, and its rank among the risks, of which 0 is the worst.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>, rank: u8) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.take(cell);
        }
        self.ranks.push(rank);
    }

    /// Writes the page. What an overview says, which is JSON, is shown above the table; without one the lines and totals of
    /// the facts are. The language is the reader's own where none is given; the facts are said in it as far as they are
    /// translated.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(
        mut self,
        facts: &Facts,
        overview: Option<&serde_json::Value>,
        language: Option<&str>,
        mut to: impl Write,
    ) -> io::Result<()> {
        let of = self.ranks.len();
        self.leave_the_riskiest();
        let said = Said {
            title: &facts.title,
            lines: &facts.lines,
            begins: &facts.begins,
            totals: &facts.totals,
            not_read: facts.not_read.as_ref().map(|(columns, rows)| NotRead { columns, rows }),
            translations: facts.translations.iter().map(Translation::of).collect(),
            overview,
            language,
            rows_in_page: self.ranks.len(),
            rows_of: of,
        };
        let said = embedded(&serde_json::to_string(&said).map_err(io::Error::other)?);
        let title = escaped(&facts.title);
        let (script, style) = (hash(SCRIPT), hash(STYLE));
        write!(
            to,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" \
             content=\"no-referrer\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main id=\"page\"><p>\
             {title}</p><noscript>This page needs JavaScript; it asks for nothing from anywhere.</noscript></main>\n\
             <script type=\"application/json\" id=\"facts\">{said}</script>\n\
             <script type=\"application/octet-stream\" id=\"rows\">"
        )?;
        self.pack(&mut to)?;
        write!(to, "</script>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")
    }

    /// Above the bound, leaves as many rows as it allows: those of most risk, in their order.
    fn leave_the_riskiest(&mut self) {
        if self.ranks.len() <= self.most {
            return;
        }
        let mut order: Vec<usize> = (0..self.ranks.len()).collect();
        order.sort_by_key(|row| (self.ranks[*row], *row));
        order.truncate(self.most);
        order.sort_unstable();
        for column in &mut self.columns {
            column.cells = order.iter().map(|row| column.cells[*row]).collect();
        }
        self.ranks = order.iter().map(|row| self.ranks[*row]).collect();
    }

    fn pack(&self, to: &mut impl Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct Rows<'a> {
            count: usize,
            columns: Vec<Words<'a>>,
        }
        #[derive(Serialize)]
        struct Words<'a> {
            name: &'a str,
            words: &'a [Box<str>],
            cells: &'a [u32],
        }
        let columns = self.columns.iter();
        let columns =
            columns.map(|one| Words { name: &one.name, words: &one.words, cells: &one.cells }).collect();
        let encoder = EncoderWriter::new(to, &BASE64_STANDARD);
        let mut packer = GzEncoder::new(encoder, Compression::default());
        serde_json::to_writer(io::BufWriter::new(&mut packer), &Rows { count: self.ranks.len(), columns })?;
        packer.finish()?.finish().map(drop)
    }
}

impl Packed {
    fn take(&mut self, cell: &str) {
        let place = match self.places.get(cell) {
            Some(place) => *place,
            None => {
                let place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                self.words.push(cell.into());
                self.places.insert(cell.into(), place);
                place
            }
        };
        self.cells.push(place);
    }
}

/// What is said of the table. `page/shapes.d.ts` tells the script of these fields.
#[derive(Serialize)]
struct Said<'a> {
    title: &'a str,
    lines: &'a [String],
    begins: &'a [String],
    totals: &'a [(String, String)],
    not_read: Option<NotRead<'a>>,
    translations: BTreeMap<&'a str, Translation<'a>>,
    overview: Option<&'a serde_json::Value>,
    language: Option<&'a str>,
    rows_in_page: usize,
    rows_of: usize,
}

#[derive(Serialize)]
struct Translation<'a> {
    title: &'a str,
    lines: &'a [String],
    totals: &'a [(String, String)],
}

impl<'a> Translation<'a> {
    fn of((language, facts): &'a (String, Facts)) -> (&'a str, Self) {
        (language, Self { title: &facts.title, lines: &facts.lines, totals: &facts.totals })
    }
}

#[derive(Serialize)]
struct NotRead<'a> {
    columns: &'a [String],
    rows: &'a [Vec<String>],
}

/// JSON that no name in it ends, whatever it holds.
fn embedded(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How the policy of a page names a script or a style that it allows.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Kind;

    const HOSTILE: [&str; 6] = [
        "=cmd|' /C calc'!A0",
        "<img src=x onerror=alert(1)>",
        "</script><script>alert(1)</script>",
        "<!-- <script>",
        "a\u{202e}fdp.exe",
        "\u{2028}\u{2029}",
    ];

    fn page(rows: &[(&str, u8)], most: usize) -> String {
        let mut page = Page::new(vec![Column::new("name", Kind::Text)], most);
        rows.iter().for_each(|(name, rank)| page.row([*name], *rank));
        let facts =
            Facts::new(HOSTILE[2]).line(HOSTILE[1]).not_read(&["name"], vec![vec![HOSTILE[3].to_owned()]]);
        let mut file = Vec::new();
        page.finish(&facts, Some(&serde_json::json!({"who": HOSTILE[2]})), None, &mut file).unwrap();
        String::from_utf8(file).unwrap()
    }

    /// What is packed, as the browser unpacks it.
    fn unpacked(page: &str) -> serde_json::Value {
        let packed = page.split_once("id=\"rows\">").unwrap().1.split_once("</script>").unwrap().0;
        let bytes = BASE64_STANDARD.decode(packed).unwrap();
        serde_json::from_reader(flate2::read::GzDecoder::new(&bytes[..])).unwrap()
    }

    #[test]
    fn names_that_attackers_choose_end_no_script_and_begin_none() {
        let rows: Vec<_> = HOSTILE.iter().map(|name| (*name, 0)).collect();
        let page = page(&rows, 100);
        assert_eq!(page.matches("<script").count(), 3, "two data blocks and the script itself");
        assert_eq!(page.matches("</script").count(), 3);
        assert!(!page.contains("<img") && !page.contains("alert(1)<"));
        assert!(!SCRIPT.contains("</script") && !SCRIPT.contains("innerHTML") && !SCRIPT.contains("eval("));
        let words = &unpacked(&page)["columns"][0]["words"];
        assert_eq!(words.as_array().unwrap().len(), HOSTILE.len());
        assert_eq!(words[2], HOSTILE[2], "the text itself is whole");
        let policy = page.split_once("Content-Security-Policy").unwrap().1;
        assert!(
            policy.contains("default-src 'none'")
                && policy.contains(&hash(SCRIPT))
                && policy.contains(&hash(STYLE))
        );
    }

    #[test]
    fn above_its_bound_a_page_has_the_riskiest_rows_in_their_order_and_says_so() {
        let page = page(&[("a", 9), ("b", 0), ("c", 3), ("d", 0)], 3);
        let rows = unpacked(&page);
        assert_eq!(rows["count"], 3);
        let cells = rows["columns"][0]["cells"].as_array().unwrap();
        let words: Vec<_> =
            cells.iter().map(|cell| &rows["columns"][0]["words"][cell.as_u64().unwrap() as usize]).collect();
        assert_eq!(words, ["b", "c", "d"]);
        assert!(page.contains("\"rows_in_page\":3,\"rows_of\":4"));
    }
}
