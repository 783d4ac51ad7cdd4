//! Names of domains.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};

/// The name of a domain, as the services want it: in small letters, and in Punycode where it is not ASCII. It is given
/// in either form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DomainName(Box<str>);

/// A text that is no name of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDomainName(());

impl fmt::Display for InvalidDomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a domain is written as example.org or пример.рф")
    }
}

impl std::error::Error for InvalidDomainName {}

impl DomainName {
    /// The name, in ASCII.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as people read it.
    pub fn to_unicode(&self) -> String {
        idna::domain_to_unicode(&self.0).0
    }
}

impl FromStr for DomainName {
    type Err = InvalidDomainName;

    fn from_str(text: &str) -> Result<Self, InvalidDomainName> {
        let ascii = idna::domain_to_ascii_strict(text.trim().trim_end_matches('.'));
        let ascii = ascii.ok().filter(|name| name.contains('.'));
        ascii.map(|name| Self(name.into())).ok_or(InvalidDomainName(()))
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DomainName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_sent_in_ascii_however_it_is_given() {
        for (text, ascii) in [
            ("example.org", "example.org"),
            (" Example.ORG. ", "example.org"),
            ("Пример.рф", "xn--e1afmkfd.xn--p1ai"),
            ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ] {
            assert_eq!(text.parse::<DomainName>().unwrap().as_str(), ascii);
        }
        assert_eq!("xn--e1afmkfd.xn--p1ai".parse::<DomainName>().unwrap().to_unicode(), "пример.рф");
        for text in ["", "org", "a b.example", "a/b.example", "anna@example.org", ".example.org", "xn--a.рф"]
        {
            assert!(text.parse::<DomainName>().is_err(), "{text}");
        }
    }
}
