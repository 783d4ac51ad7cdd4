//! Ids and e-mail addresses, which stand for each other.

use std::str::FromStr;

/// Something that has an id and a mailing address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference<Id> {
    Id(Id),
    Email(String),
}

impl<Id: FromStr> FromStr for Reference<Id> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        match text.split_once('@') {
            Some((name, domain)) if !name.is_empty() && !domain.is_empty() => {
                Ok(Self::Email(text.to_owned()))
            }
            _ => Err("give an id (digits) or an e-mail address".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use orglib::models::GroupId;

    use super::*;

    #[test]
    fn a_group_is_an_id_or_an_address() {
        assert_eq!("7".parse(), Ok(Reference::Id(GroupId::new(7).unwrap())));
        assert_eq!(
            "all@example.ru".parse::<Reference<GroupId>>(),
            Ok(Reference::Email("all@example.ru".into()))
        );
        for text in ["", "0", "all", "@x", "x@"] {
            assert!(text.parse::<Reference<GroupId>>().is_err(), "{text}");
        }
    }
}
