//! What the sources must not hold: names of the HTTP client, files of several rooms, unfinished code.

use syn::{
    Item, ItemMod, Macro, UseTree,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::Findings;
use crate::workspace::{self, Source};

/// The most lines of one source file, its inline test module not counted.
const MOST_LINES: usize = 500;

const HTTP_CLIENTS: [&str; 5] = ["hyper", "hyper_util", "native_tls", "reqwest", "rustls"];

const UNFINISHED: [&str; 2] = ["todo", "unimplemented"];

/// Invariant 2, in the sources: paths that begin with an HTTP client or TLS, outside of the transport.
pub(super) fn network_names(package: &str, files: &[Source], findings: &mut Findings) {
    if package == "orglib-transport" {
        return;
    }
    for file in files.iter().filter(|file| !file.is_test()) {
        let mut paths = NetworkPaths::default();
        paths.visit_file(&file.syntax);
        findings.extend(paths.found.iter().map(|(name, line)| format!("{}:{line}: names {name}", file.path)));
    }
}

#[derive(Default)]
struct NetworkPaths {
    found: Vec<(String, usize)>,
}

impl NetworkPaths {
    fn look_at(&mut self, ident: &syn::Ident) {
        if HTTP_CLIENTS.iter().any(|name| ident == name) {
            self.found.push((ident.to_string(), ident.span().start().line));
        }
    }
}

impl<'a> Visit<'a> for NetworkPaths {
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        if !workspace::is_test_only(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let mut trees = vec![&item.tree];
        while let Some(tree) = trees.pop() {
            match tree {
                UseTree::Path(path) => self.look_at(&path.ident),
                UseTree::Name(name) => self.look_at(&name.ident),
                UseTree::Rename(rename) => self.look_at(&rename.ident),
                UseTree::Group(group) => trees.extend(&group.items),
                _ => {}
            }
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.segments.len() > 1 {
            self.look_at(&path.segments[0].ident);
        }
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, _: &'a syn::Attribute) {}
}

/// Files that have become more than one room.
pub(super) fn lengths(files: &[Source], findings: &mut Findings) {
    for file in files.iter().filter(|file| !file.is_test()) {
        let tests: usize = file.syntax.items.iter().filter_map(test_module).map(lines_of).sum();
        let lines = file.text.lines().count() - tests;
        if lines > MOST_LINES {
            findings.push(format!("{}: {lines} lines, at most {MOST_LINES}", file.path));
        }
    }
}

fn test_module(item: &Item) -> Option<&ItemMod> {
    match item {
        Item::Mod(module) if workspace::is_test_only(&module.attrs) => Some(module),
        _ => None,
    }
}

fn lines_of(module: &ItemMod) -> usize {
    let span = module.span();
    span.end().line - span.start().line + 1
}

/// Macros that stand for code to be written.
pub(super) fn unfinished(files: &[Source], findings: &mut Findings) {
    for file in files {
        let mut marks = Marks::default();
        marks.visit_file(&file.syntax);
        findings.extend(marks.found.iter().map(|(name, line)| format!("{}:{line}: {name}!", file.path)));
    }
}

#[derive(Default)]
struct Marks {
    found: Vec<(String, usize)>,
}

impl<'a> Visit<'a> for Marks {
    fn visit_macro(&mut self, item: &'a Macro) {
        if let Some(segment) = item.path.segments.last()
            && UNFINISHED.iter().any(|name| segment.ident == name)
        {
            self.found.push((segment.ident.to_string(), segment.ident.span().start().line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> [Source; 1] {
        [Source::parse("crates/disk/src/public.rs", text).unwrap()]
    }

    fn found(check: impl Fn(&[Source], &mut Findings), text: &str) -> Findings {
        let mut findings = Findings::new();
        check(&source(text), &mut findings);
        findings
    }

    #[test]
    fn an_http_client_is_found_in_imports_and_in_paths() {
        let names = |text| found(|files, findings| network_names("orglib-disk", files, findings), text);
        for (text, expected) in [
            ("use reqwest::Client;", &["crates/disk/src/public.rs:1: names reqwest"][..]),
            ("use {http::Method, hyper as h};", &["crates/disk/src/public.rs:1: names hyper"]),
            ("fn a() {\n rustls::install() }", &["crates/disk/src/public.rs:2: names rustls"]),
            ("#[cfg(test)] mod tests { use reqwest::Client; }", &[]),
            ("use orglib_transport::reqwest;", &[]),
            ("#[cfg(feature = \"reqwest\")] fn reqwest() {}", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
        let mut findings = Findings::new();
        network_names("orglib-transport", &source("use reqwest::Client;"), &mut findings);
        assert!(findings.is_empty());
    }

    #[test]
    fn a_long_file_is_found_and_its_test_module_is_not_counted() {
        let body = "fn line() {}\n".repeat(MOST_LINES);
        assert_eq!(found(lengths, &body), Findings::new());
        let tested = format!("{body}#[cfg(test)]\nmod tests {{\n{body}}}\n");
        assert_eq!(found(lengths, &tested), Findings::new());
        let longer = format!("{body}fn one_more() {{}}\n");
        assert_eq!(found(lengths, &longer), ["crates/disk/src/public.rs: 501 lines, at most 500"]);
    }

    #[test]
    fn unfinished_code_is_found_in_tests_too() {
        let text = "fn a() { todo!() }\n#[cfg(test)] mod tests { fn b() {\n std::unimplemented!(\"x\") } }";
        assert_eq!(
            found(unfinished, text),
            ["crates/disk/src/public.rs:1: todo!", "crates/disk/src/public.rs:3: unimplemented!"]
        );
    }
}
