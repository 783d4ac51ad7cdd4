//! The three ids of an organisation.

use std::{fmt, str::FromStr};

use crate::id::{not_empty, numeric_id, text_id};

/// The largest number that an organisation has: the service keeps it in 31 bits.
const LARGEST: u64 = i32::MAX as u64;

numeric_id! {
    /// The number of an organisation (`orgId`), which the older calls want. It is not the one in [`OrgUid`].
    OrgNumber, written as number
}

text_id! {
    /// The uid of an organisation (`orgUid`): a text of about 18 digits, or a word such as `ADMIN`. As a number it would
    /// lose its last digits in programs that count in floating point; it is text everywhere here.
    OrgUid, read by word, told by not_empty, else InvalidOrgReference
}

text_id! {
    /// The GUID of an organisation (`orgGuid`): a UUID, which the current calls want. Written in small letters.
    OrgGuid, read by uuid, told by uuid, else InvalidOrgReference
}

fn word(text: &str) -> Option<Box<str>> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (!text.is_empty() && text.bytes().all(is_word)).then(|| text.into())
}

fn uuid(text: &str) -> Option<Box<str>> {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<_> = text.split('-').collect();
    let fits = |(group, len): (&&str, &usize)| {
        group.len() == *len && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let is_uuid = groups.len() == GROUPS.len() && groups.iter().zip(&GROUPS).all(fits);
    is_uuid.then(|| text.to_ascii_lowercase().into())
}

/// Whichever of its ids somebody has of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrgReference {
    /// Its number.
    Id(OrgNumber),
    /// Its uid.
    Uid(OrgUid),
    /// Its GUID.
    Guid(OrgGuid),
    /// Digits that can be a number or a uid: looked for as the one, then as the other.
    Digits(OrgNumber, OrgUid),
}

/// A text that is none of an organisation's ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidOrgReference;

impl fmt::Display for InvalidOrgReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an organisation is given by its number, its uid (about 18 digits) or its guid (a UUID)")
    }
}

impl std::error::Error for InvalidOrgReference {}

impl FromStr for OrgReference {
    type Err = InvalidOrgReference;

    fn from_str(text: &str) -> Result<Self, InvalidOrgReference> {
        if let Ok(guid) = text.parse() {
            return Ok(Self::Guid(guid));
        }
        let uid: OrgUid = text.parse()?;
        match uid.as_str().parse::<OrgNumber>() {
            Ok(id) if id.get() <= LARGEST => Ok(Self::Digits(id, uid)),
            _ => Ok(Self::Uid(uid)),
        }
    }
}

impl fmt::Display for OrgReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Uid(uid) | Self::Digits(_, uid) => uid.fmt(f),
            Self::Guid(guid) => guid.fmt(f),
        }
    }
}

impl From<OrgNumber> for OrgReference {
    fn from(id: OrgNumber) -> Self {
        Self::Id(id)
    }
}

impl From<OrgUid> for OrgReference {
    fn from(uid: OrgUid) -> Self {
        Self::Uid(uid)
    }
}

impl From<OrgGuid> for OrgReference {
    fn from(guid: OrgGuid) -> Self {
        Self::Guid(guid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_known_by_its_form() {
        let id = |number| OrgNumber::new(number).unwrap();
        let uid = |text: &str| text.parse::<OrgUid>().unwrap();
        for (text, expected) in [
            ("4200", OrgReference::Digits(id(4200), uid("4200"))),
            ("944755074379520217", OrgReference::Uid(uid("944755074379520217"))),
            ("2147483648", OrgReference::Uid(uid("2147483648"))),
            ("ADMIN", OrgReference::Uid(uid("ADMIN"))),
            (
                " A9578C3D-736B-4d96-80E5-71EDD8A11EA3 ",
                OrgReference::Guid("a9578c3d-736b-4d96-80e5-71edd8a11ea3".parse().unwrap()),
            ),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in ["", " ", "two words", "a/b", "ж"] {
            assert_eq!(text.parse::<OrgReference>(), Err(InvalidOrgReference), "{text}");
        }
    }

    #[test]
    fn a_uid_keeps_every_digit() {
        for json in ["\"944755074379520217\"", "944755074379520217"] {
            let uid: OrgUid = serde_json::from_str(json).unwrap();
            assert_eq!(uid.as_str(), "944755074379520217");
            assert_eq!(serde_json::to_string(&uid).unwrap(), "\"944755074379520217\"");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for json in ["0", "null", "\"\"", "{}", "\"x\""] {
            assert!(serde_json::from_str::<OrgNumber>(json).is_err(), "{json}");
        }
        for json in ["null", "\"\"", "[]"] {
            assert!(serde_json::from_str::<OrgUid>(json).is_err(), "{json}");
            assert!(serde_json::from_str::<OrgGuid>(json).is_err(), "{json}");
        }
    }
}
