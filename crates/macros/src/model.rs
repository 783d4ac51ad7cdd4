//! What `#[model]` writes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Error, Field, Fields, Ident, ItemStruct, LitStr, Result, spanned::Spanned};

/// How one field is read, where `#[model(…)]` says more than its name and type do.
#[derive(Default)]
struct Reading {
    required: bool,
    name: Option<LitStr>,
    aliases: Vec<LitStr>,
}

pub(crate) fn expand(attribute: &TokenStream, item: TokenStream) -> Result<TokenStream> {
    if !attribute.is_empty() {
        return Err(Error::new(attribute.span(), "#[model] takes no arguments; its fields do"));
    }
    let mut item: ItemStruct = syn::parse2(item)?;
    let Fields::Named(fields) = &mut item.fields else {
        return Err(Error::new_spanned(&item, "a model has named fields"));
    };
    let mut has_required = false;
    for field in &mut fields.named {
        has_required |= read_field(field)?;
    }
    let default = (!has_required).then(|| quote!(Default,));
    let lenient = lenient(&item.ident, has_required);
    Ok(quote! {
        #[derive(Clone, Debug, #default PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #[non_exhaustive]
        #item
        #lenient
    })
}

/// Puts serde's attribute in the place of ours, and says whether the field must be there. One that has an attribute of
/// serde's already is read as that says.
fn read_field(field: &mut Field) -> Result<bool> {
    if field.attrs.iter().any(|attribute| attribute.path().is_ident("serde")) {
        return Ok(false);
    }
    let reading = reading(&field.attrs)?;
    field.attrs.retain(|attribute| !attribute.path().is_ident("model"));
    let ident = field.ident.as_ref().map(Ident::to_string).unwrap_or_default();
    let name = reading.name.as_ref().map_or(ident, LitStr::value);
    let other = camel_case(&name);
    let rename = reading.name.as_ref().map(|name| quote!(rename = #name,));
    let alias = (other != name).then(|| quote!(alias = #other,));
    let aliases = &reading.aliases;
    let lenient = (!reading.required).then(|| quote!(default, deserialize_with = "crate::lenient::read"));
    field.attrs.push(syn::parse_quote!(#[serde(#rename #alias #(alias = #aliases,)* #lenient)]));
    Ok(reading.required)
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

/// The other host's spelling: `departmentId` of `department_id`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
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
    }

    #[test]
    fn what_it_cannot_read_is_refused() {
        for item in ["struct A(u8);", "struct A { #[model(optional)] a: String }", "enum A {}"] {
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
