//! Whose token it is.

use serde::{Deserialize, Serialize};

use crate::{UserId, lenient, open_enum::open_enum};

/// Whose token it is. Which fields are there depends on the token's scopes; the first three are there always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfo {
    /// The person's id (uid).
    pub id: UserId,
    /// The login.
    #[serde(default, deserialize_with = "lenient::text")]
    pub login: String,
    /// The application that the token was issued to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub client_id: Option<String>,
    /// The person's id for this application.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub psuid: Option<String>,
    /// The address for letters.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub default_email: Option<String>,
    /// All addresses.
    #[serde(default, deserialize_with = "lenient::list")]
    pub emails: Vec<String>,
    /// The name that is shown to others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub display_name: Option<String>,
    /// The whole name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub real_name: Option<String>,
    /// The given name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub first_name: Option<String>,
    /// The surname.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub last_name: Option<String>,
    /// The gender.
    #[serde(default)]
    pub sex: Sex,
    /// The birthday, as `YYYY-MM-DD`, with zeros for what is not known.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub birthday: Option<String>,
    /// The id of the portrait.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub default_avatar_id: Option<String>,
    /// Whether there is no portrait; nothing where the service does not say.
    #[serde(default, deserialize_with = "lenient::optional_flag")]
    pub is_avatar_empty: Option<bool>,
}

open_enum! {
    /// A person's gender.
    Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_without_scopes_tells_little() {
        let info: UserInfo =
            serde_json::from_str(r#"{"id":"1130000000000001","login":"anna","client_id":"c","sex":null}"#)
                .unwrap();
        assert_eq!((info.id.get(), info.login.as_str()), (1_130_000_000_000_001, "anna"));
        assert_eq!((info.default_email, info.sex), (None, Sex::default()));
    }
}
