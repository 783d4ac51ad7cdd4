//! The rows of the report.

use std::{
    borrow::Cow,
    time::{Duration, SystemTime},
};

use orglib_core::Error;
use orglib_models::{
    OrgId, Timestamp, UserId,
    disk::{AccessMacro, AccessType, PublicAccess, PublicResource, PublicSettings},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    compare::Change,
    names::Names,
    reach::{Reach, reach_of},
    roster::{Employee, Employees},
};
use crate::AccountStatus;

/// One access to one public resource. Written as JSON it has real flags, lists, nulls and times; [`texts`](Self::texts)
/// gives it as sheets have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExposureRow {
    /// The owner's address, or what is known instead.
    pub email: String,
    /// The path of the resource, in the form `/disk/name`.
    pub path: String,
    /// The macro (`all`, `employees`) or the kind (`user`, `group`, `department`, or another word, as it came).
    pub access_type: String,
    /// What is allowed.
    pub rights: Vec<String>,
    /// The id of the user, group or department; nothing for macros.
    pub user_id: Option<String>,
    /// The address of the one who has the access, where that is an employee.
    pub shared_email: Option<String>,
    /// Whether that is somebody outside: a person without an organisation, or anybody of another one.
    pub external_user: bool,
    /// The owner's id.
    pub owner_id: UserId,
    /// The organisation of the one who has the access.
    pub org_id: Option<OrgId>,
    /// `file` or `dir`.
    pub resource_type: Option<String>,
    /// The name of the resource.
    pub name: String,
    /// The public key of the resource.
    pub public_hash: Option<String>,
    /// When the resource was made.
    pub created_at: Option<Timestamp>,
    /// When the resource was last changed.
    pub modified_at: Option<Timestamp>,
    /// When the link ends.
    pub available_until: Option<LinkEnd>,
    /// How far the access reaches.
    pub reach: Reach,
    /// Who has it: a person by address, a group or department by name and address, `everybody with the link`; where no
    /// more is known, the id.
    pub recipient: String,
    /// Whether the owner is active, blocked or dismissed.
    pub owner_status: AccountStatus,
    /// The name of the owner's department, where it is known.
    pub department: Option<String>,
    /// The address of the link; where it was asked for, and the service tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// What has changed since an earlier report; where it was compared with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// The end of a public link. Sheets have it as the service gave it, a number of seconds of the Unix era; JSON has the
/// time. What is no such number stays as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkEnd(String);

/// A number below is no time of this century: the documentation speaks of a lifetime in seconds.
const FIRST_TIME: u64 = 1_000_000_000;

impl LinkEnd {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    /// As it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The time, where it is one.
    pub fn time(&self) -> Option<Timestamp> {
        let seconds = self.0.parse().ok().filter(|seconds| *seconds >= FIRST_TIME)?;
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).map(Timestamp::from)
    }
}

impl Serialize for LinkEnd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.time(), self.0.parse::<u64>()) {
            (Some(time), _) => time.serialize(serializer),
            (None, Ok(number)) => serializer.serialize_u64(number),
            (None, Err(_)) => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for LinkEnd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => text,
            other => return Ok(Self(other.to_string())),
        };
        let time: Option<SystemTime> = text.parse::<Timestamp>().ok().and_then(|time| time.to_system_time());
        let seconds = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        Ok(Self(seconds.map_or(text, |seconds| seconds.as_secs().to_string())))
    }
}

impl ExposureRow {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 21] = [
        "email",
        "path",
        "access_type",
        "rights",
        "user_id",
        "shared_email",
        "external_user",
        "owner_id",
        "org_id",
        "resource_type",
        "name",
        "public_hash",
        "created_at",
        "modified_at",
        "available_until",
        "reach",
        "recipient",
        "owner_status",
        "department",
        "public_url",
        "change",
    ];

    /// The row as sheets have it, in the order of [`COLUMNS`](Self::COLUMNS): all text, what does not apply is empty,
    /// several rights are joined by `|`, `external_user` is `True` or `False`.
    pub fn texts(&self) -> [Cow<'_, str>; 21] {
        fn text(value: Option<&str>) -> Cow<'_, str> {
            Cow::Borrowed(value.unwrap_or_default())
        }
        fn time(value: Option<&Timestamp>) -> Cow<'_, str> {
            text(value.map(Timestamp::as_str))
        }
        [
            Cow::Borrowed(&self.email),
            Cow::Borrowed(&self.path),
            Cow::Borrowed(&self.access_type),
            Cow::Owned(self.rights.join("|")),
            text(self.user_id.as_deref()),
            text(self.shared_email.as_deref()),
            Cow::Borrowed(if self.external_user { "True" } else { "False" }),
            Cow::Owned(self.owner_id.to_string()),
            self.org_id.map_or_else(Cow::default, |id| Cow::Owned(id.to_string())),
            text(self.resource_type.as_deref()),
            Cow::Borrowed(&self.name),
            text(self.public_hash.as_deref()),
            time(self.created_at.as_ref()),
            time(self.modified_at.as_ref()),
            text(self.available_until.as_ref().map(LinkEnd::as_str)),
            Cow::Borrowed(self.reach.as_str()),
            Cow::Borrowed(&self.recipient),
            Cow::Borrowed(self.owner_status.as_str()),
            text(self.department.as_deref()),
            text(self.public_url.as_deref()),
            text(self.change.map(Change::as_str)),
        ]
    }
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Failure {
    /// The employee's address, or what is known instead.
    pub email: String,
    /// The path of the resource; empty where the employee's resources could not be listed.
    pub path: String,
    /// The operation that failed.
    pub operation: String,
    /// The HTTP status that the message names; nothing where no answer came.
    pub status: Option<u16>,
    /// What went wrong, and what to do next.
    pub message: String,
}

impl Failure {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 5] = ["email", "path", "operation", "status", "message"];

    /// What of a person's could not be read; the path is empty where it is the list of resources.
    pub fn new(email: &str, path: &str, error: &Error) -> Self {
        Self {
            email: email.to_owned(),
            path: path.to_owned(),
            operation: error.operation().unwrap_or_default().to_owned(),
            status: error.latest_status().map(|status| status.as_u16()),
            message: error.to_string(),
        }
    }

    pub(super) fn unknown(who: &str) -> Self {
        Self::of_person(who, "the organisation has no such employee; check the id or the address".to_owned())
    }

    pub(super) fn ambiguous(who: &str, ids: &[UserId]) -> Self {
        let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
        Self::of_person(who, format!("several employees answer to it: {}; give the id", ids.join(", ")))
    }

    fn of_person(who: &str, message: String) -> Self {
        let operation = "get-users".to_owned();
        Self { email: who.to_owned(), path: String::new(), operation, status: None, message }
    }
}

/// Makes the rows of one owner's resources.
pub(super) struct Rows<'a> {
    pub(super) owner: UserId,
    pub(super) employee: Option<&'a Employee>,
    pub(super) email: &'a str,
    pub(super) org: OrgId,
    pub(super) employees: &'a Employees,
    pub(super) names: &'a Names,
}

impl Rows<'_> {
    /// One row for each access but the owner's; an access with several macros gives several. What keeps a recipient's
    /// name from being known is added to `gaps`.
    pub(super) async fn of(
        &self,
        resource: &PublicResource,
        settings: &PublicSettings,
        gaps: &mut Vec<Failure>,
    ) -> Vec<ExposureRow> {
        let mut rows = Vec::new();
        for access in settings.accesses.iter().filter(|access| access.kind != AccessType::Owner) {
            for word in words(access) {
                rows.push(self.row(resource, settings, access, word, gaps).await);
            }
        }
        rows
    }

    async fn row(
        &self,
        resource: &PublicResource,
        settings: &PublicSettings,
        access: &PublicAccess,
        word: &str,
        gaps: &mut Vec<Failure>,
    ) -> ExposureRow {
        let id = access.id.as_deref().filter(|id| !id.is_empty());
        let employee = id.and_then(|id| id.parse().ok()).filter(|_| is_person(access));
        let employee = employee.and_then(|id| self.employees.get(id)).map(|employee| &*employee.email);
        let reach = reach_of(access, word, employee.is_some(), self.org);
        let is_macro = is_macro(access);
        let recipient = match employee {
            Some(email) => email.to_owned(),
            None => self.names.recipient(access, word, reach, gaps).await,
        };
        let department = match self.employee.and_then(|owner| owner.department) {
            Some(id) => self.names.department(id, gaps).await,
            None => None,
        };
        ExposureRow {
            email: self.email.to_owned(),
            path: resource.path.clone(),
            access_type: word.to_owned(),
            rights: access.rights.iter().map(ToString::to_string).collect(),
            user_id: id.map(str::to_owned),
            shared_email: employee.map(str::to_owned),
            external_user: reach == Reach::External || (reach == Reach::Unknown && !is_macro),
            owner_id: self.owner,
            org_id: access.org_id,
            resource_type: Some(resource.kind.to_string()).filter(|kind| !kind.is_empty()),
            name: resource.name.clone(),
            public_hash: resource.public_hash.clone(),
            created_at: resource.created_at.clone(),
            modified_at: resource.modified_at.clone(),
            available_until: settings.available_until.as_ref().map(|end| LinkEnd::new(end.to_string())),
            reach,
            recipient,
            owner_status: self.employee.map_or(AccountStatus::Unknown, |employee| employee.status),
            department,
            public_url: None,
            change: None,
        }
    }
}

/// Whether the access is one person's. A kind that nobody has seen yet is taken for one, so that it is not overlooked.
pub(super) fn is_person(access: &PublicAccess) -> bool {
    match access.kind {
        AccessType::Macro | AccessType::Group | AccessType::Department | AccessType::Owner => false,
        _ => !is_macro(access),
    }
}

/// A kind that the service left out is a macro's where there are macros.
pub(super) fn is_macro(access: &PublicAccess) -> bool {
    access.kind == AccessType::Macro || (access.kind.as_str().is_empty() && !access.macros.is_empty())
}

/// What tells one access of a resource from another.
pub(super) type Access = (String, Option<String>, Option<OrgId>);

/// Whose an access is. Everybody is of no organisation, though the service may name one.
pub(super) fn identity(access_type: &str, id: Option<&str>, org: Option<OrgId>) -> Access {
    let org = org.filter(|_| access_type != AccessMacro::All.as_str());
    (access_type.to_owned(), id.map(str::to_owned), org)
}

pub(super) fn words(access: &PublicAccess) -> Vec<&str> {
    if is_macro(access) && !access.macros.is_empty() {
        access.macros.iter().map(|word| word.as_str()).collect()
    } else {
        vec![access.kind.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn rows(accesses: &str) -> Vec<ExposureRow> {
        let settings =
            serde_json::from_str(&format!(r#"{{"available_until":1700000000,"accesses":{accesses}}}"#))
                .unwrap();
        let employees = Employees::for_tests([(7, "seven@example.ru")]);
        let rows = Rows {
            owner: UserId::new(1).unwrap(),
            employee: None,
            email: "one@example.ru",
            org: OrgId::new(100).unwrap(),
            employees: &employees,
            names: &Names::for_tests(),
        };
        let resource = serde_json::from_str(r#"{"name":"a","path":"/disk/a","type":"file"}"#).unwrap();
        rows.of(&resource, &settings, &mut Vec::new()).await
    }

    #[tokio::test]
    async fn each_kind_of_access_gives_its_row() {
        use Reach::{External, Internal, Organization, Public, Unknown};
        for (access, expected) in [
            (
                r#"{"type":"macro","macros":["all"],"rights":["read"]}"#,
                vec![("all", "read", "", "", false, Public)],
            ),
            (
                r#"{"type":"macro","macros":["employees","all"],"rights":["read","write"]}"#,
                vec![
                    ("employees", "read|write", "", "", false, Organization),
                    ("all", "read|write", "", "", false, Public),
                ],
            ),
            (
                r#"{"type":"macro","macros":["employees"],"org_id":200}"#,
                vec![("employees", "", "", "", true, External)],
            ),
            (r#"{"type":"macro","macros":null,"rights":null}"#, vec![("macro", "", "", "", false, Unknown)]),
            (r#"{"type":"macro","macros":["guests"]}"#, vec![("guests", "", "", "", false, Unknown)]),
            (r#"{"macros":["all"]}"#, vec![("all", "", "", "", false, Public)]),
            (
                r#"{"type":"user","id":7,"org_id":100,"rights":["write"]}"#,
                vec![("user", "write", "7", "seven@example.ru", false, Internal)],
            ),
            (r#"{"type":"user","id":"7"}"#, vec![("user", "", "7", "seven@example.ru", false, Internal)]),
            (r#"{"type":"user","id":8,"org_id":100}"#, vec![("user", "", "8", "", false, Internal)]),
            (r#"{"type":"user","id":8,"org_id":200}"#, vec![("user", "", "8", "", true, External)]),
            (r#"{"type":"user","id":8}"#, vec![("user", "", "8", "", true, External)]),
            (r#"{"type":"group","id":7,"org_id":100}"#, vec![("group", "", "7", "", false, Internal)]),
            (r#"{"type":"group","id":7,"org_id":200}"#, vec![("group", "", "7", "", true, External)]),
            (r#"{"type":"department","id":7}"#, vec![("department", "", "7", "", false, Internal)]),
            (r#"{"type":"outer_user","id":"guest"}"#, vec![("outer_user", "", "guest", "", true, External)]),
            (
                r#"{"type":"outer_user","id":9,"org_id":100}"#,
                vec![("outer_user", "", "9", "", true, External)],
            ),
            (r#"{"type":"new_word","id":9,"org_id":200}"#, vec![("new_word", "", "9", "", true, External)]),
            (r#"{"type":"owner","id":1,"rights":["write"]}"#, vec![]),
            ("{}", vec![("", "", "", "", true, Unknown)]),
        ] {
            let rows = rows(&format!("[{access}]")).await;
            let got = rows.iter().map(|row| {
                let text = |column: &str| {
                    let at = ExposureRow::COLUMNS.iter().position(|name| *name == column);
                    row.texts()[at.unwrap()].to_string()
                };
                let (kind, rights) = (text("access_type"), text("rights"));
                (kind, rights, text("user_id"), text("shared_email"), row.external_user, row.reach)
            });
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(kind, rights, id, email, external, reach)| {
                    (kind.to_owned(), rights.to_owned(), id.to_owned(), email.to_owned(), external, reach)
                })
                .collect();
            assert_eq!(got.collect::<Vec<_>>(), expected, "{access}");
        }
    }

    #[tokio::test]
    async fn json_has_flags_lists_nulls_and_times_and_sheets_have_texts() {
        let row = &rows(r#"[{"type":"user","id":8,"rights":["read","write"]}]"#).await[0];
        let json = serde_json::to_value(row).unwrap();
        assert_eq!(json["external_user"], true);
        assert_eq!(json["rights"], serde_json::json!(["read", "write"]));
        assert_eq!(json["shared_email"], serde_json::Value::Null);
        assert_eq!(json["available_until"], "2023-11-14T22:13:20Z");
        let again: ExposureRow = serde_json::from_value(json).unwrap();
        assert_eq!(&again, row, "a row survives the journal");
    }

    #[test]
    fn an_end_that_is_no_time_stays_as_it_came() {
        for (came, json) in
            [("3600", "3600"), ("tomorrow", "\"tomorrow\""), ("1700000000", "\"2023-11-14T22:13:20Z\"")]
        {
            let end = LinkEnd(came.to_owned());
            assert_eq!(serde_json::to_string(&end).unwrap(), json);
            assert_eq!(serde_json::from_str::<LinkEnd>(json).unwrap(), end);
        }
    }

    #[test]
    fn the_texts_are_the_fields_in_the_order_of_the_columns() {
        let row = r#"{"email":"a","path":"b","access_type":"c","rights":["d","e"],"user_id":"f","shared_email":"g",
            "external_user":true,"owner_id":"1","org_id":"2","resource_type":"h","name":"i","public_hash":"j",
            "created_at":"2024-01-01T00:00:00Z","modified_at":"2024-01-02T00:00:00Z","available_until":"k",
            "reach":"public","recipient":"l","owner_status":"blocked","department":"m","public_url":"n",
            "change":"new"}"#;
        let row: ExposureRow = serde_json::from_str(row).unwrap();
        let serde_json::Value::Object(fields) = serde_json::to_value(&row).unwrap() else {
            panic!("no object")
        };
        assert_eq!(fields.len(), ExposureRow::COLUMNS.len());
        for (column, text) in ExposureRow::COLUMNS.iter().zip(row.texts()) {
            let expected = match &fields[*column] {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Bool(true) => "True".to_owned(),
                serde_json::Value::Array(_) => "d|e".to_owned(),
                other => other.to_string(),
            };
            assert_eq!(text, expected, "{column}");
        }
    }
}
