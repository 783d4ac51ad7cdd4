//! Whose token it is.

use orglib_macros::model;

use crate::{UserId, open_enum::open_enum};

/// Whose token it is. Which fields are there depends on the token's scopes; the first three are there always.
#[model]
pub struct UserInfo {
    /// The person's id (uid).
    #[model(required)]
    pub id: UserId,
    /// The login.
    pub login: String,
    /// The application that the token was issued to.
    pub client_id: Option<String>,
    /// The person's id for this application.
    pub psuid: Option<String>,
    /// The address for letters.
    pub default_email: Option<String>,
    /// All addresses.
    pub emails: Vec<String>,
    /// The name that is shown to others.
    pub display_name: Option<String>,
    /// The whole name.
    pub real_name: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The surname.
    pub last_name: Option<String>,
    /// The gender.
    pub sex: Sex,
    /// The birthday, as `YYYY-MM-DD`, with zeros for what is not known.
    pub birthday: Option<String>,
    /// The id of the portrait.
    pub default_avatar_id: Option<String>,
    /// Whether there is no portrait; nothing where the service does not say.
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
