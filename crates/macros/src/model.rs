//! What `#[model]` writes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Error, Field, Fields, Ident, ItemStruct, LitStr, Result, Type, parse::Parser};

use crate::words::{camel_case, docs, field_shape, object_shape, spelt, text_of};

/// How one field is read, where `#[model(…)]` says more than its name and type do.
#[derive(Default)]
struct Reading {
    required: bool,
    name: Option<LitStr>,
    aliases: Vec<LitStr>,
}

pub(crate) fn expand(attribute: &TokenStream, item: TokenStream) -> Result<TokenStream> {
    let from = from(attribute)?.map(|wire| quote!(#[serde(from = #wire)]));
    let mut item: ItemStruct = syn::parse2(item)?;
    let Fields::Named(fields) = &mut item.fields else {
        return Err(Error::new_spanned(&item, "a model has named fields"));
    };
    let (mut has_required, mut shapes) = (false, Vec::new());
    for field in &mut fields.named {
        let (required, shape) = read_field(field, from.is_some())?;
        has_required |= required;
        shapes.push(shape);
    }
    let shape = object_shape(&quote!(crate), &item.ident, &docs(&item.attrs), &shapes);
    let default = (!has_required).then(|| quote!(Default,));
    let lenient = lenient(&item.ident, has_required);
    Ok(quote! {
        #[derive(Clone, Debug, #default PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #from
        #[non_exhaustive]
        #item
        #lenient
        #shape
    })
}

/// The type that the answer is read as, where it is another than the model itself.
fn from(attribute: &TokenStream) -> Result<Option<String>> {
    let mut from = None;
    let options = syn::meta::parser(|meta| {
        if !meta.path.is_ident("from") {
            return Err(meta.error("#[model] takes from; its fields take the rest"));
        }
        from = Some(meta.value()?.parse::<Ident>()?.to_string());
        Ok(())
    });
    options.parse2(attribute.clone())?;
    Ok(from)
}

/// Puts serde's attribute in the place of ours; says whether the field must be there, and what it is. One that has an
/// attribute of serde's already is read as that says.
fn read_field(field: &mut Field, is_made: bool) -> Result<(bool, TokenStream)> {
    let reading = reading(&field.attrs)?;
    field.attrs.retain(|attribute| !attribute.path().is_ident("model"));
    let ident = field.ident.as_ref().map(Ident::to_string).unwrap_or_default();
    let own = own_reading(&field.attrs)?;
    let name = reading.name.as_ref().map(LitStr::value).or(own.name).unwrap_or_else(|| ident.clone());
    let own_spellings: Vec<_> = std::iter::once(name.clone()).chain(own.aliases.iter().cloned()).collect();
    let mut spellings = vec![name.clone()];
    spellings.extend(Some(camel_case(&name)).filter(|other| *other != name));
    spellings.extend(reading.aliases.iter().map(LitStr::value).chain(own.aliases));
    let shape = field_shape(
        &quote!(crate),
        (&name, &spellings),
        &field.ty,
        (reading.required, own.is_flat),
        &docs(&field.attrs),
    );
    let read_under = if own.is_there { &own_spellings } else { &spellings };
    if !(is_made || own.is_flat) && *read_under != [ident] {
        field.attrs.push(spelt(read_under));
    }
    if own.is_there {
        return Ok((false, shape));
    }
    if !(reading.required || is_made) && matches!(&field.ty, Type::Path(ty) if ty.path.is_ident("bool")) {
        let message = "a service may leave a flag out, and what it then is must not be made up: Option<bool>";
        return Err(Error::new_spanned(&field.ty, message));
    }
    let rename = reading.name.as_ref().map(|name| quote!(rename = #name,));
    let aliases = &spellings[1..];
    let lenient = (!reading.required).then(|| quote!(default, deserialize_with = "crate::lenient::read"));
    field.attrs.push(syn::parse_quote!(#[serde(#rename #(alias = #aliases,)* #lenient)]));
    Ok((reading.required, shape))
}

/// What an attribute of serde's own says of a field.
#[derive(Default)]
struct OwnReading {
    is_there: bool,
    name: Option<String>,
    aliases: Vec<String>,
    is_flat: bool,
}

fn own_reading(attributes: &[Attribute]) -> Result<OwnReading> {
    let mut own = OwnReading::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        own.is_there = true;
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("flatten") {
                own.is_flat = true;
            } else if meta.path.is_ident("rename") {
                own.name = Some(text_of(&meta)?);
            } else if meta.path.is_ident("alias") {
                own.aliases.push(text_of(&meta)?);
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        })?;
    }
    Ok(own)
}

fn reading(attributes: &[Attribute]) -> Result<Reading> {
    let mut reading = Reading::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("model")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("required") {
                reading.required = true;
            } else if meta.path.is_ident("name") {
                reading.name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("alias") {
                reading.aliases.push(meta.value()?.parse()?);
            } else {
                return Err(meta.error("#[model] takes required, name and alias"));
            }
            Ok(())
        })?;
    }
    Ok(reading)
}

/// How fields of other models read this one.
fn lenient(model: &Ident, has_required: bool) -> TokenStream {
    let read = (!has_required).then(|| {
        quote! {
            impl crate::lenient::Read for #model {
                fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    crate::lenient::or_default(deserializer)
                }
            }
        }
    });
    quote! {
        #read
        impl crate::lenient::Unset for #model {
            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_cannot_read_is_refused() {
        for item in [
            "struct A(u8);",
            "struct A { #[model(optional)] a: String }",
            "struct A { a: bool }",
            "enum A {}",
        ] {
            assert!(expand(&TokenStream::new(), item.parse().unwrap()).is_err(), "{item}");
        }
        assert!(
            expand(
                &quote!(required),
                quote!(
                    struct A {
                        a: String,
                    }
                )
            )
            .is_err()
        );
    }
}
