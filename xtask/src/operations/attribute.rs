//! The operations as the sources declare them, read from `#[operation(…)]` without compiling anything.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::{
    Attribute, Field, Fields, ItemMod, ItemStruct, LitStr, Token,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
    visit::{self, Visit},
};

use super::{document::ScopeRule, table};
use crate::workspace::{self, Result, Source};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One request that a struct can make: an operation on its current host, or on the legacy one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) id: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The host's name in the sources, for instance `Cloud`.
    pub(crate) host: String,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) rule: Option<ScopeRule>,
    pub(crate) paging: Option<Paging>,
    /// The names of the fields that are put into the path.
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<QueryField>,
    /// Where it is declared: file and line.
    pub(crate) place: String,
    /// The crate that declares it.
    pub(crate) package: String,
    /// The type's name.
    pub(crate) type_name: String,
    /// Whether the type stands in the table of its crate.
    pub(crate) listed: bool,
}

/// How pages are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The constructor of the style, for instance `offset`.
    pub(crate) style: String,
    /// The name of the parameter for the size, where it is not the style's own.
    pub(crate) size: Option<String>,
    /// The name of the parameter for the position, where it is not the style's own.
    pub(crate) position: Option<String>,
}

/// One field that is sent as a query pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryField {
    pub(crate) field: String,
    /// The name that the attribute gives; without one, the field's.
    pub(crate) name: Option<String>,
}

/// The routes that one crate's sources declare. Code that is compiled for tests only is left out.
pub(crate) fn routes_of(package: &str, directory: &str) -> Result<Vec<Route>> {
    let sources = workspace::sources(directory)?;
    let mut routes = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test()) {
        routes.extend(routes_in(package, source)?);
    }
    let listed = table::listed(&sources);
    routes.iter_mut().for_each(|route| route.listed = listed.contains(&route.type_name));
    Ok(routes)
}

/// The routes that one file declares.
pub(crate) fn routes_in(package: &str, source: &Source) -> Result<Vec<Route>> {
    let mut finder = Finder::default();
    finder.visit_file(&source.syntax);
    let mut routes = Vec::new();
    for (attribute, item) in finder.found {
        let line = item.ident.span().start().line;
        let place = format!("{}:{line}", source.path);
        let read = routes_from(attribute, item, package, &place);
        routes.extend(read.map_err(|error| format!("{place}: {}: {error}", item.ident))?);
    }
    Ok(routes)
}

#[derive(Default)]
struct Finder<'a> {
    found: Vec<(&'a Attribute, &'a ItemStruct)>,
}

impl<'a> Visit<'a> for Finder<'a> {
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        if !workspace::is_test_only(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        let attribute = item.attrs.iter().find(|attribute| {
            attribute.path().segments.last().is_some_and(|segment| segment.ident == "operation")
        });
        self.found.extend(attribute.map(|attribute| (attribute, item)));
    }
}

fn routes_from(
    attribute: &Attribute,
    item: &ItemStruct,
    package: &str,
    place: &str,
) -> syn::Result<Vec<Route>> {
    let entries = attribute.parse_args_with(parse_entries)?;
    let (segments, fields) = fields_of(&item.fields)?;
    let route = |entries: &[Entry], inherited: Option<&[Entry]>| -> syn::Result<Route> {
        let of_both = |key| find(entries, key).or_else(|| inherited.and_then(|entries| find(entries, key)));
        let (method, path) = method_and_path(entries)?;
        let (rule, scopes) = of_both("scopes").map_or(Ok((None, BTreeSet::new())), parse_scopes)?;
        Ok(Route {
            id: text(find(entries, "id"), "id")?,
            method,
            path,
            host: match find(entries, "host") {
                Some(host) => last_ident(&host.value),
                None if inherited.is_some() => "Api360".to_owned(),
                None => String::new(),
            },
            scopes,
            rule,
            paging: find(entries, "paging").map(parse_paging),
            segments: segments.clone(),
            query: fields.iter().filter_map(|field| field.on(inherited.is_some())).collect(),
            place: place.to_owned(),
            package: package.to_owned(),
            type_name: item.ident.to_string(),
            listed: true,
        })
    };
    let mut routes = vec![route(&entries, None)?];
    if let Some(legacy) = find(&entries, "legacy") {
        let own = parse_entries.parse2(legacy.value.clone())?;
        routes.push(route(&own, Some(&entries))?);
    }
    Ok(routes)
}

/// One `key = value` or `key(value)` of the attribute, or a bare `key`.
struct Entry {
    key: String,
    value: TokenStream,
}

fn parse_entries(input: ParseStream<'_>) -> syn::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        let key: Ident = input.parse()?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            until_comma(input)?
        } else if input.peek(syn::token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            content.parse()?
        } else {
            TokenStream::new()
        };
        entries.push(Entry { key: key.to_string(), value });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(entries)
}

/// Tokens up to the next comma that separates entries; commas between `<` and `>` belong to the value.
fn until_comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut value = TokenStream::new();
    let mut depth = 0_usize;
    while !(input.is_empty() || depth == 0 && input.peek(Token![,])) {
        let token: TokenTree = input.parse()?;
        if let TokenTree::Punct(punct) = &token {
            match (punct.as_char(), punct.spacing()) {
                ('<', _) => depth += 1,
                ('>', _) => depth = depth.saturating_sub(1),
                ('-', Spacing::Joint) => {
                    value.extend([token]);
                    value.extend([input.parse::<TokenTree>()?]);
                    continue;
                }
                _ => {}
            }
        }
        value.extend([token]);
    }
    Ok(value)
}

fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.key == key)
}

fn text(entry: Option<&Entry>, key: &str) -> syn::Result<String> {
    let missing = || syn::Error::new(proc_macro2::Span::call_site(), format!("`{key}` is missing"));
    Ok(syn::parse2::<LitStr>(entry.ok_or_else(missing)?.value.clone())?.value())
}

fn method_and_path(entries: &[Entry]) -> syn::Result<(String, String)> {
    let entry = entries.iter().find(|entry| METHODS.contains(&entry.key.as_str()));
    let path = text(entry, "get, post, put, patch or delete")?;
    Ok((entry.map(|entry| entry.key.to_uppercase()).unwrap_or_default(), path))
}

/// `offset(1000)`, or `key(100).with_size("count")`, and the same for the position.
fn parse_paging(entry: &Entry) -> Paging {
    let renamed = |method: &str| {
        let mut tokens = entry.value.clone().into_iter();
        tokens.find(|token| matches!(token, TokenTree::Ident(ident) if ident == method))?;
        match tokens.next()? {
            TokenTree::Group(group) => syn::parse2::<LitStr>(group.stream()).ok().map(|name| name.value()),
            _ => None,
        }
    };
    Paging {
        style: first_ident(&entry.value),
        size: renamed("with_size"),
        position: renamed("with_position"),
    }
}

/// `any("a", "b")` or `all("a", "b")`.
fn parse_scopes(entry: &Entry) -> syn::Result<(Option<ScopeRule>, BTreeSet<String>)> {
    let rule = match first_ident(&entry.value).as_str() {
        "any" => Some(ScopeRule::Any),
        "all" => Some(ScopeRule::All),
        _ => None,
    };
    let mut scopes = BTreeSet::new();
    for token in entry.value.clone() {
        if let TokenTree::Group(group) = token
            && group.delimiter() == Delimiter::Parenthesis
        {
            let list = Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(group.stream())?;
            scopes.extend(list.iter().map(LitStr::value));
        }
    }
    Ok((rule, scopes))
}

fn idents(value: &TokenStream) -> impl Iterator<Item = String> {
    value.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    })
}

fn first_ident(value: &TokenStream) -> String {
    idents(value).next().unwrap_or_default()
}

fn last_ident(value: &TokenStream) -> String {
    idents(value).last().unwrap_or_default()
}

/// A `#[query]` field with the names that its attribute gives.
struct NamedField {
    field: String,
    name: Option<String>,
    legacy: Option<String>,
    /// `Current` or `Legacy`, where it is sent to one of the two only.
    only: Option<String>,
}

impl NamedField {
    /// The field as it is sent to the current or the legacy host, if it is sent there.
    fn on(&self, legacy: bool) -> Option<QueryField> {
        if self.only.as_ref().is_some_and(|only| (only == "Legacy") != legacy) {
            return None;
        }
        let name = if legacy { self.legacy.as_ref().or(self.name.as_ref()) } else { self.name.as_ref() };
        Some(QueryField { field: self.field.clone(), name: name.cloned() })
    }
}

fn fields_of(fields: &Fields) -> syn::Result<(Vec<String>, Vec<NamedField>)> {
    let (mut segments, mut query) = (Vec::new(), Vec::new());
    for field in fields {
        let name = field.ident.as_ref().map(|ident| ident.to_string()).unwrap_or_default();
        let name = name.trim_start_matches("r#").to_owned();
        if attribute(field, "path").is_some() {
            segments.push(name);
        } else if let Some(attribute) = attribute(field, "query") {
            let entries = options(attribute)?;
            let optional = |key| find(&entries, key).map(|entry| text(Some(entry), key)).transpose();
            let only = find(&entries, "only").map(|only| first_ident(&only.value));
            query.push(NamedField {
                field: name,
                name: optional("name")?,
                legacy: optional("legacy")?,
                only,
            });
        }
    }
    Ok((segments, query))
}

fn attribute<'a>(field: &'a Field, name: &str) -> Option<&'a Attribute> {
    field.attrs.iter().find(|attribute| attribute.path().is_ident(name))
}

fn options(attribute: &Attribute) -> syn::Result<Vec<Entry>> {
    match &attribute.meta {
        syn::Meta::List(_) => attribute.parse_args_with(parse_entries),
        _ => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST_USERS: &str = r#"
        /// Lists employees, a page at a time.
        #[orglib_core::operation(
            id = "get-users", get = "/v1/directory/organizations/{org_id}/users", host = Cloud,
            legacy(id = "UserService_List", get = "/directory/v1/org/{orgId}/users", list = "users", paging = number(1000)),
            scopes = any("directory:read_users", "directory:write_users"),
            list = "items", paging = offset(1000).with_size("count"), output = Page<BTreeMap<String, User>>
        )]
        pub struct ListUsers {
            #[path] org_id: OrgId,
            #[query(name = "e_mail", legacy = "email")] email: Option<String>,
            #[query(only = Current)] department_id: Option<u64>,
        }
        #[cfg(test)]
        mod tests {
            #[operation(id = "made-up", get = "/nowhere", host = Cloud)]
            struct MadeUp {}
        }
    "#;

    fn routes(text: &str) -> Result<Vec<Route>> {
        routes_in("orglib-directory", &Source::parse("crates/directory/src/users.rs", text)?)
    }

    #[test]
    fn a_struct_declares_its_current_and_its_legacy_route() {
        let routes = routes(LIST_USERS).unwrap();
        let [current, legacy] = routes.as_slice() else { panic!("{routes:?}") };
        assert_eq!((current.id.as_str(), current.method.as_str()), ("get-users", "GET"));
        assert_eq!((current.host.as_str(), legacy.host.as_str()), ("Cloud", "Api360"));
        assert_eq!(legacy.path, "/directory/v1/org/{orgId}/users");
        let paging = |style: &str, size: Option<&str>| {
            Some(Paging { style: style.to_owned(), size: size.map(str::to_owned), position: None })
        };
        assert_eq!(current.paging, paging("offset", Some("count")));
        assert_eq!(legacy.paging, paging("number", None));
        assert_eq!(current.segments, ["org_id"]);
        assert_eq!(current.rule, Some(ScopeRule::Any));
        assert_eq!(legacy.scopes, current.scopes);
        let names = |route: &Route| route.query.iter().map(|query| query.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(current), [Some("e_mail".to_owned()), None]);
        assert_eq!(names(legacy), [Some("email".to_owned())]);
        assert_eq!(current.place, "crates/directory/src/users.rs:9");
    }

    #[test]
    fn an_attribute_without_an_id_is_named_with_its_place() {
        let error = routes("#[operation(get = \"/v1/disk\", host = Cloud)] struct Disk {}").unwrap_err();
        assert_eq!(error.to_string(), "crates/directory/src/users.rs:1: Disk: `id` is missing");
    }
}
