//! What values are: the words in which operations and models describe themselves.
//!
//! Every model, request and id says its shape once, where it is declared. Help texts, columns, the check against the
//! documents and sample bodies follow from it.

use crate::Patch;

/// A type that says what its values are.
pub trait Shaped {
    /// What its values are.
    const SHAPE: Shape;
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Shape {
    /// What one value is.
    pub kind: Kind,
    /// Whether it is a list of such values.
    pub many: bool,
    /// Whether there must be a value.
    pub presence: Presence,
}

/// Whether there must be a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Presence {
    /// There must be one.
    Required,
    /// There may be none.
    Optional,
    /// There may be none, and one that is there can be cleared.
    Clearable,
}

/// What one value is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing at all.
    Nothing,
    /// The id of an organisation.
    Organization,
    /// The id of an employee.
    User,
    /// The id of a group.
    Group,
    /// The id of a department.
    Department,
    /// The id of a mailbox.
    Mailbox,
    /// The id of anything else, with the name of its type.
    Id(&'static str),
    /// Text.
    Text,
    /// Text that nobody may see.
    Secret,
    /// True or false.
    Flag,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A moment.
    Time,
    /// A day.
    Date,
    /// One of these words; a service may use others too.
    Words(&'static [Word]),
    /// An object with these fields. It stands behind a function, for an object may hold objects of its own kind.
    Object(fn() -> &'static Object),
    /// Bytes that are no text.
    Bytes,
    /// Any JSON.
    Json,
}

/// A word of a closed or open list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Word {
    /// The word, as the service spells it.
    pub word: &'static str,
    /// What it means.
    pub docs: &'static str,
}

/// An object: its fields, in their order.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Object {
    /// The name of its type.
    pub name: &'static str,
    /// What it is.
    pub docs: &'static str,
    /// The fields.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name under which it is written for people and in files.
    pub name: &'static str,
    /// The names that it has on the wire; the first is the one that is sent, where it is sent.
    pub spellings: &'static [&'static str],
    /// What its value is.
    pub shape: Shape,
    /// Whether an object without it cannot be read, or sent.
    pub required: bool,
    /// Whether the fields of its value stand beside it, with no name between.
    pub flat: bool,
    /// What it means.
    pub docs: &'static str,
}

impl Shape {
    /// One value of this kind, which must be there.
    pub const fn of(kind: Kind) -> Self {
        Self { kind, many: false, presence: Presence::Required }
    }

    /// A list of such values.
    #[must_use]
    pub const fn list(self) -> Self {
        Self { many: true, ..self }
    }

    /// The same, where there may be none.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { presence: Presence::Optional, ..self }
    }

    /// The same, where there may be none and one that is there can be cleared.
    #[must_use]
    pub const fn clearable(self) -> Self {
        Self { presence: Presence::Clearable, ..self }
    }

    /// The object behind it, where it is one or a list of them.
    pub fn object(&self) -> Option<&'static Object> {
        match self.kind {
            Kind::Object(object) => Some(object()),
            _ => None,
        }
    }
}

impl Word {
    /// A word, and what it means.
    pub const fn new(word: &'static str, docs: &'static str) -> Self {
        Self { word, docs }
    }
}

impl Object {
    /// An object of this type.
    pub const fn new(name: &'static str, docs: &'static str, fields: &'static [Field]) -> Self {
        Self { name, docs, fields }
    }
}

impl Field {
    /// A field that may be missing.
    pub const fn new(
        name: &'static str,
        spellings: &'static [&'static str],
        shape: Shape,
        docs: &'static str,
    ) -> Self {
        Self { name, spellings, shape, required: false, flat: false, docs }
    }

    /// Says whether it must be there.
    #[must_use]
    pub const fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    /// Says that it must be there where its shape says so.
    #[must_use]
    pub const fn required_as_shaped(self) -> Self {
        let required = matches!(self.shape.presence, Presence::Required);
        self.required(required)
    }

    /// Says that the fields of its value stand beside it.
    #[must_use]
    pub const fn flat(self) -> Self {
        Self { flat: true, ..self }
    }
}

macro_rules! shapes {
    ($($ty:ty = $kind:ident,)+) => {
        $(impl Shaped for $ty {
            const SHAPE: Shape = Shape::of(Kind::$kind);
        })+
    };
}

shapes! {
    () = Nothing,
    String = Text,
    bool = Flag,
    u8 = Integer,
    u16 = Integer,
    u32 = Integer,
    u64 = Integer,
    i32 = Integer,
    i64 = Integer,
    f64 = Number,
    serde_json::Value = Json,
    crate::Timestamp = Time,
    crate::Date = Date,
    crate::disk::AvailableUntil = Integer,
    crate::audit::AuditEventMeta = Json,
    crate::OtherFields = Json,
    crate::code42::TSettings = Json,
    crate::OrgId = Organization,
    crate::UserId = User,
    crate::GroupId = Group,
    crate::DepartmentId = Department,
    crate::MailboxId = Mailbox,
}

macro_rules! ids {
    ($($ty:ty = $name:literal,)+) => {
        $(impl Shaped for $ty {
            const SHAPE: Shape = Shape::of(Kind::Id($name));
        })+
    };
}

ids! {
    crate::DomainName = "DomainName",
    crate::DnsRecordId = "DnsRecordId",
    crate::MailListId = "MailListId",
    crate::TaskId = "TaskId",
    crate::ExternalContactId = "ExternalContactId",
    crate::OfficeId = "OfficeId",
    crate::RoomId = "RoomId",
    crate::disk::SharedPath = "SharedPath",
    crate::ServiceApplicationId = "ServiceApplicationId",
    crate::code42::OrgNumber = "OrgNumber",
    crate::code42::OrgUid = "OrgUid",
    crate::code42::OrgGuid = "OrgGuid",
}

/// Declares the shape of an object whose type does its own reading. For the crates of services.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($(#[doc = $docs:literal])+ $ty:ident { $($(#[doc = $field_docs:literal])+ $name:ident: $shape:expr,)+ }) => {
        impl $crate::shape::Shaped for $ty {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::of($crate::shape::Kind::Object(|| {
                static OBJECT: $crate::shape::Object = $crate::shape::Object::new(
                    stringify!($ty),
                    concat!($($docs),+).trim_ascii(),
                    &[$($crate::shape::Field::new(
                        stringify!($name),
                        &[stringify!($name)],
                        $shape,
                        concat!($($field_docs),+).trim_ascii(),
                    ).required_as_shaped()),+],
                );
                &OBJECT
            }));
        }
    };
}

impl<T: Shaped> Shaped for Option<T> {
    const SHAPE: Shape = T::SHAPE.optional();
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: Shape = T::SHAPE.list();
}

impl<T: Shaped> Shaped for Box<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: Shaped> Shaped for Patch<T> {
    const SHAPE: Shape = T::SHAPE.clearable();
}

/// Any keys, each with a value of one kind.
impl<T: Shaped> Shaped for std::collections::BTreeMap<String, T> {
    const SHAPE: Shape = Shape::of(Kind::Json);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::User;

    #[test]
    fn a_model_says_what_it_holds() {
        let user = User::SHAPE.object().unwrap();
        let field = |name: &str| user.fields.iter().find(|field| field.name == name).unwrap();
        assert_eq!(user.name, "User");
        assert!(field("id").required);
        assert!(matches!(field("department_id").shape.kind, Kind::Department));
        assert_eq!(field("department_id").spellings, ["department_id", "departmentId"]);
        assert_eq!(field("is_2fa_enabled").spellings, ["is_2fa_enabled", "is2faEnabled"]);
        assert!(field("contacts").shape.many);
        assert_eq!(field("contacts").shape.object().unwrap().name, "Contact");
        assert_eq!(field("department_id").docs, "The department.");
        let Kind::Words(words) = field("gender").shape.kind else { panic!("{:?}", field("gender")) };
        assert_eq!(words[0], Word::new("male", "Male."));
    }
}
