#![doc = include_str!("../README.md")]

mod attribute;
mod expand;
mod field;
mod model;
mod request;
mod words;

use proc_macro::TokenStream;

/// Turns a struct with named fields into an operation: a constructor with the required fields, a setter per optional
/// field, and the trait `Operation`.
///
/// ```ignore
/// /// Lists employees, a page at a time.
/// #[operation(
///     id = "get-users", get = "/v1/directory/organizations/{org_id}/users", host = Cloud,
///     legacy(id = "UserService_List", get = "/directory/v1/org/{orgId}/users", host = Api360,
///            list = "users", paging = number(1000)),
///     scopes = any("directory:read_users", "directory:write_users"),
///     list = "items", paging = offset(1000), output = Page<User>
/// )]
/// pub struct ListUsers {
///     #[path]
///     org_id: OrgId,
///     /// Only the employee with this address.
///     #[query(only = Current)]
///     email: Option<String>,
/// }
/// ```
///
/// Arguments of the attribute:
///
/// | argument | meaning |
/// | --- | --- |
/// | `id` | the operation's id, as `spec/` spells it |
/// | `get`, `post`, `put`, `patch`, `delete` | the method, with the path as `spec/` spells it |
/// | `host` | a variant of `Host` |
/// | `legacy(…)` | id, method with path, host (`Api360` if left out), list and paging on the legacy host |
/// | `scopes` | `any("…", …)` or `all("…", …)`; left out where none is documented |
/// | `paging`, `list` | a constructor of `Paging` with the page size, and the key of the list |
/// | `idempotent` | where the method does not say it rightly |
/// | `spelling` | `snake` or `camel`, where names on the wire are not spelt as the host spells: `Api360`, `Code42` and `Code42Gateway` in camelCase, the others in snake_case |
/// | `crate` | the path of the crate `orglib-core`, where it is known by another name |
/// | `rate` | the name of the rate class, where it is not the host's default |
/// | `check` | a function of the operation that gives `Result<(), String>`: what is wrong with its fields, before sending |
/// | `within` | the key of the envelope that the answer stands in, where it has one |
/// | `output` | what a successful answer gives; `()` takes any body |
///
/// Fields say where they go. Their names are spelt as the host spells, or as `name = "…"` says; in a path, `{orgId}` is
/// the field `org_id`.
///
/// | field | where it goes |
/// | --- | --- |
/// | `#[path]` | into the path |
/// | `#[query]` | into the query; a list is joined by commas, with `repeat` each value is a pair of its own |
/// | `#[header]` | into a header |
/// | `#[form]` | into the form that is the body; with `secret` it is a `SecretString` |
/// | `#[body]` | into the JSON object that is the body |
/// | `#[body(whole)]` | it is the body, as JSON |
/// | `#[body(bytes = "image/png")]` | it is the body, as bytes of this type |
///
/// An `Option` may be left out and has a setter; a `Patch`, where null clears, too. A list may be left out of a path, a
/// query or a form; in a body, where an empty one says something, it is required and always sent, and `Option<Vec<…>>`
/// may be left out. All others are required. `legacy = "…"` gives the name on the legacy host where its habit does not,
/// and `only = Current` or `only = Legacy` says that the other host does not take it.
///
/// Doc comments are facts too: the program's help and `explain` print them.
///
/// Besides the struct, a trait `<Struct>Options` is made where there are optional fields: it has the same setters for
/// a `Call` and a `List` of the operation.
#[proc_macro_attribute]
pub fn operation(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(attribute.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Turns a struct with named fields into a model: what a service answers, read leniently and written in snake_case. For
/// the crate `orglib-models`, whose `lenient` module does the reading.
///
/// ```ignore
/// /// A department.
/// #[model]
/// pub struct Department {
///     /// The id.
///     #[model(required)]
///     pub id: DepartmentId,
///     /// The name.
///     pub name: String,
///     /// The kind.
///     #[model(name = "type")]
///     pub kind: DepartmentType,
///     /// The department that it is in.
///     pub parent_id: Option<DepartmentId>,
/// }
/// ```
///
/// The struct is `#[non_exhaustive]` and has `Clone`, `Debug`, `PartialEq`, `Eq`, `Serialize` and `Deserialize`; also
/// `Default`, unless a field is required. Each field is read under its name in snake_case and in camelCase, and its type
/// says how: what is missing, null or empty gives an empty text, an empty list or `None`. A flag is an
/// `Option<bool>`.
///
/// | argument of a field | meaning |
/// | --- | --- |
/// | `required` | without it the answer cannot be read; for ids, by which everything else is known |
/// | `name` | the name on the wire, in snake_case, where it is not the field's |
/// | `alias` | one more name that it is read under |
///
/// `#[model(from = Wire)]` reads the answer as a `Wire` and makes the model of it with `From`: for what comes in several
/// forms. A field with an attribute of serde's own is read as that says.
#[proc_macro_attribute]
pub fn model(attribute: TokenStream, item: TokenStream) -> TokenStream {
    model::expand(&attribute.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Turns a struct with public, named fields into a request: an object that is sent inside a body. For the crate
/// `orglib-models`.
///
/// ```ignore
/// /// A contact to be entered.
/// #[request]
/// pub struct NewContact {
///     /// The kind of contact.
///     #[request(name = "type")]
///     pub kind: ContactType,
///     /// A free label.
///     pub label: Option<String>,
/// }
/// ```
///
/// It has a constructor with what is required, a setter for each `Option` and `Patch`, `Serialize` with the names on the
/// wire, its shape, and is made of values that somebody gave by name. `#[request(spelling = camel)]` spells all names in
/// camelCase.
#[proc_macro_attribute]
pub fn request(attribute: TokenStream, item: TokenStream) -> TokenStream {
    request::expand(attribute.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
