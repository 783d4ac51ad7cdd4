//! Ids. The services send them as numbers or as text, whichever they please.

use std::fmt;

/// A text that is not an id: ids are decimal numbers above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is a decimal number above 0")
    }
}

impl std::error::Error for InvalidId {}

macro_rules! numeric_id {
    ($(#[doc = $doc:literal])+ $name:ident, written as $written:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(std::num::NonZeroU64);

        impl $name {
            /// The id with this number; 0 is how the services write "none".
            pub const fn new(number: u64) -> Option<Self> {
                match std::num::NonZeroU64::new(number) {
                    Some(number) => Some(Self(number)),
                    None => None,
                }
            }

            /// The number.
            pub const fn get(self) -> u64 {
                self.0.get()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::InvalidId;

            fn from_str(text: &str) -> Result<Self, $crate::InvalidId> {
                if !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err($crate::InvalidId);
                }
                text.parse().ok().and_then(Self::new).ok_or($crate::InvalidId)
            }
        }

        impl TryFrom<u64> for $name {
            type Error = $crate::InvalidId;

            fn try_from(number: u64) -> Result<Self, $crate::InvalidId> {
                Self::new(number).ok_or($crate::InvalidId)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = $crate::lenient::by_number_or_text(deserializer, Self::new, |text| text.trim().parse().ok())?;
                id.ok_or_else(|| {
                    serde::de::Error::custom(concat!("a ", stringify!($name), " must be a decimal number above 0"))
                })
            }
        }

        impl $crate::lenient::Unset for $name {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                $crate::lenient::optional_id(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::id::numeric_id!(@write $written, self, serializer)
            }
        }
    };
    (@write text, $id:ident, $serializer:ident) => { $serializer.collect_str($id) };
    (@write number, $id:ident, $serializer:ident) => { $serializer.serialize_u64($id.get()) };
}

numeric_id! {
    /// The id of an organisation.
    OrgId, written as number
}
numeric_id! {
    /// The id of an employee (uid): a 64-bit number that the services write as text.
    UserId, written as text
}
numeric_id! {
    /// The id of a department; 1 is the root.
    DepartmentId, written as number
}
numeric_id! {
    /// The id of a group.
    GroupId, written as number
}
numeric_id! {
    /// The id of a DNS record.
    DnsRecordId, written as number
}
numeric_id! {
    /// The id of a mailing list: the `email_id` of a group or a department, and not its id.
    MailListId, written as number
}
numeric_id! {
    /// The id of a mailbox or mailing list: a 64-bit number that the services write as text.
    MailboxId, written as text
}

/// For a delegated mailbox: its id is that of its owner.
/// What a group or a department tells as its `email_id`.
impl From<MailboxId> for MailListId {
    fn from(id: MailboxId) -> Self {
        Self(id.0)
    }
}

impl From<UserId> for MailboxId {
    fn from(owner: UserId) -> Self {
        Self(owner.0)
    }
}

/// `read` says of a trimmed text that somebody gave what the id is written as, or that it is none; `told` of one that a
/// service sent.
macro_rules! text_id {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        text_id! { $(#[doc = $doc])+ $name, read by $crate::id::not_empty, told by $crate::id::not_empty, else $crate::EmptyId }
    };
    ($(#[doc = $doc:literal])+ $name:ident, read by $read:path, told by $told:path, else $error:path) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// The id with this text.
            ///
            /// # Errors
            /// Where the text is no such id.
            pub fn new(text: &str) -> Result<Self, $error> {
                $read(text.trim()).map(Self).ok_or($error)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::new(text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let id = $crate::lenient::by_text(deserializer, |text| $told(text.trim()).map(Self))?;
                id.ok_or_else(|| serde::de::Error::custom($error))
            }
        }

        impl $crate::lenient::Unset for $name {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                $crate::lenient::by_text(deserializer, |text| $told(text.trim()).map(Self))
            }
        }
    };
}

pub(crate) use {numeric_id, text_id};

pub(crate) fn not_empty(text: &str) -> Option<Box<str>> {
    (!text.is_empty()).then(|| text.into())
}

text_id! {
    /// The id of a task: a text that only its service understands.
    TaskId
}
text_id! {
    /// The id of a shared contact.
    ExternalContactId
}
text_id! {
    /// The id of an office, a UUID.
    OfficeId
}
text_id! {
    /// The id of a meeting room, a UUID.
    RoomId
}

text_id! {
    /// The id of a service application: the ClientID that it was registered under.
    ServiceApplicationId
}

/// A text that is no id, for it is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyId;

impl fmt::Display for EmptyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id must not be empty")
    }
}

impl std::error::Error for EmptyId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_from_a_number_and_from_text() {
        for json in ["1130000000000001", "\"1130000000000001\"", "\" 1130000000000001 \""] {
            let id: UserId = serde_json::from_str(json).unwrap();
            assert_eq!(id.get(), 1_130_000_000_000_001, "{json}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused_with_the_accepted_form() {
        for json in
            ["0", "\"0\"", "null", "\"\"", "-1", "1.5", "\"+1\"", "\"anna\"", "true", "99999999999999999999"]
        {
            let error = serde_json::from_str::<OrgId>(json).unwrap_err();
            assert!(error.to_string().contains("decimal number above 0"), "{json}: {error}");
        }
    }

    #[test]
    fn the_id_of_a_task_is_kept_as_it_came() {
        for (json, text) in [("\"t-1/ж\"", "t-1/ж"), ("17", "17")] {
            assert_eq!(serde_json::from_str::<TaskId>(json).unwrap().as_str(), text);
        }
        for json in ["\"\"", "null", "{}"] {
            assert!(serde_json::from_str::<TaskId>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn an_id_is_written_as_its_service_writes_it() {
        assert_eq!(serde_json::to_string(&OrgId::new(7)).unwrap(), "7");
        assert_eq!(serde_json::to_string(&UserId::new(7)).unwrap(), "\"7\"");
    }
}
