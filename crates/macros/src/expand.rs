//! What `#[operation]` writes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Error, Fields, GenericArgument, ItemStruct, PathArguments, Result, Type};

use crate::{
    attribute::{Attribute, Home},
    field::{OperationField, Place},
};

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let attribute: Attribute = syn::parse2(attribute)?;
    let item: ItemStruct = syn::parse2(item)?;
    let fields = match &item.fields {
        Fields::Named(fields) => fields.named.iter().map(OperationField::new).collect::<Result<Vec<_>>>()?,
        Fields::Unit => Vec::new(),
        Fields::Unnamed(_) => return Err(Error::new_spanned(&item, "an operation has named fields")),
    };
    let operation = Operation { attribute, item, fields };
    let (definition, inherent) = (operation.definition(), operation.inherent());
    let (implementation, options) = (operation.implementation()?, operation.options());
    let paged = operation.paged()?;
    Ok(quote!(#definition #inherent #implementation #paged #options))
}

struct Operation {
    attribute: Attribute,
    item: ItemStruct,
    fields: Vec<OperationField>,
}

impl Operation {
    fn name(&self) -> &Ident {
        &self.item.ident
    }

    fn has_pages(&self) -> bool {
        self.attribute.home.paging.is_some()
    }

    fn definition(&self) -> TokenStream {
        let (attributes, visibility, name) = (&self.item.attrs, &self.item.vis, self.name());
        let fields = self.fields.iter().map(|field| {
            let (name, ty, docs) = (&field.name, &field.ty, &field.docs);
            quote!(#(#docs)* #name: #ty)
        });
        let page = self.has_pages().then(|| quote!(page: ::orglib_core::PageRequest,));
        quote! {
            #(#attributes)*
            #[derive(Clone, Debug)]
            #visibility struct #name { #(#fields,)* #page }
        }
    }

    fn inherent(&self) -> TokenStream {
        let (visibility, name) = (&self.item.vis, self.name());
        let required = self.fields.iter().filter(|field| !field.is_optional());
        let arguments = required.clone().map(|field| {
            let (name, ty) = (&field.name, &field.ty);
            quote!(#name: impl Into<#ty>)
        });
        let values = self.fields.iter().map(|field| {
            let name = &field.name;
            if field.is_optional() { quote!(#name: Default::default()) } else { quote!(#name: #name.into()) }
        });
        let page = self.has_pages().then(|| quote!(page: Default::default(),));
        let setters = self.setters(|name, argument, value| {
            quote! {
                #[must_use]
                #visibility fn #name(mut self, value: #argument) -> Self {
                    self.#name = #value;
                    self
                }
            }
        });
        quote! {
            impl #name {
                /// The operation with what it needs.
                #[must_use]
                #[allow(clippy::new_without_default, reason = "operations are made by name, uniformly")]
                #visibility fn new(#(#arguments),*) -> Self {
                    Self { #(#values,)* #page }
                }
                #(#setters)*
            }
        }
    }

    fn setters(&self, write: impl Fn(&Ident, TokenStream, TokenStream) -> TokenStream) -> Vec<TokenStream> {
        let setters = self.fields.iter().filter_map(|field| {
            let (argument, value) = field.setter()?;
            let docs = &field.docs;
            let fallback = format!("Sets `{}`.", field.name);
            let docs = if docs.is_empty() { quote!(#[doc = #fallback]) } else { quote!(#(#docs)*) };
            let setter = write(&field.name, argument, value);
            Some(quote!(#docs #setter))
        });
        setters.collect()
    }

    fn implementation(&self) -> Result<TokenStream> {
        let name = self.name();
        let common = self.attribute.common();
        let meta = self.attribute.home.meta(&common)?;
        let legacy = self.attribute.legacy.as_ref().map(|home| home.meta(&common)).transpose()?;
        let has_legacy = legacy.is_some();
        let legacy = legacy
            .map(|meta| quote!(const LEGACY: Option<&'static ::orglib_core::OperationMeta> = Some(&#meta);));
        let is_legacy = has_legacy.then(|| {
            quote! {
                let is_legacy = Self::LEGACY.is_some_and(|legacy| legacy.id == request.meta().id);
                let _ = is_legacy;
            }
        });
        let path = self.path_code()?;
        let encode = self.fields.iter().map(|field| field.encode(has_legacy));
        let check = self.attribute.check.as_ref().map(|check| quote!(request.check(#check(self))?;));
        let page = self.has_pages().then(|| quote!(request.page(&self.page);));
        let (output, decode) = self.output();
        Ok(quote! {
            impl ::orglib_core::Operation for #name {
                const META: &'static ::orglib_core::OperationMeta = &#meta;
                #legacy
                type Output = #output;

                fn encode(
                    &self,
                    request: &mut ::orglib_core::RequestBuilder<'_>,
                ) -> ::core::result::Result<(), ::orglib_core::Error> {
                    #is_legacy
                    #check
                    #path
                    #(#encode)*
                    #page
                    Ok(())
                }

                fn decode(
                    &self,
                    response: ::orglib_core::RawResponse,
                ) -> ::core::result::Result<Self::Output, ::orglib_core::Error> {
                    #decode
                }
            }
        })
    }

    fn output(&self) -> (TokenStream, TokenStream) {
        match &self.attribute.output {
            Some(output) if !self.attribute.has_no_output() => {
                let response = match &self.attribute.within {
                    Some(key) => quote!(response.within(#key)),
                    None => quote!(response),
                };
                (quote!(#output), quote!(::orglib_core::FromResponse::from_response(#response)))
            }
            _ => (quote!(()), quote!(let _ = response; Ok(()))),
        }
    }

    /// Sets each parameter of the path, under the spelling of each home.
    fn path_code(&self) -> Result<TokenStream> {
        let homes: Vec<&Home> = std::iter::once(&self.attribute.home).chain(&self.attribute.legacy).collect();
        let mut code = TokenStream::new();
        for field in self.fields.iter().filter(|field| matches!(field.place, Place::Path)) {
            let (name, text) = (&field.name, field.name.to_string());
            let mut spellings: Vec<String> = homes
                .iter()
                .flat_map(|home| home.parameters())
                .filter(|parameter| snake_case(parameter) == text)
                .collect();
            spellings.dedup();
            if spellings.is_empty() {
                return Err(Error::new(name.span(), "the path has no parameter of this name"));
            }
            code.extend(quote!(#(request.path(#spellings, &self.#name)?;)*));
        }
        for parameter in homes.iter().flat_map(|home| home.parameters()) {
            if !self.fields.iter().any(|field| field.name == snake_case(&parameter)) {
                let message = format!("the path's parameter `{parameter}` has no field");
                return Err(Error::new_spanned(self.name(), message));
            }
        }
        Ok(code)
    }

    fn paged(&self) -> Result<Option<TokenStream>> {
        if !self.has_pages() {
            return Ok(None);
        }
        let name = self.name();
        let item =
            self.attribute.output.as_ref().and_then(page_item).ok_or_else(|| {
                Error::new_spanned(name, "an operation with `paging` has `output = Page<…>`")
            })?;
        Ok(Some(quote! {
            impl ::orglib_core::PagedOperation for #name {
                type Item = #item;

                fn page_request_mut(&mut self) -> &mut ::orglib_core::PageRequest {
                    &mut self.page
                }
            }
        }))
    }

    /// The trait that gives a call and a list the setters of the operation.
    fn options(&self) -> Option<TokenStream> {
        let (visibility, name) = (&self.item.vis, self.name());
        let setters = self.setters(|setter, argument, _| {
            quote! {
                #[must_use]
                fn #setter(self, value: #argument) -> Self {
                    ::orglib_core::WithOperation::map_operation(self, |operation| operation.#setter(value))
                }
            }
        });
        if setters.is_empty() {
            return None;
        }
        let options = format_ident!("{name}Options");
        let docs = format!("The optional arguments of [`{name}`], for a call or a list of it.");
        Some(quote! {
            #[doc = #docs]
            #visibility trait #options: ::orglib_core::WithOperation<#name> {
                #(#setters)*
            }

            impl<T: ::orglib_core::WithOperation<#name>> #options for T {}
        })
    }
}

fn page_item(output: &Type) -> Option<&Type> {
    let Type::Path(path) = output else { return None };
    let page = path.path.segments.last().filter(|segment| segment.ident == "Page")?;
    let PathArguments::AngleBracketed(arguments) = &page.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// `orgId` and `org_id` are one field.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}
