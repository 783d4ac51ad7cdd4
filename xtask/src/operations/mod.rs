//! `cargo xtask operations`: which operations have a type, and whether each is what `spec/` says.

mod attribute;
mod compare;
mod document;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use serde::Serialize;

use self::{attribute::Route, document::Facts};
use crate::workspace::{self, Result};

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// How the operations are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Lists the operations that have no type yet, too.
    #[arg(long)]
    missing: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Table,
    Json,
}

/// One line of the report.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Row {
    id: String,
    document: String,
    method: String,
    path: String,
    /// The crate with the operation's type; none while there is no type.
    #[serde(rename = "crate")]
    package: Option<String>,
}

/// Prints the operations, and fails where one differs from its document.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let (facts, routes) = (document::read_all()?, declared_routes()?);
    let rows = rows(&facts, &routes);
    let shown: Vec<&Row> = rows.iter().filter(|row| arguments.missing || row.package.is_some()).collect();
    match arguments.format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&shown)?),
        Format::Table => print_table(&shown),
    }
    print_summary(&rows);
    verdict(&facts, &routes)
}

/// Fails where a declared operation differs from its document; prints the summary only.
pub(crate) fn check() -> Result {
    let (facts, routes) = (document::read_all()?, declared_routes()?);
    print_summary(&rows(&facts, &routes));
    verdict(&facts, &routes)
}

fn verdict(facts: &[Facts], routes: &[Route]) -> Result {
    let found = differences(facts, routes);
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("{} differ from spec/:\n  {}", found.len(), found.join("\n  ")).into())
}

fn declared_routes() -> Result<Vec<Route>> {
    let metadata = workspace::metadata()?;
    let mut routes = Vec::new();
    for package in workspace::crates(&metadata) {
        let sources = format!("{}/src", workspace::directory(&metadata, package));
        routes.extend(attribute::routes_of(&package.name, &sources)?);
    }
    Ok(routes)
}

fn rows(facts: &[Facts], routes: &[Route]) -> Vec<Row> {
    let packages: BTreeMap<&str, &str> =
        routes.iter().map(|route| (route.id.as_str(), route.package.as_str())).collect();
    facts
        .iter()
        .map(|facts| Row {
            id: facts.id.clone(),
            document: facts.document.clone(),
            method: facts.method.clone(),
            path: facts.path.clone(),
            package: packages.get(facts.id.as_str()).map(|package| (*package).to_owned()),
        })
        .collect()
}

fn differences(facts: &[Facts], routes: &[Route]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for route in routes {
        let mut add = |line: String| found.push(format!("{}: {}: {line}", route.place, route.id));
        if !seen.insert(&route.id) {
            add("the operation has two types".to_owned());
        }
        if !route.listed {
            add(format!("{} is not in OPERATIONS of its crate", route.type_name));
        }
        match facts.iter().find(|facts| facts.id == route.id) {
            Some(facts) => compare::differences(route, facts).into_iter().for_each(add),
            None => add("no document has this operation".to_owned()),
        }
    }
    found
}

fn print_table(rows: &[&Row]) {
    let width = |text: fn(&Row) -> &str| rows.iter().map(|row| text(row).len()).max().unwrap_or(0);
    let (id, document, path) = (width(|row| &row.id), width(|row| &row.document), width(|row| &row.path));
    for row in rows {
        let package = row.package.as_deref().unwrap_or("-");
        println!(
            "{:id$}  {:document$}  {:6}  {:path$}  {package}",
            row.id, row.document, row.method, row.path
        );
    }
}

/// Counts per document, on stderr, so that standard output stays one table or one JSON document.
fn print_summary(rows: &[Row]) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let count = counts.entry(&row.document).or_default();
        count.0 += usize::from(row.package.is_some());
        count.1 += 1;
    }
    for (document, (typed, all)) in &counts {
        eprintln!("{document}: {typed} of {all}");
    }
    let typed: usize = counts.values().map(|count| count.0).sum();
    eprintln!("all documents: {typed} of {}", rows.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Source;

    const DOCUMENT: &str = "
servers: [{ url: 'https://cloud-api.yandex.net' }]
paths:
  /v1/disk: { get: { operationId: GetDisk } }
  /v1/disk/trash: { delete: { operationId: ClearTrash } }
";

    fn routes(text: &str) -> Vec<Route> {
        attribute::routes_in("orglib-disk", &Source::parse("crates/disk/src/disk.rs", text).unwrap()).unwrap()
    }

    #[test]
    fn an_operation_without_a_type_has_no_crate() {
        let facts = document::parse("yandex-disk.yaml", DOCUMENT).unwrap();
        let routes =
            routes("#[operation(id = \"GetDisk\", get = \"/v1/disk\", host = Cloud)] struct GetDisk {}");
        let packages: Vec<_> = rows(&facts, &routes).into_iter().map(|row| row.package).collect();
        assert_eq!(packages, [Some("orglib-disk".to_owned()), None]);
        assert_eq!(differences(&facts, &routes), Vec::<String>::new());
    }

    #[test]
    fn unknown_and_repeated_operations_are_named() {
        let facts = document::parse("yandex-disk.yaml", DOCUMENT).unwrap();
        let routes = routes(
            "#[operation(id = \"GetDisk\", get = \"/v1/disk\", host = Cloud)] struct A {}
             #[operation(id = \"GetDisk\", get = \"/v1/disk\", host = Cloud)] struct B {}
             #[operation(id = \"GetDisc\", get = \"/v1/disk\", host = Cloud)] struct C {}",
        );
        assert_eq!(
            differences(&facts, &routes),
            [
                "crates/disk/src/disk.rs:2: GetDisk: the operation has two types",
                "crates/disk/src/disk.rs:3: GetDisc: no document has this operation",
            ]
        );
    }
}
