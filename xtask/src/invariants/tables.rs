//! The table of each service's crate, `operations! {…}`, has every type with `#[operation]`: the agreement with `spec/`,
//! calls by name and help know what stands there only.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;
use syn::{
    Ident, ItemMod, ItemStruct, Macro,
    visit::{self, Visit},
};

use super::Findings;
use crate::workspace::{self, Source};

/// The operations of one crate that no table of it has. Code that is compiled for tests only is left out.
pub(super) fn unlisted(files: &[Source], findings: &mut Findings) {
    let mut listed = BTreeSet::new();
    let mut declared = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let mut finder = Finder::default();
        finder.visit_file(&file.syntax);
        listed.extend(finder.listed);
        declared.extend(finder.declared.into_iter().map(|operation| (&file.path, operation)));
    }
    let missing = declared.into_iter().filter(|(_, operation)| !listed.contains(&operation.to_string()));
    findings.extend(missing.map(|(path, operation)| {
        let line = operation.span().start().line;
        format!("{path}:{line}: {operation} is not in `operations!` of its crate")
    }));
}

#[derive(Default)]
struct Finder {
    declared: Vec<Ident>,
    listed: BTreeSet<String>,
}

impl<'a> Visit<'a> for Finder {
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        if !workspace::is_test_only(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        let is_operation = item.attrs.iter().any(|attribute| {
            attribute.path().segments.last().is_some_and(|segment| segment.ident == "operation")
        });
        self.declared.extend(is_operation.then(|| item.ident.clone()));
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        if call.path.segments.last().is_some_and(|segment| segment.ident == "operations") {
            self.listed.extend(call.tokens.clone().into_iter().filter_map(|token| match token {
                TokenTree::Ident(name) => Some(name.to_string()),
                _ => None,
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_outside_of_the_table_is_named_with_its_place() {
        let declaring = "#[operation(id = \"a\")] struct GetUser {}\n#[orglib_core::operation(id = \"b\")]\nstruct GetDisk {}
            #[cfg(test)] mod tests { #[operation(id = \"c\")] struct MadeUp {} }";
        let sources = [
            Source::parse("crates/directory/src/users.rs", declaring).unwrap(),
            Source::parse("crates/directory/src/lib.rs", "operations! { pub: GetUser; ListUsers, }").unwrap(),
        ];
        let mut findings = Findings::new();
        unlisted(&sources, &mut findings);
        assert_eq!(
            findings,
            ["crates/directory/src/users.rs:3: GetDisk is not in `operations!` of its crate"]
        );
    }
}
