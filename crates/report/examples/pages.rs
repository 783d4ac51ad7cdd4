//! Writes pages and a workbook of made-up rows into a folder, for programs of others to be tried with: names that attackers
//! choose, many rows, gaps.
#![allow(clippy::unwrap_used, reason = "an example")]

use std::{fs::File, io::BufWriter, path::Path};

use orglib_report::{Column, Facts, Kind, Page, Workbook};
use serde_json::json;

const COLUMNS: [&str; 8] =
    ["email", "path", "access_type", "rights", "reach", "recipient", "owner_status", "department"];

const HOSTILE: [&str; 7] = [
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=\"document.title='broken'\">",
    "</script><script>document.title='broken'</script>",
    "<!-- <script>",
    "a\u{202e}fdp.exe",
    "\u{2028}line\u{2029}",
    "😀 naïve, \"quoted\"",
];

fn main() {
    let folder = std::env::args_os().nth(1).unwrap();
    let folder = Path::new(&folder);
    let long = "длинное имя ".repeat(400);
    let names: Vec<&str> = HOSTILE.iter().copied().chain([long.as_str()]).collect();
    write(&folder.join("hostile.html"), names.iter().map(|name| (*name).to_owned()), true);
    std::fs::write(folder.join("hostile.xlsx"), workbook(&names)).unwrap();
    write(
        &folder.join("large.html"),
        (0..150_000).map(|n| format!("/disk/Отчёты {}/план {n}.xlsx", n % 97)),
        false,
    );
}

fn workbook(names: &[&str]) -> Vec<u8> {
    let columns = [("email", Kind::Text), ("path", Kind::Text), ("created_at", Kind::Time)];
    let columns = columns.map(|(name, kind)| Column::new(name, kind)).to_vec();
    let mut book = Workbook::new("Exposure", columns).unwrap();
    for name in names {
        book.row(["person@example.org", name, "2024-01-31T10:00:00Z"]).unwrap();
    }
    let gaps = vec![vec![HOSTILE[0].to_owned(), HOSTILE[2].to_owned()]];
    book.finish(&Facts::new("What is shared").not_read(&["email", "message"], gaps)).unwrap()
}

fn write(path: &Path, names: impl Iterator<Item = String>, has_gaps: bool) {
    let columns = COLUMNS.map(|name| Column::new(name, Kind::Text)).to_vec();
    let mut page = Page::new(columns, Page::ROWS);
    let mut count = 0_u64;
    for (number, name) in names.enumerate() {
        let email = format!("person{}@example.org", number % 2_000);
        let (reach, rights) = if number % 7 == 0 { ("public", "write") } else { ("internal", "read") };
        let row = [&*email, &*name, "all", rights, reach, "everybody with the link", "active", "Sales"];
        page.row(row, u8::from(number % 7 != 0));
        count += 1;
    }
    let public = count.div_ceil(7);
    let tile = |reach, right, accesses| json!({"reach": reach, "right": right, "accesses": accesses});
    let overview = json!({
        "org": {"id": 7}, "accesses": count, "change": null,
        "begins": {"org": 7, "read_at": "2026-11-27 10:00 UTC", "robots": 3, "resumed": null},
        "open_to_everybody": {"resources": public, "for_writing": public},
        "tiles": [tile("public", "write", public), tile("internal", "read", count - public)],
        "owners": [{"email": HOSTILE[1], "department": null, "status": "active", "public": 1, "external": 0}],
        "departments": [], "outside": [],
        "stale": {"owner_blocked": 1, "owner_dismissed": 0, "unchanged_for_a_year": 0, "without_end": 2},
    });
    let mut facts = Facts::new("What is shared from Disk, and with whom").begins("Organization 7");
    if has_gaps {
        facts =
            facts.not_read(&["email", "message"], vec![vec![HOSTILE[2].to_owned(), HOSTILE[4].to_owned()]]);
    }
    let file = BufWriter::new(File::create(path).unwrap());
    page.finish(&facts, Some(&overview), None, file).unwrap();
}
