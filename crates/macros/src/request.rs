//! What `#[request]` writes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, Field, Fields, Ident, ItemStruct, Result, Type, parse::Parser, spanned::Spanned};

use crate::{
    field::{Wrapping, unwrap},
    words::{Spelling, docs, field_shape, object_shape, snake_case, spelt, text_of},
};

/// One field of a request.
struct Part {
    name: Ident,
    ty: Type,
    wrapping: Wrapping,
    inner: Type,
    /// The name by which people and files give it.
    given: String,
    wire: String,
    docs: String,
}

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let mut spelling = Spelling::Snake;
    let options = syn::meta::parser(|meta| {
        if !meta.path.is_ident("spelling") {
            return Err(meta.error("#[request] takes spelling"));
        }
        spelling = Spelling::parse(&meta.value()?.parse()?)?;
        Ok(())
    });
    options.parse2(attribute)?;
    let mut item: ItemStruct = syn::parse2(item)?;
    let Fields::Named(fields) = &mut item.fields else {
        return Err(Error::new_spanned(&item, "a request has named fields"));
    };
    let parts = fields.named.iter_mut().map(|field| part(field, spelling)).collect::<Result<Vec<_>>>()?;
    let (constructor, values) = (constructor(&item, &parts), from_value(&item, &parts));
    let shapes: Vec<_> = parts.iter().map(Part::shape).collect();
    let shape = object_shape(&quote!(crate), &item.ident, &docs(&item.attrs), &shapes);
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize)]
        #[non_exhaustive]
        #item
        #constructor
        #values
        #shape
    })
}

/// Puts serde's attribute in the place of ours, and says what the field is.
fn part(field: &mut Field, spelling: Spelling) -> Result<Part> {
    let name = field.ident.clone().ok_or_else(|| Error::new(field.span(), "a request has named fields"))?;
    let mut wire = name.to_string();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("request")) {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("name") {
                return Err(meta.error("#[request] of a field takes name"));
            }
            wire = text_of(&meta)?;
            Ok(())
        })?;
    }
    field.attrs.retain(|attribute| !attribute.path().is_ident("request"));
    let (given, wire) = (snake_case(&wire), spelling.of(&wire));
    let (wrapping, inner) = unwrap(&field.ty);
    let inner = inner.clone();
    let skip = match wrapping {
        Wrapping { optional: true, .. } => Some(quote!(skip_serializing_if = "Option::is_none")),
        Wrapping { clearable: true, .. } => Some(quote!(skip_serializing_if = "crate::Patch::is_keep")),
        _ => None,
    };
    let docs = docs(&field.attrs);
    if name != wire {
        field.attrs.push(spelt(std::slice::from_ref(&wire)));
    }
    field.attrs.push(syn::parse_quote!(#[serde(rename = #wire, #skip)]));
    Ok(Part { name, ty: field.ty.clone(), wrapping, inner, given, wire, docs })
}

impl Part {
    fn is_optional(&self) -> bool {
        self.wrapping.optional || self.wrapping.clearable
    }

    /// The type of the argument that sets it, and how the argument, called `value`, becomes the field's value.
    fn argument(&self) -> (TokenStream, TokenStream) {
        let (inner, ty) = (&self.inner, &self.ty);
        let (argument, value) = match self.wrapping {
            Wrapping { clearable: true, .. } => (quote!(impl Into<#ty>), quote!(value.into())),
            Wrapping { many: true, .. } => (
                quote!(impl IntoIterator<Item = impl Into<#inner>>),
                quote!(value.into_iter().map(Into::into).collect()),
            ),
            _ => (quote!(impl Into<#inner>), quote!(value.into())),
        };
        (argument, if self.wrapping.optional { quote!(Some(#value)) } else { value })
    }

    fn shape(&self) -> TokenStream {
        let names = (self.given.as_str(), std::slice::from_ref(&self.wire));
        field_shape(&quote!(crate), names, &self.ty, (!self.is_optional(), false), &self.docs)
    }
}

/// The constructor with what is required, and a setter for each of the rest.
fn constructor(item: &ItemStruct, parts: &[Part]) -> TokenStream {
    let (visibility, ty) = (&item.vis, &item.ident);
    let arguments = parts.iter().filter(|part| !part.is_optional()).map(|part| {
        let (name, (argument, _)) = (&part.name, part.argument());
        quote!(#name: #argument)
    });
    let values = parts.iter().map(|part| {
        let (name, (_, value)) = (&part.name, part.argument());
        if part.is_optional() {
            quote!(#name: Default::default())
        } else {
            quote!(#name: { let value = #name; #value })
        }
    });
    let setters = parts.iter().filter(|part| part.is_optional()).map(|part| {
        let (name, (argument, value)) = (&part.name, part.argument());
        let docs = format!("Sets: {}", part.docs);
        let spelt = (*name != part.wire).then(|| spelt(std::slice::from_ref(&part.wire)));
        quote! {
            #[doc = #docs]
            #spelt
            #[must_use]
            #visibility fn #name(mut self, value: #argument) -> Self {
                self.#name = #value;
                self
            }
        }
    });
    quote! {
        impl #ty {
            /// One with what it needs.
            #[must_use]
            #[allow(clippy::new_without_default, reason = "requests are made by name, uniformly")]
            #visibility fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
            #(#setters)*
        }
    }
}

/// How it is made of values that somebody gave by name: field by field, so that each slip is named.
fn from_value(item: &ItemStruct, parts: &[Part]) -> TokenStream {
    let ty = &item.ident;
    let known = parts.iter().map(|part| &part.given);
    let fields = parts.iter().map(|part| {
        let (name, given) = (&part.name, &part.given);
        if part.is_optional() {
            quote!(#name: values.optional(#given)?)
        } else {
            quote!(#name: values.required(#given)?)
        }
    });
    quote! {
        impl crate::value::FromValue for #ty {
            fn from_value(value: &::serde_json::Value) -> Result<Self, crate::value::InvalidValue> {
                let mut values = crate::value::Values::of_object(value)?;
                let made = Self { #(#fields),* };
                values.finish(&[#(#known),*])?;
                Ok(made)
            }
        }
    }
}
