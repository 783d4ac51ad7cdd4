//! The three ids of an organisation.

use std::{fmt, num::NonZeroU64, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    InvalidId,
    lenient::{self, Scalar, Unset},
};

/// The largest number that an organisation has: the service keeps it in 31 bits.
const LARGEST: u64 = i32::MAX as u64;

/// The number of an organisation (`orgId`), which the older calls want. It is not the one in [`OrgUid`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgId(NonZeroU64);

impl OrgId {
    /// The id with this number; there is none with 0.
    pub const fn new(number: u64) -> Option<Self> {
        match NonZeroU64::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for OrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for OrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrgId({})", self.0)
    }
}

impl FromStr for OrgId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidId);
        }
        text.parse().ok().and_then(Self::new).ok_or(InvalidId)
    }
}

impl TryFrom<u64> for OrgId {
    type Error = InvalidId;

    fn try_from(number: u64) -> Result<Self, InvalidId> {
        Self::new(number).ok_or(InvalidId)
    }
}

impl<'de> Deserialize<'de> for OrgId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let scalar = Scalar::deserialize(deserializer)?;
        scalar.text().trim().parse().map_err(|error: InvalidId| de::Error::custom(error))
    }
}

impl Serialize for OrgId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.get())
    }
}

/// The uid of an organisation (`orgUid`): a text of about 18 digits, or a word such as `ADMIN`. As a number it would
/// lose its last digits in programs that count in floating point; it is text everywhere here.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgUid(Box<str>);

impl OrgUid {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrgUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrgUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrgUid({})", self.0)
    }
}

impl FromStr for OrgUid {
    type Err = InvalidOrgReference;

    fn from_str(text: &str) -> Result<Self, InvalidOrgReference> {
        let text = text.trim();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        if text.is_empty() || !text.bytes().all(is_word) {
            Err(InvalidOrgReference)
        } else {
            Ok(Self(text.into()))
        }
    }
}

impl<'de> Deserialize<'de> for OrgUid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Scalar::deserialize(deserializer)?.text().trim() {
            "" => Err(de::Error::custom("an OrgUid must not be empty")),
            text => Ok(Self(text.into())),
        }
    }
}

impl Serialize for OrgUid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The GUID of an organisation (`orgGuid`): a UUID, which the current calls want. Written in small letters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrgGuid(Box<str>);

impl OrgGuid {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrgGuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrgGuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrgGuid({})", self.0)
    }
}

impl FromStr for OrgGuid {
    type Err = InvalidOrgReference;

    fn from_str(text: &str) -> Result<Self, InvalidOrgReference> {
        const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
        let groups: Vec<_> = text.trim().split('-').collect();
        let fits = |(group, len): (&&str, &usize)| {
            group.len() == *len && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        if groups.len() == GROUPS.len() && groups.iter().zip(&GROUPS).all(fits) {
            Ok(Self(text.trim().to_ascii_lowercase().into()))
        } else {
            Err(InvalidOrgReference)
        }
    }
}

impl<'de> Deserialize<'de> for OrgGuid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let scalar = Scalar::deserialize(deserializer)?;
        scalar.text().parse().map_err(|_| de::Error::custom("an OrgGuid must be a UUID"))
    }
}

impl Serialize for OrgGuid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Unset for OrgId {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        lenient::optional_id(deserializer)
    }
}

/// It may be something else than a UUID on old servers.
impl Unset for OrgGuid {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(Scalar::deserialize(deserializer)?.text().parse().ok())
    }
}

/// Unset is null or empty.
impl Unset for OrgUid {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let scalar = Scalar::deserialize(deserializer)?;
        let text = scalar.text();
        Ok(Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Self(text.into())))
    }
}

/// Whichever of its ids somebody has of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrgReference {
    /// Its number.
    Id(OrgId),
    /// Its uid.
    Uid(OrgUid),
    /// Its GUID.
    Guid(OrgGuid),
    /// Digits that can be a number or a uid: looked for as the one, then as the other.
    Digits(OrgId, OrgUid),
}

/// A text that is none of an organisation's ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        match uid.as_str().parse::<OrgId>() {
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

impl From<OrgId> for OrgReference {
    fn from(id: OrgId) -> Self {
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
        let id = |number| OrgId::new(number).unwrap();
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
            assert!(serde_json::from_str::<OrgId>(json).is_err(), "{json}");
        }
        for json in ["null", "\"\"", "[]"] {
            assert!(serde_json::from_str::<OrgUid>(json).is_err(), "{json}");
            assert!(serde_json::from_str::<OrgGuid>(json).is_err(), "{json}");
        }
    }
}
