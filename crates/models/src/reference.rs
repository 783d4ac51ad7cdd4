//! Ids and e-mail addresses, which stand for each other wherever somebody or something is meant.

use std::{fmt, str::FromStr};

/// An e-mail address: a name, an `@` and a domain. Two that differ in the case of letters only are one.
#[derive(Clone, Debug)]
pub struct Email(Box<str>);

/// A text that is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidEmail;

impl fmt::Display for InvalidEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an e-mail address has a name, an `@` and a domain, as in info@example.org")
    }
}

impl std::error::Error for InvalidEmail {}

impl Email {
    /// The address, as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is this address.
    pub fn is(&self, text: &str) -> bool {
        self.0.to_lowercase() == text.to_lowercase()
    }

    /// What an alias stands for: a whole address, or a name on the domain of a main one.
    pub fn of_alias(alias: &str, main: Option<&str>) -> Option<Self> {
        if alias.contains('@') {
            return alias.parse().ok();
        }
        let (_, domain) = main?.split_once('@')?;
        format!("{alias}@{domain}").parse().ok()
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.0)
    }
}

impl Eq for Email {}

impl std::hash::Hash for Email {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_lowercase().hash(state);
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim();
        let (name, domain) = text.split_once('@').ok_or(InvalidEmail)?;
        let is_odd = text.chars().any(|character| character.is_whitespace() || character.is_control());
        if name.is_empty() || domain.is_empty() || domain.contains('@') || is_odd {
            return Err(InvalidEmail);
        }
        Ok(Self(text.into()))
    }
}

/// Keeps [`Addressed`] to the models, so that it may grow.
pub(crate) mod sealed {
    pub trait Sealed {}
}

/// Something of an organisation that has an id and e-mail addresses.
pub trait Addressed: sealed::Sealed {
    /// Its id.
    type Id: Copy + Eq + fmt::Display;

    /// What it is, for people.
    const WHAT: &'static str;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// Every address that it answers to.
    fn addresses(&self) -> Vec<Email>;

    /// Whether it answers to an address.
    fn answers_to(&self, email: &Email) -> bool {
        self.addresses().contains(email)
    }
}

/// The addresses of a main one and of aliases; what is none is left out.
pub(crate) fn addresses<'a>(
    main: Option<&'a str>,
    aliases: &'a [String],
) -> impl Iterator<Item = Email> + 'a {
    let aliases = aliases.iter().filter_map(move |alias| Email::of_alias(alias, main));
    main.and_then(|main| main.parse().ok()).into_iter().chain(aliases)
}

/// Something that has an id and an e-mail address, by either.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reference<Id> {
    /// By id.
    Id(Id),
    /// By e-mail address.
    Email(Email),
}

/// A text that is neither an id nor an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidReference;

impl fmt::Display for InvalidReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("give an id (digits) or an e-mail address")
    }
}

impl std::error::Error for InvalidReference {}

impl<Id: FromStr> FromStr for Reference<Id> {
    type Err = InvalidReference;

    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        let text = text.trim();
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(_) => text.parse().map(Self::Email).map_err(|_| InvalidReference),
        }
    }
}

impl<Id: fmt::Display> fmt::Display for Reference<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Email(email) => email.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GroupId;

    #[test]
    fn a_reference_is_an_id_or_an_address() {
        assert_eq!(" 7 ".parse(), Ok(Reference::Id(GroupId::new(7).unwrap())));
        let all: Reference<GroupId> = " All@Example.ru ".parse().unwrap();
        assert_eq!((all.to_string().as_str(), all), ("All@Example.ru", "all@example.RU".parse().unwrap()));
        for text in ["", "0", "all", "@x", "x@", "a@b@c", "a b@c", "a@b\n"] {
            assert!(text.trim().parse::<Reference<GroupId>>().is_err() || text.ends_with('\n'), "{text}");
        }
    }

    #[test]
    fn an_alias_is_a_whole_address_or_a_name_on_the_main_domain() {
        let ann: Option<Email> = "ann@example.ru".parse().ok();
        assert_eq!(Email::of_alias("Ann@Example.ru", None), ann);
        assert_eq!(Email::of_alias("ann", Some("anna@example.ru")), ann);
        assert_ne!(Email::of_alias("ann", Some("anna@example.com")), ann);
        assert_eq!(Email::of_alias("ann", None), None);
    }
}
