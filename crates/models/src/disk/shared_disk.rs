//! Disks that an organisation shares.

use std::{fmt, str::FromStr};

use orglib_macros::{model, request};
use serde::{Serialize, Serializer};

use crate::{OrgId, OtherFields, open_enum::open_enum};

/// A disk that an organisation shares.
#[model]
pub struct SharedDisk {
    /// The name.
    pub name: String,
    /// The description; only the list of the organisation's has it.
    pub description: Option<String>,
    /// The label that paths name it by.
    #[model(required)]
    pub vd_hash: String,
    /// The id that it was made under.
    pub resource_id: Option<String>,
    /// How many bytes there are.
    pub total_space: Option<u64>,
    /// How many bytes are used.
    pub used_space: Option<u64>,
    /// How many bytes are in the trash.
    pub trash_size: Option<u64>,
    /// What the token's owner may do there.
    pub permissions: Vec<SharedDiskRight>,
}

open_enum! {
    /// What somebody may do on a shared disk.
    SharedDiskRight {
        /// Reading.
        Read = "read",
        /// Changing.
        Write = "write",
    }
}

open_enum! {
    /// Whom an access to a shared disk is for.
    SharedDiskSubject {
        /// One person.
        User = "user",
        /// The members of a group.
        Group = "group",
        /// The people of a department.
        Department = "department",
    }
}

/// What somebody may do on a shared disk.
#[model]
pub struct SharedDiskAccess {
    /// Whom it is for.
    #[model(name = "type")]
    pub kind: SharedDiskSubject,
    /// The id of the person, the group or the department.
    pub id: Option<u64>,
    /// The organisation.
    pub org_id: Option<OrgId>,
    /// What is allowed.
    pub rights: Vec<SharedDiskRight>,
}

/// What somebody is to be allowed on a shared disk.
#[request]
pub struct NewSharedDiskAccess {
    /// Whom it is for.
    #[request(name = "type")]
    pub kind: SharedDiskSubject,
    /// The id of the person, the group or the department.
    pub id: u64,
    /// What is allowed. That none take the access away was not seen.
    pub rights: Vec<SharedDiskRight>,
    /// The organisation.
    pub org_id: Option<OrgId>,
}

/// A shared disk that is being made. Which fields tell how far it is was not seen: they are in `other`.
#[model]
pub struct SharedDiskCreation {
    /// The id that it is made under.
    pub resource_id: Option<String>,
    /// The label that paths name it by, once it is there.
    pub vd_hash: Option<String>,
    /// What else the service says.
    #[serde(flatten)]
    pub other: OtherFields,
}

/// Where something is on a shared disk: its label, and a path there or in its trash. Of the two forms that there are,
/// `vd:LABEL:disk:/path` is the one that is sent; the one that answers have, `vd:/LABEL/disk/path`, is read as well.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SharedPath {
    label: Box<str>,
    in_trash: bool,
    path: Box<str>,
}

impl SharedPath {
    /// A path on a shared disk: `/` for the disk itself.
    pub fn on_disk(vd_hash: &str, path: &str) -> Self {
        Self::of(vd_hash, false, path)
    }

    /// A path in the trash of a shared disk: `/` for the trash itself.
    pub fn in_trash(vd_hash: &str, path: &str) -> Self {
        Self::of(vd_hash, true, path)
    }

    fn of(label: &str, in_trash: bool, path: &str) -> Self {
        let slash = if path.starts_with('/') { "" } else { "/" };
        Self { label: label.into(), in_trash, path: format!("{slash}{path}").into() }
    }

    /// The label of the shared disk.
    pub fn vd_hash(&self) -> &str {
        &self.label
    }

    /// The path on that disk, or in its trash, beginning with a slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is in the trash of that disk.
    pub const fn is_in_trash(&self) -> bool {
        self.in_trash
    }
}

/// The form that is sent.
impl fmt::Display for SharedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vd:{}:{}:{}", self.label, if self.in_trash { "trash" } else { "disk" }, self.path)
    }
}

/// Shows the label only: paths are people's data.
impl fmt::Debug for SharedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedPath").field("vd_hash", &self.label).finish_non_exhaustive()
    }
}

impl Serialize for SharedPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that is no path on a shared disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidSharedPath;

impl fmt::Display for InvalidSharedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a path on a shared disk is `vd:LABEL:disk:/path`, and in its trash `vd:LABEL:trash:/name`",
        )
    }
}

impl std::error::Error for InvalidSharedPath {}

impl FromStr for SharedPath {
    type Err = InvalidSharedPath;

    fn from_str(text: &str) -> Result<Self, InvalidSharedPath> {
        let rest = text.strip_prefix("vd:").ok_or(InvalidSharedPath)?;
        let (label, area, path) = match rest.strip_prefix('/') {
            Some(rest) => {
                let (label, rest) = rest.split_once('/').ok_or(InvalidSharedPath)?;
                let end = rest.find('/').unwrap_or(rest.len());
                (label, &rest[..end], &rest[end..])
            }
            None => {
                let (label, rest) = rest.split_once(':').ok_or(InvalidSharedPath)?;
                let (area, path) = rest.split_once(':').ok_or(InvalidSharedPath)?;
                if !path.starts_with('/') {
                    return Err(InvalidSharedPath);
                }
                (label, area, path)
            }
        };
        if label.is_empty() {
            return Err(InvalidSharedPath);
        }
        match area {
            "disk" => Ok(Self::on_disk(label, path)),
            "trash" => Ok(Self::in_trash(label, path)),
            _ => Err(InvalidSharedPath),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_path_are_read_and_one_is_sent() {
        for (text, sent) in [
            ("vd:9Uy:disk:/Plans/a:b %2F.txt", Some("vd:9Uy:disk:/Plans/a:b %2F.txt")),
            ("vd:/9Uy/disk/Plans/a:b", Some("vd:9Uy:disk:/Plans/a:b")),
            ("vd:/9Uy/disk", Some("vd:9Uy:disk:/")),
            ("vd:/9Uy/disk/", Some("vd:9Uy:disk:/")),
            ("vd:9Uy:trash:/a_1f", Some("vd:9Uy:trash:/a_1f")),
            ("vd:/9Uy/trash/a_1f", Some("vd:9Uy:trash:/a_1f")),
            ("vd:9Uy:disk:Plans", None),
            ("vd:9Uy:other:/Plans", None),
            ("vd::disk:/Plans", None),
            ("vd:9Uy", None),
            ("disk:/Plans", None),
            ("/Plans", None),
            ("", None),
        ] {
            let read = text.parse::<SharedPath>().ok().map(|path| path.to_string());
            assert_eq!(read.as_deref(), sent, "{text}");
        }
        assert_eq!(SharedPath::on_disk("9Uy", "Plans"), "vd:9Uy:disk:/Plans".parse().unwrap());
        assert!(!format!("{:?}", SharedPath::on_disk("9Uy", "/Plans")).contains("Plans"));
    }
}
