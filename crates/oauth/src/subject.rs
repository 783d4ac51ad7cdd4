//! The employee whom a service application acts as.

use std::fmt;

use orglib_models::UserId;

/// The employee whom a service application acts as: by id, or by e-mail address.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// By id (uid).
    Id(UserId),
    /// By e-mail address.
    Email(String),
}

impl Subject {
    /// The text that the token service wants.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Email(email) => email.clone(),
        }
    }
}

impl From<UserId> for Subject {
    fn from(id: UserId) -> Self {
        Self::Id(id)
    }
}

/// Digits are an id, all else is an address; its case is of no account.
impl From<&str> for Subject {
    fn from(text: &str) -> Self {
        let text = text.trim();
        match text.parse() {
            Ok(id) => Self::Id(id),
            Err(_) => Self::Email(text.to_lowercase()),
        }
    }
}

impl From<String> for Subject {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// Shows no address.
impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "Subject({id})"),
            Self::Email(_) => f.write_str("Subject(an address)"),
        }
    }
}
