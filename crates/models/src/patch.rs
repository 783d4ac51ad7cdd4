//! What a change does to one field.

use serde::{Serialize, Serializer};

/// What a change does to one field: keep it, clear it or set it.
///
/// In a request type a field is written as
/// `#[serde(skip_serializing_if = "Patch::is_keep")] name: Patch<String>`: kept fields are not sent, cleared ones
/// are sent as `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leaves the field as it is; it is not sent.
    #[default]
    Keep,
    /// Clears the field.
    Clear,
    /// Sets the field.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field is left as it is.
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The new value, if one is set.
    pub const fn as_set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_set().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Change {
        #[serde(skip_serializing_if = "Patch::is_keep")]
        name: Patch<&'static str>,
    }

    #[test]
    fn a_kept_field_is_not_sent_and_a_cleared_one_is_null() {
        for (name, json) in
            [(Patch::Keep, "{}"), (Patch::Clear, r#"{"name":null}"#), ("x".into(), r#"{"name":"x"}"#)]
        {
            assert_eq!(serde_json::to_string(&Change { name }).unwrap(), json);
        }
    }
}
