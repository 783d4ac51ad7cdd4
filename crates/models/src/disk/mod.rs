//! What is shared from Yandex Disk, and with whom.

mod capacity;
mod linked;
mod operation;
mod resource;
mod shared_disk;
mod sharing;
mod trash;

use std::fmt;

use orglib_macros::model;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    OrgId, Timestamp,
    lenient::{Scalar, Unset},
    open_enum::open_enum,
};

pub use self::{
    capacity::{Capacity, DiskOwner},
    linked::{LinkOwner, LinkedItems, LinkedResource},
    operation::{Link, OperationState, OperationStatus, UploadLink},
    resource::{Resource, ResourceItems},
    shared_disk::{
        InvalidSharedPath, NewSharedDiskAccess, SharedDisk, SharedDiskAccess, SharedDiskCreation,
        SharedDiskRight, SharedDiskSubject, SharedPath,
    },
    sharing::NewPublicAccess,
    trash::{TrashItems, TrashResource},
};

/// A public resource in brief, as the organisation's methods list it.
#[model]
pub struct PublicResource {
    /// The name of the file or folder.
    pub name: String,
    /// The path, in the form `/disk/name`.
    pub path: String,
    /// Whether it is a file or a folder.
    #[model(name = "type")]
    pub kind: ResourceType,
    /// The public key; only where the resource is published.
    pub public_hash: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub modified_at: Option<Timestamp>,
}

impl PublicResource {
    /// The path as the method that reads settings by path wants it: a listing says `/disk/name`, the method
    /// wants `/name`.
    pub fn settings_path(&self) -> &str {
        Self::settings_path_of(&self.path)
    }

    /// The same of a path as a listing says it.
    pub fn settings_path_of(path: &str) -> &str {
        path.strip_prefix("/disk").filter(|rest| rest.starts_with('/')).unwrap_or(path)
    }
}

open_enum! {
    /// The kind of a resource.
    ResourceType {
        /// A file.
        File = "file",
        /// A folder.
        Dir = "dir",
    }
}

/// Who may do what with a public resource.
#[model]
pub struct PublicSettings {
    /// When the link ends; nothing for a link without an end.
    pub available_until: Option<AvailableUntil>,
    /// Who may do what.
    pub accesses: Vec<PublicAccess>,
}

/// The end of a public link, as it came. The documentation calls it a lifetime in seconds; live answers hold a
/// Unix time in seconds, and text has been seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AvailableUntil(EndOfLink);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum EndOfLink {
    Number(u64),
    Text(String),
}

impl AvailableUntil {
    /// The number, if it came as one or as the digits of one.
    pub fn number(&self) -> Option<u64> {
        match &self.0 {
            EndOfLink::Number(number) => Some(*number),
            EndOfLink::Text(text) => text.parse().ok(),
        }
    }
}

impl Unset for AvailableUntil {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(match Scalar::deserialize(deserializer)? {
            Scalar::Null => None,
            Scalar::Unsigned(number) => Some(Self(EndOfLink::Number(number))),
            other => Some(other.text().into_owned())
                .filter(|text| !text.is_empty())
                .map(|text| Self(EndOfLink::Text(text))),
        })
    }
}

impl fmt::Display for AvailableUntil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            EndOfLink::Number(number) => number.fmt(f),
            EndOfLink::Text(text) => text.fmt(f),
        }
    }
}

/// One access to a public resource.
#[model]
pub struct PublicAccess {
    /// Whom the access is for.
    #[model(name = "type")]
    pub kind: AccessType,
    /// The id of the user, group or department; nothing for a macro. Kept as text, since it comes as a number
    /// or as text and ids of people outside need not be numbers.
    pub id: Option<String>,
    /// The organisation of the one whom the access is for; nothing for people without one.
    pub org_id: Option<OrgId>,
    /// How far a macro reaches.
    pub macros: Vec<AccessMacro>,
    /// What is allowed.
    pub rights: Vec<AccessRight>,
}

open_enum! {
    /// Whom an access is for.
    AccessType {
        /// Everybody, or everybody of an organisation: see the macros.
        Macro = "macro",
        /// One person.
        User = "user",
        /// The members of a group.
        Group = "group",
        /// The people of a department.
        Department = "department",
        /// A person outside the organisation; one client of the service names it, the documentation does not.
        OuterUser = "outer_user",
        /// The owner.
        Owner = "owner",
    }
}

open_enum! {
    /// How far a macro reaches.
    AccessMacro {
        /// Everybody who has the link.
        All = "all",
        /// The employees of the organisation.
        Employees = "employees",
    }
}

open_enum! {
    /// What an access allows.
    AccessRight {
        /// Reading and changing.
        Write = "write",
        /// Reading.
        Read = "read",
        /// Reading, without downloading.
        ReadWithoutDownload = "read_without_download",
        /// Reading, with a password.
        ReadWithPassword = "read_with_password",
        /// Reading, with a password and without downloading.
        ReadWithPasswordWithoutDownload = "read_with_password_without_download",
    }
}

/// What a person may choose when sharing a resource.
#[model]
pub struct AvailableSettings {
    /// The rights that can be given.
    pub permissions: Vec<AccessRight>,
    /// Whether access can be given to single people; nothing where the service does not say.
    pub use_sharing: Option<bool>,
    /// Whom personal access can be given to.
    pub address_access_sharing: SharingReach,
    /// How wide access by link can be.
    pub macro_sharing: SharingReach,
    /// What is applied by default.
    pub default: Vec<DefaultAccess>,
}

open_enum! {
    /// How far sharing may reach.
    SharingReach {
        /// Everybody.
        All = "all",
        /// The organisation.
        Inner = "inner",
    }
}

/// An access that is applied by default.
#[model]
pub struct DefaultAccess {
    /// How far it reaches.
    pub macros: Vec<AccessMacro>,
    /// The organisation.
    pub org_id: Option<OrgId>,
    /// What is allowed.
    pub rights: Vec<AccessRight>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_link_is_kept_as_it_came() {
        for (json, shown, number, written) in [
            ("1700000000", Some("1700000000"), Some(1_700_000_000), "1700000000"),
            ("\"1700000000\"", Some("1700000000"), Some(1_700_000_000), "\"1700000000\""),
            ("\"tomorrow\"", Some("tomorrow"), None, "\"tomorrow\""),
            ("\"\"", None, None, "null"),
            ("null", None, None, "null"),
        ] {
            let settings: PublicSettings =
                serde_json::from_str(&format!(r#"{{"available_until":{json}}}"#)).unwrap();
            assert_eq!(
                settings.available_until.as_ref().map(ToString::to_string).as_deref(),
                shown,
                "{json}"
            );
            assert_eq!(settings.available_until.as_ref().and_then(AvailableUntil::number), number, "{json}");
            assert_eq!(serde_json::to_string(&settings.available_until).unwrap(), written, "{json}");
        }
    }

    #[test]
    fn an_access_survives_new_words_and_missing_keys() {
        let settings: PublicSettings = serde_json::from_str(
            r#"{"accesses":[{"type":"outer_user","id":"guest-7","rights":["dance",null]},
                {"type":"user","id":1130000066112015,"org_id":"8012499","rights":null},{},null]}"#,
        )
        .unwrap();
        assert_eq!(settings.accesses.len(), 3);
        assert_eq!(settings.accesses[0].kind.as_str(), "outer_user");
        assert_eq!(settings.accesses[0].rights[0].as_str(), "dance");
        assert_eq!(settings.accesses[1].id.as_deref(), Some("1130000066112015"));
        assert_eq!(settings.accesses[1].org_id, OrgId::new(8_012_499));
    }

    #[test]
    fn the_listed_path_loses_its_disk_for_the_settings() {
        for (listed, wanted) in [
            ("/disk/aa_dir", "/aa_dir"),
            ("/disk/disk/x", "/disk/x"),
            ("/diskette", "/diskette"),
            ("/aa", "/aa"),
            ("", ""),
        ] {
            let resource = PublicResource { path: listed.into(), ..PublicResource::default() };
            assert_eq!(resource.settings_path(), wanted, "{listed}");
        }
    }
}
