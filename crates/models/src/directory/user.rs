//! Employees.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{DepartmentId, GroupId, Timestamp, UserId, lenient, open_enum::open_enum, timestamp};

/// An employee: a person, a robot, or an account that is blocked or dismissed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The employee's id (uid).
    pub id: UserId,
    /// The login, the part of the address before `@`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub nickname: String,
    /// The department.
    #[serde(default, alias = "departmentId", deserialize_with = "lenient::optional_id")]
    pub department_id: Option<DepartmentId>,
    /// The address on the main domain.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// The default address for work mail; only the current host tells it.
    #[serde(default, alias = "defaultEmail", deserialize_with = "lenient::optional_text")]
    pub default_email: Option<String>,
    /// The parts of the name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: UserName,
    /// The name that is shown to others, where one was set.
    #[serde(default, alias = "displayName", deserialize_with = "lenient::optional_text")]
    pub display_name: Option<String>,
    /// The gender.
    #[serde(default)]
    pub gender: Gender,
    /// The job title.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub position: Option<String>,
    /// The id of the portrait.
    #[serde(default, alias = "avatarId", deserialize_with = "lenient::optional_text")]
    pub avatar_id: Option<String>,
    /// A free description.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub about: Option<String>,
    /// The birthday, as `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub birthday: Option<String>,
    /// Contacts.
    #[serde(default, deserialize_with = "lenient::list")]
    pub contacts: Vec<Contact>,
    /// Mail aliases, the part of the address before `@`.
    #[serde(default, deserialize_with = "lenient::list")]
    pub aliases: Vec<String>,
    /// The groups that the employee is in.
    #[serde(default, deserialize_with = "lenient::list")]
    pub groups: Vec<GroupId>,
    /// The organisation's own id of the employee.
    #[serde(default, alias = "externalId", deserialize_with = "lenient::optional_text")]
    pub external_id: Option<String>,
    /// Whether the employee administers the organisation.
    #[serde(default, alias = "isAdmin", deserialize_with = "lenient::flag")]
    pub is_admin: bool,
    /// Whether it is a service account.
    #[serde(default, alias = "isRobot", deserialize_with = "lenient::flag")]
    pub is_robot: bool,
    /// Whether the employee was dismissed.
    #[serde(default, alias = "isDismissed", deserialize_with = "lenient::flag")]
    pub is_dismissed: bool,
    /// Whether the account is active (`false`: blocked); nothing where the service does not say.
    #[serde(default, alias = "isEnabled", deserialize_with = "lenient::optional_flag")]
    pub is_enabled: Option<bool>,
    /// When the account was last blocked or unblocked; nothing if it never was.
    #[serde(default, alias = "isEnabledUpdatedAt", deserialize_with = "timestamp::optional")]
    pub is_enabled_updated_at: Option<Timestamp>,
    /// Whether 2FA is demanded of the employee personally; only the current host tells it.
    #[serde(
        default,
        rename = "is_2fa_enabled",
        alias = "is2faEnabled",
        deserialize_with = "lenient::optional_flag"
    )]
    pub is_two_factor_enabled: Option<bool>,
    /// The time zone, for instance `Europe/Moscow`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// The language, for instance `ru`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub language: Option<String>,
    /// When the account was made.
    #[serde(default, alias = "createdAt", deserialize_with = "timestamp::optional")]
    pub created_at: Option<Timestamp>,
    /// When the account was last changed.
    #[serde(default, alias = "updatedAt", deserialize_with = "timestamp::optional")]
    pub updated_at: Option<Timestamp>,
}

/// The parts of a person's name. Any of them may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserName {
    /// The given name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub first: String,
    /// The family name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub last: String,
    /// The patronymic or middle name.
    #[serde(default, deserialize_with = "lenient::text")]
    pub middle: String,
}

/// Family name, given name, middle name, as far as they are set.
impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.last, &self.first, &self.middle];
        for (index, part) in parts.into_iter().filter(|part| !part.is_empty()).enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(part)?;
        }
        Ok(())
    }
}

/// A contact of an employee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contact {
    /// The kind of contact.
    #[serde(default, rename = "type")]
    pub kind: ContactType,
    /// The value: a number, an address, a login.
    #[serde(default, deserialize_with = "lenient::text")]
    pub value: String,
    /// A free label.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub label: Option<String>,
    /// Whether it is the main contact.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub main: bool,
    /// Whether it was made from a mail alias.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub alias: bool,
    /// Whether the service made it; such a contact cannot be edited and is never sent back.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub synthetic: bool,
}

open_enum! {
    /// The kind of a contact.
    ContactType {
        /// An e-mail address.
        Email = "email",
        /// An extension number.
        PhoneExtension = "phone_extension",
        /// A phone number.
        Phone = "phone",
        /// A web site.
        Site = "site",
        /// An ICQ number.
        Icq = "icq",
        /// A Twitter name.
        Twitter = "twitter",
        /// A Skype name.
        Skype = "skype",
        /// A page in the staff directory; seen in answers only.
        Staff = "staff",
    }
}

open_enum! {
    /// A person's gender; the unknown empty word where it is not set.
    Gender {
        /// Male.
        Male = "male",
        /// Female.
        Female = "female",
    }
}

/// Whether an employee signs in with a second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TwoFactorState {
    /// The employee's id (uid).
    #[serde(alias = "userId")]
    pub user_id: UserId,
    /// Whether the employee set 2FA up personally; `false` where it is only demanded.
    #[serde(default, rename = "has_2fa", alias = "has2fa", deserialize_with = "lenient::flag")]
    pub has_two_factor: bool,
    /// Whether a security phone is set.
    #[serde(default, alias = "hasSecurityPhone", deserialize_with = "lenient::flag")]
    pub has_security_phone: bool,
}

/// An employee in brief, as lists of members show them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShortUser {
    /// The employee's id (uid).
    pub id: UserId,
    /// The login, the part of the address before `@`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub nickname: String,
    /// The department.
    #[serde(default, alias = "departmentId", deserialize_with = "lenient::optional_id")]
    pub department_id: Option<DepartmentId>,
    /// The main address.
    #[serde(default, deserialize_with = "lenient::text")]
    pub email: String,
    /// The default address for work mail; only the current host tells it.
    #[serde(default, alias = "defaultEmail", deserialize_with = "lenient::optional_text")]
    pub default_email: Option<String>,
    /// The parts of the name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: UserName,
    /// The gender.
    #[serde(default)]
    pub gender: Gender,
    /// The job title.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub position: Option<String>,
    /// The id of the portrait.
    #[serde(default, alias = "avatarId", deserialize_with = "lenient::optional_text")]
    pub avatar_id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_hosts_spellings_give_the_same_user() {
        let current: User = serde_json::from_str(
            r#"{"id":1130000000000001,"nickname":"anna","department_id":3,"email":"anna@example.ru",
                "name":{"first":"Анна","last":"Ким"},"is_enabled":true,"created_at":"2024-01-01T00:00:00Z",
                "external_id":"","is_2fa_enabled":false,"contacts":[{"type":"staff","value":"x"}],"groups":[7]}"#,
        )
        .unwrap();
        let legacy: User = serde_json::from_str(
            r#"{"id":"1130000000000001","nickname":"anna","departmentId":"3","email":"anna@example.ru",
                "name":{"first":"Анна","last":"Ким","middle":""},"isEnabled":true,
                "createdAt":"2024-01-01T00:00:00Z","externalId":null,"is2faEnabled":false,
                "contacts":[{"type":"staff","value":"x","main":false}],"groups":["7"],"birthday":null}"#,
        )
        .unwrap();
        assert_eq!(current, legacy);
        assert_eq!(current.name.to_string(), "Ким Анна");
    }

    #[test]
    fn a_user_is_written_in_snake_case() {
        let user: User = serde_json::from_str(r#"{"id":"1","departmentId":2,"is2faEnabled":true}"#).unwrap();
        let json = serde_json::to_value(&user).unwrap();
        assert_eq!(json["department_id"], 2);
        assert_eq!(json["is_2fa_enabled"], true);
        assert_eq!(json["id"], "1");
    }

    #[test]
    fn an_id_is_all_that_a_user_needs() {
        let fields = serde_json::from_str::<serde_json::Value>(
            &serde_json::to_string(&serde_json::from_str::<User>(r#"{"id":1}"#).unwrap()).unwrap(),
        )
        .unwrap();
        for name in fields.as_object().unwrap().keys().filter(|name| *name != "id") {
            let json = format!(r#"{{"id":1,"{name}":null}}"#);
            assert!(serde_json::from_str::<User>(&json).is_ok(), "{json}");
        }
        assert!(serde_json::from_str::<User>("{}").is_err());
    }
}
