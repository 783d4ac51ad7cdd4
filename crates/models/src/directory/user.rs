//! Employees.

use std::fmt;

use orglib_macros::model;

use crate::{
    Addressed, DepartmentId, Email, GroupId, Timestamp, UserId, open_enum::open_enum, reference::addresses,
};

/// An employee: a person, a robot, or an account that is blocked or dismissed.
#[model]
pub struct User {
    /// The employee's id (uid).
    #[model(required)]
    pub id: UserId,
    /// The login, the part of the address before `@`.
    pub nickname: String,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// The address on the main domain.
    pub email: Option<String>,
    /// The default address for work mail; only the current host tells it.
    pub default_email: Option<String>,
    /// The parts of the name.
    pub name: UserName,
    /// The name that is shown to others, where one was set.
    pub display_name: Option<String>,
    /// The gender.
    pub gender: Gender,
    /// The job title.
    pub position: Option<String>,
    /// The id of the portrait.
    pub avatar_id: Option<String>,
    /// A free description.
    pub about: Option<String>,
    /// The birthday, as `YYYY-MM-DD`.
    pub birthday: Option<String>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// Mail aliases, the part of the address before `@`.
    pub aliases: Vec<String>,
    /// The groups that the employee is in.
    pub groups: Vec<GroupId>,
    /// The organisation's own id of the employee.
    pub external_id: Option<String>,
    /// Whether the employee administers the organisation.
    pub is_admin: Option<bool>,
    /// Whether it is a service account.
    pub is_robot: Option<bool>,
    /// Whether the employee was dismissed.
    pub is_dismissed: Option<bool>,
    /// Whether the account is active (`false`: blocked); nothing where the service does not say.
    pub is_enabled: Option<bool>,
    /// When the account was last blocked or unblocked; nothing if it never was.
    pub is_enabled_updated_at: Option<Timestamp>,
    /// Whether 2FA is demanded of the employee personally; only the current host tells it.
    #[model(name = "is_2fa_enabled")]
    pub is_two_factor_enabled: Option<bool>,
    /// The time zone, for instance `Europe/Moscow`.
    pub timezone: Option<String>,
    /// The language, for instance `ru`.
    pub language: Option<String>,
    /// When the account was made.
    pub created_at: Option<Timestamp>,
    /// When the account was last changed.
    pub updated_at: Option<Timestamp>,
}

/// By the main address, the default one, aliases and addresses among the contacts.
impl Addressed for User {
    type Id = UserId;
    const WHAT: &'static str = "employee";

    fn id(&self) -> UserId {
        self.id
    }

    fn addresses(&self) -> Vec<Email> {
        let contacts = self.contacts.iter().filter(|contact| contact.kind == ContactType::Email);
        let whole = contacts.map(|contact| contact.value.as_str()).chain(self.default_email.as_deref());
        let whole = whole.filter_map(|address| address.parse().ok());
        addresses(self.email.as_deref(), &self.aliases).chain(whole).collect()
    }
}

impl crate::reference::sealed::Sealed for User {}

/// The parts of a person's name. Any of them may be empty.
#[model]
pub struct UserName {
    /// The given name.
    pub first: String,
    /// The family name.
    pub last: String,
    /// The patronymic or middle name.
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
#[model]
pub struct Contact {
    /// The kind of contact.
    #[model(name = "type")]
    pub kind: ContactType,
    /// The value: a number, an address, a login.
    pub value: String,
    /// A free label.
    pub label: Option<String>,
    /// Whether it is the main contact.
    pub main: Option<bool>,
    /// Whether it was made from a mail alias.
    pub alias: Option<bool>,
    /// Whether the service made it; such a contact cannot be edited and is never sent back.
    pub synthetic: Option<bool>,
}

/// Where an employee's portrait is.
#[model]
pub struct Avatar {
    /// The address of the picture.
    pub url: String,
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
#[model]
pub struct TwoFactorState {
    /// The employee's id (uid).
    #[model(required)]
    pub user_id: UserId,
    /// Whether the employee set 2FA up personally; `false` where it is only demanded.
    #[model(name = "has_2fa")]
    pub has_two_factor: Option<bool>,
    /// Whether a security phone is set.
    pub has_security_phone: Option<bool>,
}

/// An employee in brief, as lists of members show them.
#[model]
pub struct ShortUser {
    /// The employee's id (uid).
    #[model(required)]
    pub id: UserId,
    /// The login, the part of the address before `@`.
    pub nickname: String,
    /// The department.
    pub department_id: Option<DepartmentId>,
    /// The main address.
    pub email: Option<String>,
    /// The default address for work mail; only the current host tells it.
    pub default_email: Option<String>,
    /// The parts of the name.
    pub name: UserName,
    /// The gender.
    pub gender: Gender,
    /// The job title.
    pub position: Option<String>,
    /// The id of the portrait.
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
                "contacts":[{"type":"staff","value":"x","main":null}],"groups":["7"],"birthday":null}"#,
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
    fn an_employee_answers_to_every_address() {
        let user: User = serde_json::from_str(
            r#"{"id":1,"email":"Anna@example.ru","default_email":"a.kim@example.com","aliases":["ann"],
                "contacts":[{"type":"email","value":"kim@example.ru"},{"type":"phone","value":"1@example.ru"}]}"#,
        )
        .unwrap();
        for (email, expected) in [
            ("anna@example.ru", true),
            ("a.kim@example.com", true),
            ("ann@example.ru", true),
            ("kim@example.ru", true),
            ("1@example.ru", false),
            ("ann@example.com", false),
        ] {
            assert_eq!(user.answers_to(&email.parse().unwrap()), expected, "{email}");
        }
    }

    #[test]
    fn what_a_service_does_not_say_is_unknown_and_never_made_up() {
        let user: User = serde_json::from_str(r#"{"id":1,"is_admin":null,"is_robot":""}"#).unwrap();
        assert_eq!(
            (user.is_admin, user.is_robot, user.is_dismissed, user.is_enabled),
            (None, None, None, None)
        );
        assert_eq!(user.email, None);
        let state: TwoFactorState = serde_json::from_str(r#"{"user_id":1}"#).unwrap();
        assert_eq!((state.has_two_factor, state.has_security_phone), (None, None));
        let told: TwoFactorState = serde_json::from_str(r#"{"userId":1,"has2fa":false}"#).unwrap();
        assert_eq!(told.has_two_factor, Some(false));
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
