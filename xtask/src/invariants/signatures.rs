//! Invariant 5: no public signature names a crate of version 0.x, so that its next release forces none of ours.

use std::collections::{BTreeMap, BTreeSet};

use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, ItemTrait, Path, Signature, TraitItem, Type, UseTree,
    Visibility,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::Findings;
use crate::workspace::{self, Source};

/// What may be named although its crate is below 1.0.
///
/// `Stream` has no stable home yet. `tower::Service` stands behind the feature `tower`, which asks for it by name.
/// `async_trait` is an attribute and no type.
const EXCEPTIONS: [(&str, &str); 5] = [
    ("futures_core", "Stream"),
    ("futures", "Stream"),
    ("tower", "Service"),
    ("tower_service", "Service"),
    ("async_trait", "async_trait"),
];

/// Looks through the files of one crate for public signatures that name one of the crates in `unstable`.
pub(super) fn check(files: &[Source], unstable: &BTreeSet<String>, findings: &mut Findings) {
    let files: Vec<&Source> = files.iter().filter(|file| !file.is_test()).collect();
    let mut public = BTreeSet::new();
    for file in &files {
        public_types(&file.syntax.items, &mut public);
    }
    for file in files {
        let mut imports = BTreeMap::new();
        collect_imports(&file.syntax.items, &mut imports);
        let mut signatures = Signatures { unstable, public: &public, imports, found: BTreeSet::new() };
        signatures.items(&file.syntax.items);
        findings.extend(
            signatures
                .found
                .iter()
                .map(|(line, path)| format!("{}:{line}: a public signature names {path}", file.path)),
        );
    }
}

/// Items that nobody outside can see, or that are no promise.
fn is_hidden(attributes: &[Attribute]) -> bool {
    let hidden = |attribute: &Attribute| {
        attribute.path().is_ident("doc")
            && attribute.parse_args::<Path>().is_ok_and(|argument| argument.is_ident("hidden"))
    };
    workspace::is_test_only(attributes) || attributes.iter().any(hidden)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn public_types(items: &[Item], names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Struct(item) if is_public(&item.vis) => names.insert(item.ident.to_string()),
            Item::Enum(item) if is_public(&item.vis) => names.insert(item.ident.to_string()),
            Item::Union(item) if is_public(&item.vis) => names.insert(item.ident.to_string()),
            Item::Mod(item) if !is_hidden(&item.attrs) => {
                public_types(item.content.as_ref().map_or(&[], |(_, items)| items.as_slice()), names);
                continue;
            }
            _ => continue,
        };
    }
}

/// The whole path behind each imported name.
fn collect_imports(items: &[Item], imports: &mut BTreeMap<String, Vec<String>>) {
    for item in items {
        match item {
            Item::Use(item) => {
                for (name, path) in leaves(&item.tree) {
                    imports.insert(name, path);
                }
            }
            Item::Mod(item) if !is_hidden(&item.attrs) => {
                collect_imports(item.content.as_ref().map_or(&[], |(_, items)| items.as_slice()), imports);
            }
            _ => {}
        }
    }
}

/// Each name that a `use` brings in, with its whole path. A glob brings in `*`.
fn leaves(tree: &UseTree) -> Vec<(String, Vec<String>)> {
    let mut leaves = Vec::new();
    let mut pending = vec![(Vec::<String>::new(), tree)];
    while let Some((mut path, tree)) = pending.pop() {
        match tree {
            UseTree::Path(next) => {
                path.push(next.ident.to_string());
                pending.push((path, &next.tree));
            }
            UseTree::Group(group) => pending.extend(group.items.iter().map(|tree| (path.clone(), tree))),
            UseTree::Name(name) if name.ident == "self" => {
                leaves.push((path.last().cloned().unwrap_or_default(), path));
            }
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                leaves.push((name.ident.to_string(), path));
            }
            UseTree::Rename(rename) => {
                if rename.ident != "self" {
                    path.push(rename.ident.to_string());
                }
                leaves.push((rename.rename.to_string(), path));
            }
            UseTree::Glob(_) => {
                path.push("*".to_owned());
                leaves.push(("*".to_owned(), path));
            }
        }
    }
    leaves
}

struct Signatures<'a> {
    unstable: &'a BTreeSet<String>,
    /// The public types of the crate, to tell which implementations anybody sees.
    public: &'a BTreeSet<String>,
    imports: BTreeMap<String, Vec<String>>,
    found: BTreeSet<(usize, String)>,
}

impl Signatures<'_> {
    fn items(&mut self, items: &[Item]) {
        items.iter().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Fn(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                self.visit_signature(&item.sig)
            }
            Item::Struct(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                self.visit_generics(&item.generics);
                self.public_fields(&item.fields);
            }
            Item::Enum(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => self.visit_item_enum(item),
            Item::Type(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => self.visit_item_type(item),
            Item::Const(item) if is_public(&item.vis) => self.visit_type(&item.ty),
            Item::Static(item) if is_public(&item.vis) => self.visit_type(&item.ty),
            Item::Trait(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => self.trait_surface(item),
            Item::Impl(item) if !is_hidden(&item.attrs) => self.implementation(item),
            Item::Use(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                for (_, path) in leaves(&item.tree) {
                    self.look_at(path, item.span().start().line);
                }
            }
            Item::Mod(item) if !is_hidden(&item.attrs) => {
                self.items(item.content.as_ref().map_or(&[], |(_, items)| items.as_slice()));
            }
            _ => {}
        }
    }

    fn public_fields(&mut self, fields: &Fields) {
        for field in fields.iter().filter(|field| is_public(&field.vis)) {
            self.visit_type(&field.ty);
        }
    }

    fn trait_surface(&mut self, item: &ItemTrait) {
        self.visit_generics(&item.generics);
        item.supertraits.iter().for_each(|bound| self.visit_type_param_bound(bound));
        for member in &item.items {
            match member {
                TraitItem::Fn(method) => self.visit_signature(&method.sig),
                TraitItem::Const(constant) => self.visit_type(&constant.ty),
                TraitItem::Type(associated) => self.visit_trait_item_type(associated),
                _ => {}
            }
        }
    }

    fn implementation(&mut self, item: &ItemImpl) {
        if !self.is_seen(item) {
            return;
        }
        self.visit_generics(&item.generics);
        if let Some((implemented, _)) = &item.trait_ {
            self.visit_path(implemented);
            self.visit_type(&item.self_ty);
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(method) if is_public(&method.vis) && !is_hidden(&method.attrs) => {
                    self.visit_signature(&method.sig);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => self.visit_type(&constant.ty),
                ImplItem::Type(associated) => self.visit_type(&associated.ty),
                _ => {}
            }
        }
    }

    /// An implementation is seen when a public type of the crate stands in its head.
    fn is_seen(&self, item: &ItemImpl) -> bool {
        let mut names = Names { public: self.public, found: false };
        names.visit_type(&item.self_ty);
        if let Some((implemented, _)) = &item.trait_ {
            // The trait alone, as in `impl From<private::Parts> for Private`, shows nothing.
            names.visit_path_arguments_of(implemented);
        }
        names.found
    }

    fn look_at(&mut self, path: Vec<String>, line: usize) {
        let Some(first) = path.first().filter(|first| self.unstable.contains(*first)) else { return };
        let last = path.last().map(String::as_str);
        if !EXCEPTIONS.iter().any(|(package, name)| package == first && Some(*name) == last) {
            self.found.insert((line, path.join("::")));
        }
    }

    /// The path with its first name replaced by what it was imported from.
    fn whole(&self, path: &Path) -> Vec<String> {
        let mut whole: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_none()
            && let Some(imported) = self.imports.get(&whole[0])
        {
            whole.splice(..1, imported.iter().cloned());
        }
        whole
    }
}

impl<'ast> Visit<'ast> for Signatures<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        self.look_at(self.whole(path), path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_signature(&mut self, signature: &'ast Signature) {
        visit::visit_signature(self, signature);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_expr(&mut self, _: &'ast syn::Expr) {}
}

/// Whether one of the crate's public types is named.
struct Names<'a> {
    public: &'a BTreeSet<String>,
    found: bool,
}

impl Names<'_> {
    fn visit_path_arguments_of(&mut self, path: &Path) {
        path.segments.iter().for_each(|segment| self.visit_path_arguments(&segment.arguments));
    }
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        self.found |= path.segments.last().is_some_and(|last| self.public.contains(&last.ident.to_string()));
        visit::visit_path(self, path);
    }

    fn visit_type(&mut self, item: &'ast Type) {
        visit::visit_type(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Findings {
        let files = [Source::parse("crates/core/src/lib.rs", text).unwrap()];
        let unstable =
            ["futures", "futures_core", "jiff", "reqwest", "secrecy", "tower"].map(str::to_owned).into();
        let mut findings = Findings::new();
        check(&files, &unstable, &mut findings);
        findings
    }

    #[test]
    fn a_crate_below_one_is_found_wherever_a_signature_names_it() {
        for text in [
            "pub fn at() -> jiff::Timestamp {}",
            "use jiff::Timestamp as Moment; pub fn at(moment: Moment) {}",
            "use jiff::{self, civil}; pub struct Day { pub date: civil::Date }",
            "pub enum Error { Network(reqwest::Error) }",
            "pub type Day = Option<jiff::civil::Date>;",
            "pub const EPOCH: jiff::Timestamp = x();",
            "pub trait Source: tower::Layer<()> {}",
            "pub trait Source { fn at(&self) -> Box<dyn Fn(jiff::Span)>; }",
            "pub trait Source { type At: Into<jiff::Span>; }",
            "pub struct Day; impl Day { pub fn date(&self) -> ::jiff::civil::Date {} }",
            "pub struct Day; impl From<jiff::civil::Date> for Day { fn from(date: X) -> Self {} }",
            "pub struct Day; impl From<Day> for jiff::civil::Date { fn from(day: Day) -> Self {} }",
            "pub struct Day; impl TryFrom<u8> for Day { type Error = jiff::Error; }",
            "pub struct Day<T>(T) where T: secrecy::Zeroize;",
            "pub use jiff::Timestamp;",
            "pub use secrecy;",
            "pub mod time { use jiff::Span; pub fn wait(span: Span) {} }",
            "pub fn all() -> impl futures::Sink<u8> {}",
        ] {
            assert_eq!(found(text).len(), 1, "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn what_nobody_sees_may_name_anything() {
        for text in [
            "pub fn at() { let now: jiff::Timestamp = jiff::Timestamp::now(); }",
            "fn at() -> jiff::Timestamp {}",
            "pub(crate) fn at() -> jiff::Timestamp {}",
            "pub struct Timestamp(jiff::Timestamp);",
            "pub struct Timestamp { inner: jiff::Timestamp }",
            "struct Inner; impl From<jiff::Error> for Inner { fn from(error: jiff::Error) -> Self {} }",
            "pub struct Day; impl Day { fn date(&self) -> jiff::civil::Date {} }",
            "#[doc(hidden)] pub mod private { pub use jiff; }",
            "#[cfg(test)] mod tests { pub fn at() -> jiff::Timestamp {} }",
            "use http::Method; pub fn method() -> Method {}",
        ] {
            assert_eq!(found(text), Findings::new(), "{text}");
        }
    }

    #[test]
    fn streams_and_the_service_of_the_tower_feature_are_the_exceptions() {
        assert_eq!(found("pub fn all() -> impl futures_core::Stream<Item = u8> {}"), Findings::new());
        assert_eq!(found("use futures::Stream; pub struct Pager; impl Stream for Pager {}"), Findings::new());
        assert_eq!(found("pub struct Own<S>(S); impl<S: tower::Service<u8>> Own<S> {}"), Findings::new());
    }

    #[test]
    fn a_finding_names_the_file_the_line_and_the_whole_path() {
        assert_eq!(
            found("use jiff::civil::Date;\n\npub fn day() -> Date {}\n"),
            ["crates/core/src/lib.rs:3: a public signature names jiff::civil::Date"]
        );
    }
}
