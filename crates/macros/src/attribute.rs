//! What stands in `#[operation(…)]`.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Error, Expr, Ident, LitBool, LitStr, Path, Result, Token, Type,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    token::Paren,
};

use crate::words::Spelling;

/// The arguments that an operation has once for each of its homes.
#[derive(Default)]
pub(crate) struct Home {
    pub(crate) id: Option<LitStr>,
    pub(crate) method: Option<Ident>,
    pub(crate) path: Option<LitStr>,
    pub(crate) host: Option<Ident>,
    pub(crate) list: Option<LitStr>,
    pub(crate) paging: Option<Expr>,
    /// How names are spelt, where it is not the host's habit.
    spelling: Option<Spelling>,
}

/// All arguments.
#[derive(Default)]
pub(crate) struct Attribute {
    pub(crate) home: Home,
    pub(crate) legacy: Option<Home>,
    pub(crate) scopes: Option<Scopes>,
    pub(crate) idempotent: Option<LitBool>,
    pub(crate) rate: Option<LitStr>,
    pub(crate) output: Option<Type>,
    pub(crate) within: Option<LitStr>,
    pub(crate) check: Option<Path>,
    /// The operation that tells how far the task is which this one starts, with the fields that it has of it.
    pub(crate) starts: Option<Starts>,
    /// The function that says how far a task is, where the operation tells of one.
    pub(crate) progress: Option<Path>,
    /// The path of the crate `orglib-core`, where it is known by another name.
    krate: Option<Path>,
}

/// `GetTask(org_id)`: the operation, and the fields that stand before the task's id.
pub(crate) struct Starts {
    pub(crate) task: Path,
    pub(crate) fields: Punctuated<Ident, Token![,]>,
}

pub(crate) struct Scopes {
    rule: Ident,
    names: Punctuated<LitStr, Token![,]>,
}

impl Parse for Attribute {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut attribute = Self::default();
        while !input.is_empty() {
            let name = Ident::parse_any(input)?;
            if name == "legacy" {
                let inner;
                parenthesized!(inner in input);
                attribute.legacy = Some(Home::parse_all(&inner)?);
            } else {
                input.parse::<Token![=]>()?;
                attribute.argument(&name, input)?;
            }
            comma(input)?;
        }
        Ok(attribute)
    }
}

impl Attribute {
    fn argument(&mut self, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match name.to_string().as_str() {
            "scopes" => self.scopes = Some(input.parse()?),
            "idempotent" => self.idempotent = Some(input.parse()?),
            "rate" => self.rate = Some(input.parse()?),
            "output" => self.output = Some(input.parse()?),
            "within" => self.within = Some(input.parse()?),
            "crate" => self.krate = Some(input.parse()?),
            "starts" => self.starts = Some(input.parse()?),
            "progress" => self.progress = Some(input.parse()?),
            "check" => self.check = Some(input.parse()?),
            _ => self.home.argument(name, input)?,
        }
        Ok(())
    }

    /// The path of the crate `orglib-core`.
    pub(crate) fn core(&self) -> TokenStream {
        self.krate.as_ref().map_or_else(|| quote!(::orglib_core), |path| quote!(#path))
    }

    /// The part of META that does not depend on the home.
    pub(crate) fn common(&self) -> TokenStream {
        let core = self.core();
        let scopes = self.scopes.as_ref().map(|scopes| scopes.tokens(&core));
        let idempotent = self.idempotent.as_ref().map(|value| quote!(.with_idempotent(#value)));
        let rate =
            self.rate.as_ref().map(|name| quote!(.with_rate_class(#core::__private::RateClass::new(#name))));
        let expected = match () {
            () if self.has_no_output() || self.outputs("Started") => Some(quote!(JsonOrNothing)),
            () if self.outputs("Download") => Some(quote!(Stream)),
            () => None,
        };
        let expect = expected.map(|expected| quote!(.with_expect(#core::__private::Expect::#expected)));
        let within = self.within.as_ref().map(|key| quote!(.with_envelope(#key)));
        quote!(#scopes #idempotent #rate #expect #within)
    }

    /// The route on each home and the scopes, for the type's page; no part of the docs that are facts.
    pub(crate) fn route_docs(&self) -> Option<String> {
        let mut docs = format!("\n{}.", self.home.sentence()?);
        if let Some(legacy) = self.legacy.as_ref().and_then(Home::sentence) {
            docs.push_str(&format!(" On the legacy host: {legacy}."));
        }
        if let Some(scopes) = &self.scopes {
            docs.push_str(&format!(" {}", scopes.sentence()));
        }
        Some(docs)
    }

    /// Whether the output is this wrapper, known by its name.
    pub(crate) fn outputs(&self, wrapper: &str) -> bool {
        let Some(Type::Path(output)) = &self.output else { return false };
        output.path.segments.last().is_some_and(|segment| segment.ident == wrapper)
    }

    /// Whether the output is `()`.
    pub(crate) fn has_no_output(&self) -> bool {
        matches!(&self.output, None | Some(Type::Tuple(_)))
    }
}

impl Home {
    fn parse_all(input: ParseStream<'_>) -> Result<Self> {
        let mut home = Self::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            home.argument(&name, input)?;
            comma(input)?;
        }
        home.host.get_or_insert_with(|| Ident::new("Api360", Span::call_site()));
        Ok(home)
    }

    fn argument(&mut self, name: &Ident, input: ParseStream<'_>) -> Result<()> {
        match name.to_string().as_str() {
            "id" => self.id = Some(input.parse()?),
            "host" => self.host = Some(input.parse()?),
            "list" => self.list = Some(input.parse()?),
            "paging" => self.paging = Some(input.parse()?),
            "spelling" => self.spelling = Some(Spelling::parse(&input.parse()?)?),
            method @ ("get" | "post" | "put" | "patch" | "delete") => {
                self.method = Some(Ident::new(&method.to_uppercase(), name.span()));
                self.path = Some(input.parse()?);
            }
            _ => {
                let message = format!(
                    "#[operation] has no argument `{name}`; the attribute's documentation lists them"
                );
                return Err(Error::new(name.span(), message));
            }
        }
        Ok(())
    }

    /// How names are spelt here.
    pub(crate) fn spelling(&self) -> Spelling {
        let host = self.host.as_ref().map(Ident::to_string).unwrap_or_default();
        self.spelling.unwrap_or_else(|| Spelling::of_host(&host))
    }

    /// The META of this home.
    pub(crate) fn meta(&self, core: &TokenStream, common: &TokenStream) -> Result<TokenStream> {
        let missing = |what| Error::new(Span::call_site(), format!("#[operation] needs {what}"));
        let id = self.id.as_ref().ok_or_else(|| missing("`id`"))?;
        let method = self
            .method
            .as_ref()
            .ok_or_else(|| missing("a method with its path: `get = \"/…\"`, or post, put, patch, delete"))?;
        let path = self.path.as_ref().ok_or_else(|| missing("a path"))?;
        let host = self.host.as_ref().ok_or_else(|| missing("`host`, a variant of `Host`"))?;
        let pages = self.paging.as_ref().map(|paging| {
            let list = self.list.clone().unwrap_or_else(|| LitStr::new("items", Span::call_site()));
            quote!(.with_pages(#core::Paging::#paging, #list))
        });
        Ok(quote! {
            #core::OperationMeta::new(
                #id, #core::Host::#host, #core::__private::Method::#method, #path,
            ) #common #pages
        })
    }

    /// The home in a sentence, for the type's page.
    pub(crate) fn sentence(&self) -> Option<String> {
        let (id, method) = (self.id.as_ref()?.value(), self.method.as_ref()?);
        Some(format!(
            "`{method} {}` on `Host::{}`, by id `{id}`",
            self.path.as_ref()?.value(),
            self.host.as_ref()?
        ))
    }

    /// The parameters of the path, as they are spelt there.
    pub(crate) fn parameters(&self) -> Vec<String> {
        let path = self.path.as_ref().map(LitStr::value).unwrap_or_default();
        path.split('/')
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}').map(str::to_owned))
            .collect()
    }
}

impl Parse for Starts {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let task = input.parse()?;
        let mut fields = Punctuated::new();
        if input.peek(Paren) {
            let inner;
            parenthesized!(inner in input);
            fields = Punctuated::parse_terminated(&inner)?;
        }
        Ok(Self { task, fields })
    }
}

impl Parse for Scopes {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let rule: Ident = input.parse()?;
        if rule != "any" && rule != "all" {
            return Err(Error::new(rule.span(), "scopes are any(…) or all(…)"));
        }
        let inner;
        parenthesized!(inner in input);
        Ok(Self { rule, names: Punctuated::parse_terminated(&inner)? })
    }
}

impl Scopes {
    fn sentence(&self) -> String {
        let names: Vec<_> = self.names.iter().map(|name| format!("`{}`", name.value())).collect();
        match names.as_slice() {
            [name] => format!("Scope: {name}."),
            _ => format!("Scopes, {} of: {}.", self.rule, names.join(", ")),
        }
    }

    fn tokens(&self, core: &TokenStream) -> TokenStream {
        let variant = Ident::new(if self.rule == "any" { "Any" } else { "All" }, self.rule.span());
        let names = self.names.iter();
        quote!(.with_scopes(#core::Scopes::#variant(&[#(#names),*])))
    }
}

fn comma(input: ParseStream<'_>) -> Result<()> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}
