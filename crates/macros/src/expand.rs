//! What `#[operation]` writes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Error, Fields, GenericArgument, ItemStruct, PathArguments, Result, Type};

use crate::{
    attribute::{Attribute, Home, Starts},
    field::{OperationField, Place},
    words::{docs, snake_case},
};

/// Methods of calls, beside which a setter of the same name could not stand.
const OF_CALLS: &[&str] =
    &["find", "generation", "header", "operation", "patient", "request", "send", "send_full", "timeout"];

/// Methods that lists have besides.
const OF_LISTS: &[&str] =
    &["limit", "page_size", "pages", "resume_from", "starting_at_page", "stream", "try_collect"];

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let attribute: Attribute = syn::parse2(attribute)?;
    let item: ItemStruct = syn::parse2(item)?;
    let fields = match &item.fields {
        Fields::Named(fields) => fields.named.iter().map(OperationField::new).collect::<Result<Vec<_>>>()?,
        Fields::Unit => Vec::new(),
        Fields::Unnamed(_) => return Err(Error::new_spanned(&item, "an operation has named fields")),
    };
    let of_lists = if attribute.home.paging.is_some() { OF_LISTS } else { &[] };
    for field in fields.iter().filter(|field| field.is_optional()) {
        let name = field.name.to_string();
        if OF_CALLS.iter().chain(of_lists).any(|method| *method == name) {
            let message = format!(
                "a call has a method `{name}` of its own; call the field otherwise and say `name = \"{name}\"`"
            );
            return Err(Error::new(field.name.span(), message));
        }
    }
    let core = attribute.core();
    let operation = Operation { attribute, core, item, fields };
    let (definition, inherent) = (operation.definition(), operation.inherent());
    let (implementation, options) = (operation.implementation()?, operation.options());
    let (paged, values, task) = (operation.paged()?, operation.made_of_values(), operation.task()?);
    Ok(quote!(#definition #inherent #implementation #paged #values #task #options))
}

struct Operation {
    attribute: Attribute,
    /// The path of the crate `orglib-core`.
    core: TokenStream,
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
            let spelt = self.spelt(field);
            quote!(#(#docs)* #spelt #name: #ty)
        });
        let core = &self.core;
        let page = self.has_pages().then(|| quote!(page: #core::PageRequest,));
        let route = self.attribute.route_docs().map(|route| quote!(#[doc = #route]));
        quote! {
            #(#attributes)*
            #route
            #[derive(Clone, Debug)]
            #visibility struct #name { #(#fields,)* #page }
        }
    }

    fn inherent(&self) -> TokenStream {
        let (visibility, name) = (&self.item.vis, self.name());
        let required = self.fields.iter().filter(|field| !field.is_optional());
        let arguments = required.clone().map(|field| {
            let (name, (argument, _)) = (&field.name, field.argument());
            quote!(#name: #argument)
        });
        let values = self.fields.iter().map(|field| {
            let (name, (_, value)) = (&field.name, field.argument());
            if field.is_optional() {
                quote!(#name: Default::default())
            } else {
                quote!(#name: { let value = #name; #value })
            }
        });
        let page = self.has_pages().then(|| quote!(page: Default::default(),));
        let spelt =
            required.filter_map(|field| Some(format!("\n`{}`: {}", field.name, self.spelling_of(field)?)));
        let spelt: Vec<_> = spelt.collect();
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
                #(#[doc = #spelt])*
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
        let setters = self.fields.iter().filter(|field| field.is_optional()).map(|field| {
            let (argument, value) = field.argument();
            let docs = &field.docs;
            let fallback = format!("Sets `{}`.", field.name);
            let docs = if docs.is_empty() { quote!(#[doc = #fallback]) } else { quote!(#(#docs)*) };
            let (spelt, setter) = (self.spelt(field), write(&field.name, argument, value));
            quote!(#docs #spelt #setter)
        });
        setters.collect()
    }

    fn implementation(&self) -> Result<TokenStream> {
        let (name, core) = (self.name(), &self.core);
        let meta = self.meta(&self.attribute.home, false)?;
        let legacy = self.attribute.legacy.as_ref().map(|home| self.meta(home, true)).transpose()?;
        let legacy = legacy.map(|meta| {
            quote! {
                const LEGACY: Option<&'static #core::OperationMeta> = {
                    static LEGACY: #core::OperationMeta = #meta;
                    Some(&LEGACY)
                };
            }
        });
        let is_legacy = self.attribute.legacy.is_some().then(|| {
            quote! {
                let is_legacy = Self::LEGACY.is_some_and(|legacy| legacy.id == request.meta().id);
                let _ = is_legacy;
            }
        });
        let path = self.path_code()?;
        let is_object = self.fields.iter().any(|field| field.place == Place::Property);
        let object = is_object.then(|| quote!(request.object();));
        let encode = self.fields.iter().map(|field| {
            let (wire, legacy) = self.wires(field);
            field.encode((&wire, legacy.as_deref()))
        });
        let assertions = self.fields.iter().map(|field| field.assertion(core));
        let check = self.attribute.check.as_ref().map(|check| quote!(request.check(#check(self))?;));
        let page = self.has_pages().then(|| quote!(request.page(&self.page);));
        let (output, decode) = self.output();
        Ok(quote! {
            #(#assertions)*

            impl #core::Operation for #name {
                // A static, for each use of a constant would be one of its own.
                const META: &'static #core::OperationMeta = {
                    static META: #core::OperationMeta = #meta;
                    &META
                };
                #legacy
                type Output = #output;

                fn encode(
                    &self,
                    request: &mut #core::RequestBuilder<'_>,
                ) -> ::core::result::Result<(), #core::Error> {
                    #is_legacy
                    #check
                    #path
                    #object
                    #(#encode)*
                    #page
                    Ok(())
                }

                fn decode(
                    &self,
                    response: #core::RawResponse,
                ) -> ::core::result::Result<Self::Output, #core::Error> {
                    #decode
                }
            }
        })
    }

    /// The names of a field on the wire: on the operation's own host, and on the legacy one where it has that too.
    fn wires(&self, field: &OperationField) -> (String, Option<String>) {
        let legacy = self.attribute.legacy.as_ref().map(|home| field.wire(home.spelling(), true));
        (field.wire(self.attribute.home.spelling(), false), legacy)
    }

    /// What a field's page adds to its docs, where the name on the wire is another. No part of the docs that are facts.
    fn spelt(&self, field: &OperationField) -> Option<TokenStream> {
        self.spelling_of(field).map(|sentence| format!("\n{sentence}")).map(|docs| quote!(#[doc = #docs]))
    }

    fn spelling_of(&self, field: &OperationField) -> Option<String> {
        let (wire, legacy) = self.wires(field);
        let place = match field.place {
            Place::Query => "the query",
            Place::Header => "the headers",
            Place::Form => "the form",
            Place::Property => "JSON",
            Place::Path | Place::Whole | Place::Bytes => return None,
        };
        let legacy = legacy.filter(|legacy| *legacy != wire && field.is_taken(true));
        match (legacy, field.is_taken(false)) {
            (Some(legacy), true) => Some(format!("In {place}: `{wire}`, on the legacy host `{legacy}`.")),
            (Some(legacy), false) => Some(format!("In {place}: `{legacy}`.")),
            (None, _) => (field.name != wire).then(|| format!("In {place}: `{wire}`.")),
        }
    }

    /// The META of one home, with all that the declaration says.
    fn meta(&self, home: &Home, is_legacy: bool) -> Result<TokenStream> {
        let core = &self.core;
        let meta = home.meta(core, &self.attribute.common())?;
        let docs = docs(&self.item.attrs);
        let in_path = home.parameters();
        let parameters = self.fields.iter().filter(|field| field.is_taken(is_legacy)).filter_map(|field| {
            let wire = match field.place {
                Place::Path => {
                    in_path.iter().find(|parameter| field.given() == snake_case(parameter))?.clone()
                }
                _ => field.wire(home.spelling(), is_legacy),
            };
            Some(field.parameter(core, &wire))
        });
        let (output, _) = self.output();
        Ok(quote! {
            #meta.with_description(
                #docs, &[#(#parameters),*], <#output as #core::__private::models::shape::Shaped>::SHAPE,
            )
        })
    }

    /// How it is made of values that somebody gave by name.
    fn made_of_values(&self) -> TokenStream {
        let (name, core) = (self.name(), &self.core);
        let known = self.fields.iter().map(OperationField::given);
        let fields = self.fields.iter().map(|field| {
            let (name, value) = (&field.name, field.made_of_values());
            quote!(#name: #value,)
        });
        let page = self.has_pages().then(|| quote!(page: Default::default(),));
        let task = self.named_task();
        quote! {
            impl #core::FromValues for #name {
                #task

                #[allow(unused_mut, unreachable_code, reason = "the same code for every operation")]
                fn from_values(
                    mut values: #core::__private::models::value::Values,
                ) -> ::core::result::Result<Self, #core::Error> {
                    use #core::__private::models::value::InvalidValue;
                    let made = || -> ::core::result::Result<Self, InvalidValue> {
                        let made = Self { #(#fields)* #page };
                        values.finish(&[#(#known),*])?;
                        Ok(made)
                    };
                    made().map_err(|error| {
                        #core::Error::build(<Self as #core::Operation>::META.id, error.to_string())
                    })
                }
            }
        }
    }

    /// What a call by name has to know of tasks.
    fn named_task(&self) -> Option<TokenStream> {
        let core = &self.core;
        if self.attribute.starts.is_some() {
            return Some(quote! {
                const TASK: #core::TaskRole = #core::TaskRole::Starts;

                fn started(&self, output: &Self::Output) -> Option<#core::NamedTask> {
                    #core::StartsTask::task(self, output).map(#core::NamedTask::of)
                }
            });
        }
        self.attribute.progress.as_ref().map(|_| {
            quote! {
                const TASK: #core::TaskRole = #core::TaskRole::Tells;

                fn told(&self) -> Option<#core::NamedTask> {
                    Some(#core::NamedTask::of(self.clone()))
                }
            }
        })
    }

    /// What makes it an operation that starts a task, or one that tells how far a task is.
    fn task(&self) -> Result<TokenStream> {
        let (name, core) = (self.name(), &self.core);
        let mut code = TokenStream::new();
        if self.attribute.starts.is_none() && self.attribute.outputs("Started") {
            let message =
                "what may go on after its answer says by `starts` which operation tells how far it is";
            return Err(Error::new_spanned(&self.attribute.output, message));
        }
        if let Some(Starts { task, fields }) = &self.attribute.starts {
            let fields = fields.iter();
            code.extend(quote! {
                impl #core::StartsTask for #name {
                    type Task = #task;

                    fn task(&self, output: &Self::Output) -> Option<#task> {
                        let id = #core::__private::models::NamesTask::names_task(output)?;
                        Some(#task::new(#(self.#fields.clone(),)* id))
                    }
                }
            });
        }
        if let Some(progress) = &self.attribute.progress {
            let in_path = self.fields.iter().rfind(|field| field.place == Place::Path);
            let message = "an operation that tells how far a task is has the task's id last in its path";
            let id = &in_path.ok_or_else(|| Error::new_spanned(name, message))?.name;
            code.extend(quote! {
                impl #core::TaskOperation for #name {
                    fn task_id(&self) -> &str {
                        self.#id.as_str()
                    }

                    fn progress(output: &Self::Output) -> #core::TaskProgress {
                        #progress(output)
                    }
                }
            });
        }
        Ok(code)
    }

    fn output(&self) -> (TokenStream, TokenStream) {
        let core = &self.core;
        match &self.attribute.output {
            Some(output) if !self.attribute.has_no_output() => {
                let response = match &self.attribute.within {
                    Some(key) => quote!(response.within(#key)),
                    None => quote!(response),
                };
                (quote!(#output), quote!(#core::FromResponse::from_response(#response)))
            }
            _ => (quote!(()), quote!(response.nothing())),
        }
    }

    /// Sets each parameter of the path, under the spelling of each home.
    fn path_code(&self) -> Result<TokenStream> {
        let homes: Vec<&Home> = std::iter::once(&self.attribute.home).chain(&self.attribute.legacy).collect();
        let mut code = TokenStream::new();
        for field in self.fields.iter().filter(|field| matches!(field.place, Place::Path)) {
            let (name, text) = (&field.name, &field.given());
            let mut spellings: Vec<String> = homes
                .iter()
                .flat_map(|home| home.parameters())
                .filter(|parameter| snake_case(parameter) == *text)
                .collect();
            spellings.dedup();
            if spellings.is_empty() {
                return Err(Error::new(name.span(), format!("the path has no parameter `{{{text}}}`")));
            }
            code.extend(quote!(#(request.path(#spellings, &self.#name)?;)*));
        }
        for parameter in homes.iter().flat_map(|home| home.parameters()) {
            let fills = |field: &OperationField| {
                field.place == Place::Path && field.given() == snake_case(&parameter)
            };
            if !self.fields.iter().any(fills) {
                let message = format!("the path's parameter `{parameter}` has no field with #[path]");
                return Err(Error::new_spanned(self.name(), message));
            }
        }
        Ok(code)
    }

    fn paged(&self) -> Result<Option<TokenStream>> {
        if !self.has_pages() {
            return Ok(None);
        }
        let (name, core) = (self.name(), &self.core);
        let item =
            self.attribute.output.as_ref().and_then(page_item).ok_or_else(|| {
                Error::new_spanned(name, "an operation with `paging` has `output = Page<…>`")
            })?;
        Ok(Some(quote! {
            impl #core::PagedOperation for #name {
                type Item = #item;

                fn page_request_mut(&mut self) -> &mut #core::PageRequest {
                    &mut self.page
                }
            }
        }))
    }

    /// The trait that gives a call and a list the setters of the operation.
    fn options(&self) -> Option<TokenStream> {
        let (visibility, name, core) = (&self.item.vis, self.name(), &self.core);
        let setters = self.setters(|setter, argument, _| {
            quote! {
                #[must_use]
                fn #setter(self, value: #argument) -> Self {
                    #core::WithOperation::map_operation(self, |operation| operation.#setter(value))
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
            #visibility trait #options: #core::WithOperation<#name> {
                #(#setters)*
            }

            impl<T: #core::WithOperation<#name>> #options for T {}
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
