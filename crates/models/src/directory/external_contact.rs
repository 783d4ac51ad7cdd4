//! Shared contacts: people outside the organisation whom everybody in it finds in the address book.

use crate::{ExternalContactId, Timestamp, open_enum::open_enum};
use orglib_macros::{model, request};

/// A shared contact.
#[model]
pub struct ExternalContact {
    /// The id.
    #[model(required)]
    pub id: ExternalContactId,
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The middle name.
    pub middle_name: Option<String>,
    /// The job title.
    pub title: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The postal address.
    pub address: Option<String>,
    /// The organisation's own id of the contact.
    pub external_id: Option<String>,
    /// The addresses.
    pub emails: Vec<ExternalContactEmail>,
    /// The phones.
    pub phones: Vec<ExternalContactPhone>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
}

/// An address of a shared contact.
#[model]
pub struct ExternalContactEmail {
    /// The address.
    pub email: String,
    /// The kind; empty for a private one.
    #[model(name = "type")]
    pub kind: ExternalContactEmailType,
    /// Whether it is the main one.
    pub main: Option<bool>,
}

/// A phone of a shared contact.
#[model]
pub struct ExternalContactPhone {
    /// The phone.
    pub phone: String,
    /// The kind; empty for another one.
    #[model(name = "type")]
    pub kind: ExternalContactPhoneType,
    /// Whether it is the main one.
    pub main: Option<bool>,
}

open_enum! {
    /// The kind of an address.
    ExternalContactEmailType {
        /// At work.
        Work = "work",
    }
}

open_enum! {
    /// The kind of a phone.
    ExternalContactPhoneType {
        /// At work.
        Work = "work",
        /// A mobile phone.
        Mobile = "mobile",
        /// An internet phone.
        Ip = "ip",
    }
}

/// An address that a shared contact is to have.
#[request]
pub struct NewExternalContactEmail {
    /// The address.
    pub email: String,
    /// The kind; nothing for a private one.
    #[request(name = "type")]
    pub kind: Option<ExternalContactEmailType>,
    /// Whether it is the main one, as exactly one of a contact's is.
    pub main: Option<bool>,
}

/// A phone that a shared contact is to have.
#[request]
pub struct NewExternalContactPhone {
    /// The phone.
    pub phone: String,
    /// The kind; nothing for another one.
    #[request(name = "type")]
    pub kind: Option<ExternalContactPhoneType>,
    /// Whether it is the main one, as one of a contact's may be.
    pub main: Option<bool>,
}
