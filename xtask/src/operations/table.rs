//! The table of each service's crate: `OPERATIONS`, from which the program lists what there is.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;
use syn::{
    Macro,
    visit::{self, Visit},
};

use crate::workspace::Source;

/// The names of the types that stand in `operations! {…}` anywhere in these sources.
pub(crate) fn listed(sources: &[Source]) -> BTreeSet<String> {
    let mut finder = Finder::default();
    sources.iter().for_each(|source| finder.visit_file(&source.syntax));
    finder.names
}

#[derive(Default)]
struct Finder {
    names: BTreeSet<String>,
}

impl<'a> Visit<'a> for Finder {
    fn visit_macro(&mut self, call: &'a Macro) {
        if call.path.segments.last().is_some_and(|segment| segment.ident == "operations") {
            self.names.extend(call.tokens.clone().into_iter().filter_map(|token| match token {
                TokenTree::Ident(name) if name != "pub" => Some(name.to_string()),
                _ => None,
            }));
        }
        visit::visit_macro(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_of_a_table_are_found() {
        let table = "operations! { pub: GetUser; ListUsers, }";
        let source = Source::parse("crates/directory/src/lib.rs", table).unwrap();
        assert_eq!(listed(&[source]), BTreeSet::from(["GetUser".to_owned(), "ListUsers".to_owned()]));
    }
}
