//! Names and docs, as the macros turn them.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Result, meta::ParseNestedMeta};

/// How the names of one host are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Snake,
    Camel,
}

impl Spelling {
    /// The word behind `spelling =`.
    pub(crate) fn parse(word: &syn::Ident) -> Result<Self> {
        match word.to_string().as_str() {
            "snake" => Ok(Self::Snake),
            "camel" => Ok(Self::Camel),
            _ => Err(syn::Error::new(word.span(), "`spelling` is snake or camel")),
        }
    }

    /// The habit of a host.
    pub(crate) fn of_host(host: &str) -> Self {
        if matches!(host, "Api360" | "Code42" | "Code42Gateway") { Self::Camel } else { Self::Snake }
    }

    /// The name in this spelling.
    pub(crate) fn of(self, name: &str) -> String {
        match self {
            Self::Snake => name.to_owned(),
            Self::Camel => camel_case(name),
        }
    }
}

/// `departmentId` of `department_id`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}

/// `orgId` and `org_id` are one field; a run of capitals, as in `authTTL`, is one word.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    let mut in_capitals = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && !in_capitals {
            snake.push('_');
        }
        in_capitals = character.is_ascii_uppercase();
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// The doc comment as one text, with its line breaks and links as they stand.
pub(crate) fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// What the page of a field adds to its docs: its names in JSON. No part of the docs that are facts.
pub(crate) fn spelt(names: &[String]) -> Attribute {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let docs = format!("\nIn JSON: {}.", names.join(" or "));
    syn::parse_quote!(#[doc = #docs])
}

/// Reads what stands in the parentheses of an attribute, if it has any.
pub(crate) fn each_option(
    attribute: &Attribute,
    read: impl FnMut(ParseNestedMeta<'_>) -> Result<()>,
) -> Result<()> {
    match attribute.meta {
        Meta::Path(_) => Ok(()),
        _ => attribute.parse_nested_meta(read),
    }
}

/// The text behind an option's `=`.
pub(crate) fn text_of(meta: &ParseNestedMeta<'_>) -> Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

/// One field of an object, as its shape has it. `models` is the path of the crate `orglib-models`.
pub(crate) fn field_shape(
    models: &TokenStream,
    (name, spellings): (&str, &[String]),
    ty: &impl ToTokens,
    (required, flat): (bool, bool),
    docs: &str,
) -> TokenStream {
    let flat = flat.then(|| quote!(.flat()));
    quote! {
        #models::shape::Field::new(
            #name, &[#(#spellings),*], <#ty as #models::shape::Shaped>::SHAPE, #docs
        ).required(#required) #flat
    }
}

/// The shape of an object.
pub(crate) fn object_shape(
    models: &TokenStream,
    ty: &syn::Ident,
    docs: &str,
    fields: &[TokenStream],
) -> TokenStream {
    let name = ty.to_string();
    quote! {
        impl #models::shape::Shaped for #ty {
            const SHAPE: #models::shape::Shape = #models::shape::Shape::of(#models::shape::Kind::Object(|| {
                static OBJECT: #models::shape::Object =
                    #models::shape::Object::new(#name, #docs, &[#(#fields),*]);
                &OBJECT
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_spelling_has_humps() {
        for (name, other) in [
            ("department_id", "departmentId"),
            ("is_2fa_enabled", "is2faEnabled"),
            ("has_2fa", "has2fa"),
            ("name", "name"),
            ("org_ext_ref", "orgExtRef"),
        ] {
            assert_eq!(camel_case(name), other);
        }
        assert_eq!(snake_case("departmentId"), "department_id");
    }
}
