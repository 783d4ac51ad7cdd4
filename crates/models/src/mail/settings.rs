//! Settings of mail: of one person, of the organisation, of a mailing list, and of the way out.

use orglib_macros::{model, request};

use crate::{OrgId, open_enum::open_enum};

/// Whether addresses that somebody writes to are collected.
#[model]
pub struct AddressBook {
    /// Whether they are.
    pub collect_addresses: Option<bool>,
}

/// As whom somebody writes.
#[model]
pub struct SenderInfo {
    /// The name that is shown.
    pub from_name: Option<String>,
    /// The address that is used unless another one is chosen.
    pub default_from: Option<String>,
    /// Signatures.
    pub signs: Vec<Signature>,
    /// Where the signature stands.
    pub sign_position: SignPosition,
}

open_enum! {
    /// Where a signature stands.
    SignPosition {
        /// Under the whole letter.
        Bottom = "bottom",
        /// Right under the answer.
        Under = "under",
    }
}

/// A signature.
#[model]
pub struct Signature {
    /// The addresses that it belongs to.
    pub emails: Vec<String>,
    /// Whether it is used unless another one is chosen.
    pub is_default: Option<bool>,
    /// The text, as HTML.
    pub text: String,
    /// The language, for instance `ru`.
    pub lang: Option<String>,
}

/// A signature that is to be.
#[request(spelling = camel)]
pub struct NewSignature {
    /// The text, as HTML.
    pub text: String,
    /// The addresses that it belongs to.
    pub emails: Option<Vec<String>>,
    /// Whether it is used unless another one is chosen.
    pub is_default: Option<bool>,
    /// The language, for instance `ru`.
    pub lang: Option<String>,
}

/// What is sent to keep a signature that is there.
impl From<Signature> for NewSignature {
    fn from(sign: Signature) -> Self {
        Self { text: sign.text, emails: Some(sign.emails), is_default: sign.is_default, lang: sign.lang }
    }
}

/// Servers whose letters are no spam.
#[model]
pub struct IpAllowList {
    /// Addresses and networks, for instance `77.88.54.0/23`.
    pub allow_list: Vec<String>,
}

/// The mail settings of an organisation.
#[model]
pub struct MailSettings {
    /// Whether new accounts have IMAP, and may change that.
    pub enable_imap: Option<bool>,
    /// Whether new accounts have POP3, and may change that.
    pub enable_pop: Option<bool>,
    /// Whether files of Disk can neither be attached nor saved there.
    pub disable_disk_attachments: Option<bool>,
    /// Whether people of federated organisations are held for others.
    pub friendly_org_users_is_external: Option<bool>,
    /// Whether nobody chooses the domain of the own address.
    pub lock_employees_default_mail_domain: Option<bool>,
    /// Whether somebody who writes to others is warned.
    pub show_external_contact_notification_on_compose: Option<bool>,
    /// Whether somebody who reads what others wrote is warned.
    pub show_external_contact_notification_on_read: Option<bool>,
    /// Whether nobody chooses the name that is shown.
    pub force_default_display_name: Option<bool>,
}

/// The way out for letters to a domain.
#[model]
pub struct MailRoute {
    /// The domain of the recipients; empty for all letters that go out.
    pub recipient_domain: String,
    /// The mail server that they go through.
    pub relay: String,
    /// Which recipients it is for.
    pub recipient_category: RecipientCategory,
    /// A comment.
    pub description: Option<String>,
}

open_enum! {
    /// Which recipients a way out is for.
    RecipientCategory {
        /// All.
        All = "ALL_RECIPIENTS",
        /// Those who are not with the same service, or, of the rule for all letters, not in the organisation.
        External = "EXTERNAL_RECIPIENTS",
    }
}

/// A way out that is to be.
#[request]
pub struct NewMailRoute {
    /// The domain of the recipients; empty for all letters that go out.
    pub recipient_domain: String,
    /// The mail server that they go through.
    pub relay: String,
    /// Which recipients it is for.
    pub recipient_category: RecipientCategory,
    /// A comment.
    pub description: Option<String>,
}

/// A domain whose way out is meant; empty for that of all letters.
#[request]
pub struct RouteDomain {
    /// The domain of the recipients.
    pub recipient_domain: String,
}

impl From<&str> for RouteDomain {
    fn from(domain: &str) -> Self {
        Self::new(domain)
    }
}

impl From<String> for RouteDomain {
    fn from(domain: String) -> Self {
        Self::new(domain)
    }
}

/// What came of a change, in words.
#[model]
pub struct Outcome {
    /// The words.
    pub message: String,
}

/// Who may write to a mailing list.
#[model]
pub struct MailListPermissions {
    /// Who may.
    pub grants: MailListGrants,
}

/// Grants of a mailing list.
#[model]
pub struct MailListGrants {
    /// The grants.
    pub items: Vec<MailListGrant>,
}

/// Who may do what with a mailing list.
#[model]
pub struct MailListGrant {
    /// What is allowed.
    pub roles: MailListRoles,
    /// Who may.
    pub subject: MailListSubject,
}

/// Roles on a mailing list. What stands in them is not documented: they are as they come.
#[model]
pub struct MailListRoles {
    /// The roles.
    pub items: Vec<serde_json::Value>,
}

/// Who may write to a mailing list.
#[model]
pub struct MailListSubject {
    /// `user`, `group` or `department`.
    #[model(name = "type")]
    pub kind: String,
    /// The id.
    pub id: Option<u64>,
    /// The organisation.
    pub org_id: Option<OrgId>,
}

/// A change of who may write to a mailing list.
#[request]
pub struct MailListAction {
    /// What is done.
    #[request(name = "type")]
    pub kind: MailListActionType,
    /// The roles: `mail_list_sender`, and `mail_list_half_sender`, which clients in use send too.
    pub roles: Vec<String>,
    /// Whom it is about.
    pub subjects: Vec<NewMailListSubject>,
}

open_enum! {
    /// What is done with the roles of a mailing list.
    MailListActionType {
        /// They are given.
        Grant = "grant",
        /// They are taken away.
        Revoke = "revoke",
        /// They are given, and taken from all others of the same kinds.
        Overwrite = "overwrite",
    }
}

/// Whom a change of a mailing list is about.
#[request]
pub struct NewMailListSubject {
    /// `user`, `group` or `department`.
    #[request(name = "type")]
    pub kind: String,
    /// The id, a number.
    pub id: u64,
    /// The organisation.
    pub org_id: u64,
}
