//! One field of an operation.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Attribute, Error, Field, GenericArgument, Ident, LitStr, PathArguments, Result, Type, spanned::Spanned,
};

use crate::words::{Spelling, docs, each_option, snake_case, text_of};

/// Where a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Form,
    /// A property of the JSON object that is the body.
    Property,
    /// The body, as JSON.
    Whole,
    /// The body, as bytes.
    Bytes,
}

/// A wrapper that says whether a value must be there, and whether it is a list: the constructor has to know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrapping {
    pub(crate) optional: bool,
    pub(crate) clearable: bool,
    pub(crate) many: bool,
}

/// One field of an operation.
pub(crate) struct OperationField {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) place: Place,
    pub(crate) wrapping: Wrapping,
    /// The type inside the wrappers.
    inner: Type,
    /// The name on the wire, before it is spelt as the host spells.
    wire: String,
    legacy: Option<String>,
    only: Option<Ident>,
    /// Whether each value of a list is a pair of its own.
    repeats: bool,
    is_secret: bool,
    content_type: Option<LitStr>,
}

impl OperationField {
    pub(crate) fn new(field: &Field) -> Result<Self> {
        let name =
            field.ident.clone().ok_or_else(|| Error::new(field.span(), "an operation has named fields"))?;
        let (wrapping, inner) = unwrap(&field.ty);
        let mut this = Self {
            wire: name.to_string(),
            ty: field.ty.clone(),
            docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect(),
            place: Place::Path,
            wrapping,
            inner: inner.clone(),
            legacy: None,
            only: None,
            repeats: false,
            is_secret: false,
            content_type: None,
            name,
        };
        let mut placed = false;
        for attribute in field.attrs.iter().filter(|attribute| !attribute.path().is_ident("doc")) {
            let place = match attribute.path().get_ident().map(Ident::to_string).as_deref() {
                Some("path") => Place::Path,
                Some("query") => Place::Query,
                Some("header") => Place::Header,
                Some("form") => Place::Form,
                Some("body") => Place::Property,
                _ => return Err(Error::new_spanned(attribute, PLACES)),
            };
            if placed {
                return Err(Error::new_spanned(attribute, "a field goes to one place only"));
            }
            placed = true;
            this.place = place;
            each_option(attribute, |meta| this.option(&meta))?;
        }
        if placed { Ok(this) } else { Err(Error::new(this.name.span(), PLACES)) }
    }

    fn option(&mut self, meta: &syn::meta::ParseNestedMeta<'_>) -> Result<()> {
        let option = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
        match (option.as_str(), self.place) {
            ("name", _) => self.wire = text_of(meta)?,
            ("legacy", Place::Query | Place::Property | Place::Form) => self.legacy = Some(text_of(meta)?),
            ("repeat", Place::Query) => self.repeats = true,
            ("secret", Place::Form | Place::Property) => self.is_secret = true,
            ("whole", Place::Property) => self.place = Place::Whole,
            ("bytes", Place::Property) => {
                self.place = Place::Bytes;
                self.content_type = Some(meta.value()?.parse()?);
            }
            ("only", Place::Query | Place::Property) => {
                let home: Ident = meta.value()?.parse()?;
                if home != "Current" && home != "Legacy" {
                    return Err(Error::new(home.span(), "`only` is Current or Legacy"));
                }
                self.only = Some(home);
            }
            _ => return Err(meta.error(options(self.place))),
        }
        Ok(())
    }

    /// Whether the field may be left out. A list is a value in a body, where an empty one says something; elsewhere an
    /// empty one is as good as none.
    pub(crate) fn is_optional(&self) -> bool {
        let Wrapping { optional, clearable, many } = self.wrapping;
        optional || clearable || (many && !matches!(self.place, Place::Property | Place::Whole))
    }

    /// The name by which people and files give it.
    pub(crate) fn given(&self) -> String {
        snake_case(&self.wire)
    }

    /// The type of the argument that sets it, and how the argument, called `value`, becomes the field's value.
    pub(crate) fn argument(&self) -> (TokenStream, TokenStream) {
        let inner = &self.inner;
        let Wrapping { optional, clearable, many } = self.wrapping;
        let (argument, value) = match (clearable, many) {
            (true, _) => {
                let ty = &self.ty;
                (quote!(impl Into<#ty>), quote!(value.into()))
            }
            (false, true) => (
                quote!(impl IntoIterator<Item = impl Into<#inner>>),
                quote!(value.into_iter().map(Into::into).collect()),
            ),
            (false, false) => (quote!(impl Into<#inner>), quote!(value.into())),
        };
        (argument, if optional { quote!(Some(#value)) } else { value })
    }

    /// The name on the wire of one home.
    pub(crate) fn wire(&self, spelling: Spelling, is_legacy: bool) -> String {
        match (self.place, &self.legacy) {
            (Place::Whole | Place::Bytes, _) => String::new(),
            (Place::Header, _) => self.wire.to_ascii_lowercase().replace('_', "-"),
            (_, Some(legacy)) if is_legacy => legacy.clone(),
            _ => spelling.of(&self.wire),
        }
    }

    /// Whether the home takes it.
    pub(crate) fn is_taken(&self, is_legacy: bool) -> bool {
        self.only.as_ref().is_none_or(|only| (only == "Legacy") == is_legacy)
    }

    /// How the operation's META has it.
    pub(crate) fn parameter(&self, core: &TokenStream, wire: &str) -> TokenStream {
        let (given, docs, required) = (self.given(), docs(&self.docs), !self.is_optional());
        let place = match self.place {
            Place::Path => quote!(Path),
            Place::Query if self.repeats => quote!(QueryEach),
            Place::Query => quote!(Query),
            Place::Header => quote!(Header),
            Place::Form => quote!(Form),
            Place::Property => quote!(Property),
            Place::Whole | Place::Bytes => quote!(Body),
        };
        let shape = self.shape(core);
        quote! {
            #core::Parameter::new((#given, #wire), #core::Place::#place, #shape, #docs).required(#required)
        }
    }

    fn shape(&self, core: &TokenStream) -> TokenStream {
        let shape = quote!(#core::__private::models::shape);
        let kind = match (self.is_secret, self.place) {
            (true, _) => quote!(Secret),
            (_, Place::Bytes) => quote!(Bytes),
            _ => {
                let ty = &self.ty;
                return quote!(<#ty as #shape::Shaped>::SHAPE);
            }
        };
        let optional = self.wrapping.optional.then(|| quote!(.optional()));
        quote!(#shape::Shape::of(#shape::Kind::#kind) #optional)
    }

    /// Fails to compile where the type's own shape is another than its spelling says: an alias hides the wrapper.
    pub(crate) fn assertion(&self, core: &TokenStream) -> TokenStream {
        if self.is_secret || self.place == Place::Bytes {
            return TokenStream::new();
        }
        let (shape, models) = (self.shape(core), quote!(#core::__private::models::shape));
        let Wrapping { optional, clearable, many } = self.wrapping;
        let presence = match (optional, clearable) {
            (true, _) => quote!(Optional),
            (_, true) => quote!(Clearable),
            _ => quote!(Required),
        };
        let message =
            format!("write the type of `{}` out: Option, Vec and Patch are known by their names", self.name);
        quote_spanned! {self.name.span()=>
            const _: () = assert!(
                #core::__private::spelt_as_it_is(#shape, #models::Presence::#presence, #many), #message
            );
        }
    }

    /// The code that takes the field from values.
    pub(crate) fn made_of_values(&self) -> TokenStream {
        let given = self.given();
        match (self.place, self.is_secret, self.is_optional()) {
            (Place::Bytes, _, _) => quote!(values.bytes(#given)?.into()),
            (_, true, true) => quote!(values.optional::<Option<String>>(#given)?.map(Into::into)),
            (_, true, false) => quote!(values.required::<String>(#given)?.into()),
            (_, false, true) => quote!(values.optional(#given)?),
            (_, false, false) => quote!(values.required(#given)?),
        }
    }

    /// The code that puts the field into the request, under the names of both homes.
    pub(crate) fn encode(&self, wires: (&str, Option<&str>)) -> TokenStream {
        let (wire, legacy) = wires;
        let name = match legacy.filter(|legacy| *legacy != wire) {
            Some(legacy) => quote!((if is_legacy { #legacy } else { #wire })),
            None => quote!(#wire),
        };
        let put = self.put(&name);
        match &self.only {
            Some(only) if legacy.is_some() => {
                let given = self.given_code();
                let elsewhere = if only == "Legacy" { quote!(!is_legacy) } else { quote!(is_legacy) };
                let known = self.given();
                quote!(if #elsewhere { request.refuse(#known, #given)?; } else { #put })
            }
            _ => put,
        }
    }

    /// Whether somebody gave it, as code.
    fn given_code(&self) -> TokenStream {
        let field = &self.name;
        match self.wrapping {
            Wrapping { optional: true, .. } => quote!(self.#field.is_some()),
            Wrapping { clearable: true, .. } => quote!(!self.#field.is_keep()),
            Wrapping { many: true, .. } => quote!(!self.#field.is_empty()),
            _ => quote!(true),
        }
    }

    fn put(&self, name: &TokenStream) -> TokenStream {
        let field = &self.name;
        let Wrapping { optional, clearable, many } = self.wrapping;
        let value = if optional { quote!(self.#field.as_ref()) } else { quote!(Some(&self.#field)) };
        match self.place {
            Place::Path => TokenStream::new(),
            Place::Query if many => {
                let each = if self.repeats { quote!(query_each) } else { quote!(query_list) };
                let list = if optional {
                    quote!(self.#field.as_deref().unwrap_or_default())
                } else {
                    quote!(&self.#field)
                };
                quote!(request.#each(#name, #list);)
            }
            Place::Query => quote!(request.query(#name, #value);),
            Place::Header => quote!(request.header(#name, #value)?;),
            Place::Form if self.is_secret => quote!(request.form_secret(#name, #value);),
            Place::Form => quote!(request.form(#name, #value);),
            Place::Property if self.is_secret => {
                quote!(if let Some(value) = #value { request.property(#name, value.expose())?; })
            }
            Place::Property if clearable => {
                quote!(if !self.#field.is_keep() { request.property(#name, &self.#field)?; })
            }
            Place::Property if optional => {
                quote!(if let Some(value) = &self.#field { request.property(#name, value)?; })
            }
            Place::Property => quote!(request.property(#name, &self.#field)?;),
            Place::Whole if optional => quote!(if let Some(body) = &self.#field { request.json(body)?; }),
            Place::Whole => quote!(request.json(&self.#field)?;),
            Place::Bytes => {
                let content_type = &self.content_type;
                quote!(request.bytes(#content_type, &self.#field)?;)
            }
        }
    }
}

const PLACES: &str = "say where it goes: #[path], #[query], #[header], #[form] or #[body]";

fn options(place: Place) -> &'static str {
    match place {
        Place::Path => "#[path] takes name",
        Place::Query => "#[query] takes name, legacy, only and repeat",
        Place::Header => "#[header] takes name",
        Place::Form => "#[form] takes name, legacy and secret",
        Place::Property | Place::Whole | Place::Bytes => {
            "#[body] takes name, legacy, only and secret, or whole, or bytes = \"content/type\""
        }
    }
}

/// The wrappers around a type, and the type inside.
pub(crate) fn unwrap(ty: &Type) -> (Wrapping, &Type) {
    let mut wrapping = Wrapping::default();
    let mut inner = ty;
    if let Some(argument) = argument_of(inner, "Option") {
        wrapping.optional = true;
        inner = argument;
    } else if let Some(argument) = argument_of(inner, "Patch") {
        wrapping.clearable = true;
        inner = argument;
    }
    if let Some(argument) = argument_of(inner, "Vec") {
        wrapping.many = true;
        inner = argument;
    }
    (wrapping, inner)
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
