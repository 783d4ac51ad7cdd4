//! One field of an operation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Error, Field, GenericArgument, Ident, LitStr, PathArguments, Result, Type,
    meta::ParseNestedMeta, spanned::Spanned,
};

/// Where a field goes.
pub(crate) enum Place {
    Path,
    Query(Query),
    Form { name: String, is_secret: bool },
    Body,
}

/// How a field is sent as a query pair.
pub(crate) struct Query {
    name: String,
    legacy: Option<String>,
    only: Option<Ident>,
    /// Whether each value of a list is a pair of its own.
    repeats: bool,
}

/// One field of an operation.
pub(crate) struct OperationField {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) place: Place,
}

impl OperationField {
    pub(crate) fn new(field: &Field) -> Result<Self> {
        let name =
            field.ident.clone().ok_or_else(|| Error::new(field.span(), "an operation has named fields"))?;
        let mut place = None;
        for attribute in &field.attrs {
            let path = attribute.path();
            if path.is_ident("path") {
                place = Some(Place::Path);
            } else if path.is_ident("body") {
                place = Some(Place::Body);
            } else if path.is_ident("query") {
                place = Some(Place::Query(query(attribute, &name)?));
            } else if path.is_ident("form") {
                place = Some(form(attribute, &name)?);
            }
        }
        let place = place.ok_or_else(|| {
            Error::new(name.span(), "say where it goes: #[path], #[query], #[form] or #[body]")
        })?;
        let docs = field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect();
        Ok(Self { name, ty: field.ty.clone(), docs, place })
    }

    /// The type inside `Option`, where the field is optional.
    pub(crate) fn optional(&self) -> Option<&Type> {
        argument_of(&self.ty, "Option")
    }

    /// Whether the field may be left out: an `Option` or a list.
    pub(crate) fn is_optional(&self) -> bool {
        self.optional().is_some() || self.element().is_some()
    }

    /// The type inside `Vec`, where the field is a list.
    pub(crate) fn element(&self) -> Option<&Type> {
        argument_of(&self.ty, "Vec")
    }

    /// The signature of the setter behind `self`: its argument, and how it becomes the field's value.
    pub(crate) fn setter(&self) -> Option<(TokenStream, TokenStream)> {
        if let Some(ty) = self.optional() {
            return Some((quote!(impl Into<#ty>), quote!(Some(value.into()))));
        }
        let element = self.element()?;
        Some((
            quote!(impl IntoIterator<Item = impl Into<#element>>),
            quote!(value.into_iter().map(Into::into).collect()),
        ))
    }

    /// The code that puts the field into the request.
    pub(crate) fn encode(&self, has_legacy: bool) -> TokenStream {
        let field = &self.name;
        match &self.place {
            Place::Path => TokenStream::new(),
            Place::Body if self.optional().is_some() => {
                quote!(if let Some(body) = &self.#field { request.json(body)?; })
            }
            Place::Body => quote!(request.json(&self.#field)?;),
            Place::Query(query) => self.encode_query(query, has_legacy),
            Place::Form { name, is_secret } => {
                let put = if *is_secret { quote!(form_secret) } else { quote!(form) };
                match self.optional() {
                    Some(_) => quote!(request.#put(#name, self.#field.as_ref());),
                    None => quote!(request.#put(#name, Some(&self.#field));),
                }
            }
        }
    }

    fn encode_query(&self, query: &Query, has_legacy: bool) -> TokenStream {
        let (field, name) = (&self.name, &query.name);
        let wire = match &query.legacy {
            Some(legacy) => quote!(if is_legacy { #legacy } else { #name }),
            None => quote!(#name),
        };
        let (given, put) = if self.element().is_some() {
            let each = if query.repeats { quote!(query_each) } else { quote!(query_list) };
            (quote!(!self.#field.is_empty()), quote!(request.#each(#wire, &self.#field);))
        } else if self.optional().is_some() {
            (quote!(self.#field.is_some()), quote!(request.query(#wire, self.#field.as_ref());))
        } else {
            (quote!(true), quote!(request.query(#wire, Some(&self.#field));))
        };
        match &query.only {
            Some(only) if has_legacy => {
                let elsewhere = if only == "Legacy" { quote!(!is_legacy) } else { quote!(is_legacy) };
                quote!(if #elsewhere { request.refuse(#name, #given)?; } else { #put })
            }
            _ => put,
        }
    }
}

fn query(attribute: &Attribute, field: &Ident) -> Result<Query> {
    let mut query = Query { name: field.to_string(), legacy: None, only: None, repeats: false };
    each_option(attribute, |meta| {
        if meta.path.is_ident("name") {
            query.name = meta.value()?.parse::<LitStr>()?.value();
        } else if meta.path.is_ident("legacy") {
            query.legacy = Some(meta.value()?.parse::<LitStr>()?.value());
        } else if meta.path.is_ident("repeat") {
            query.repeats = true;
        } else if meta.path.is_ident("only") {
            let home: Ident = meta.value()?.parse()?;
            if home != "Current" && home != "Legacy" {
                return Err(Error::new(home.span(), "`only` is Current or Legacy"));
            }
            query.only = Some(home);
        } else {
            return Err(meta.error("#[query] takes name, legacy, only and repeat"));
        }
        Ok(())
    })?;
    Ok(query)
}

fn form(attribute: &Attribute, field: &Ident) -> Result<Place> {
    let (mut name, mut is_secret) = (field.to_string(), false);
    each_option(attribute, |meta| {
        if meta.path.is_ident("name") {
            name = meta.value()?.parse::<LitStr>()?.value();
        } else if meta.path.is_ident("secret") {
            is_secret = true;
        } else {
            return Err(meta.error("#[form] takes name and secret"));
        }
        Ok(())
    })?;
    Ok(Place::Form { name, is_secret })
}

fn each_option(attribute: &Attribute, read: impl FnMut(ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    match attribute.meta {
        syn::Meta::Path(_) => Ok(()),
        _ => attribute.parse_nested_meta(read),
    }
}

fn argument_of<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
