//! The rows of the report.

use std::{collections::BTreeSet, fmt};

use orglib_core::Error;
use orglib_models::{
    OrgId, UserId,
    disk::{AccessType, PublicAccess, PublicResource, PublicSettings},
};
use serde::{Deserialize, Serialize};

use super::roster::Employees;

/// One access to one public resource. Everything is text, as the service gave it; what does not apply is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExposureRow {
    /// The owner's address.
    pub email: String,
    /// The path of the resource, in the form `/disk/name`.
    pub path: String,
    /// The macro (`all`, `employees`) or the kind (`user`, `group`, `department`, or another word, as it came).
    pub access_type: String,
    /// What is allowed; several rights are joined by `|`.
    pub rights: String,
    /// The id of the user, group or department; empty for macros.
    pub user_id: String,
    /// The address of the one who has the access, where that is an employee.
    pub shared_email: String,
    /// Whether that is a person without an organisation, or of another one.
    pub external_user: External,
    /// The owner's id.
    pub owner_id: String,
    /// The organisation of the one who has the access.
    pub org_id: String,
    /// `file` or `dir`.
    pub resource_type: String,
    /// The name of the resource.
    pub name: String,
    /// The public key of the resource.
    pub public_hash: String,
    /// When the resource was made.
    pub created_at: String,
    /// When the resource was last changed.
    pub modified_at: String,
    /// When the link ends.
    pub available_until: String,
}

impl ExposureRow {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 15] = [
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
    ];
}

/// Whether an access is a person's from outside: `True` or `False`, as existing sheets have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum External {
    /// A person without an organisation, or of another one.
    True,
    /// Anybody else.
    #[default]
    False,
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
    /// The HTTP status; nothing where no answer came.
    pub status: Option<u16>,
    /// What went wrong, and what to do next.
    pub message: String,
}

impl Failure {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 5] = ["email", "path", "operation", "status", "message"];

    pub(super) fn new(email: &str, path: &str, error: &Error) -> Self {
        Self {
            email: email.to_owned(),
            path: path.to_owned(),
            operation: error.operation().unwrap_or_default().to_owned(),
            status: error.status().map(|status| status.as_u16()),
            message: error.to_string(),
        }
    }

    pub(super) fn unknown(who: &str) -> Self {
        Self {
            email: who.to_owned(),
            path: String::new(),
            operation: "get-users".to_owned(),
            status: None,
            message: "the organisation has no such employee; check the id or the address".to_owned(),
        }
    }
}

/// Which accesses are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) types: BTreeSet<String>,
    pub(super) external_only: bool,
}

impl Filter {
    fn keeps(&self, row: &ExposureRow) -> bool {
        (self.types.is_empty() || self.types.contains(&row.access_type))
            && (!self.external_only || row.external_user == External::True)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "accesses {:?}, external only {}", self.types, self.external_only)
    }
}

/// Makes the rows of one resource.
pub(super) struct Rows<'a> {
    pub(super) owner: UserId,
    pub(super) email: &'a str,
    pub(super) org: OrgId,
    pub(super) employees: &'a Employees,
    pub(super) filter: &'a Filter,
}

impl Rows<'_> {
    /// One row for each access but the owner's; an access with several macros gives several.
    pub(super) fn of(&self, resource: &PublicResource, settings: &PublicSettings) -> Vec<ExposureRow> {
        let mut rows = Vec::new();
        for access in settings.accesses.iter().filter(|access| access.kind != AccessType::Owner) {
            for word in words(access) {
                let row = self.row(resource, settings, access, word);
                if self.filter.keeps(&row) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    fn row(
        &self,
        resource: &PublicResource,
        settings: &PublicSettings,
        access: &PublicAccess,
        word: &str,
    ) -> ExposureRow {
        let rights: Vec<_> = access.rights.iter().map(|right| right.as_str()).collect();
        let id = access.id.as_deref().unwrap_or_default();
        let employee = id.parse().ok().filter(|_| is_person(access)).and_then(|id| self.employees.email(id));
        let text = |value: Option<&dyn fmt::Display>| value.map(ToString::to_string).unwrap_or_default();
        ExposureRow {
            email: self.email.to_owned(),
            path: resource.path.clone(),
            access_type: word.to_owned(),
            rights: rights.join("|"),
            user_id: id.to_owned(),
            shared_email: employee.unwrap_or_default().to_owned(),
            external_user: self.external(access, employee.is_some()),
            owner_id: self.owner.to_string(),
            org_id: text(access.org_id.as_ref().map(|id| id as _)),
            resource_type: resource.kind.to_string(),
            name: resource.name.clone(),
            public_hash: resource.public_hash.clone().unwrap_or_default(),
            created_at: text(resource.created_at.as_ref().map(|time| time as _)),
            modified_at: text(resource.modified_at.as_ref().map(|time| time as _)),
            available_until: text(settings.available_until.as_ref().map(|end| end as _)),
        }
    }

    fn external(&self, access: &PublicAccess, is_employee: bool) -> External {
        if is_person(access) && !is_employee && access.org_id != Some(self.org) {
            External::True
        } else {
            External::False
        }
    }
}

/// Whether the access is one person's. A kind that nobody has seen yet is taken for one, so that it is not overlooked.
fn is_person(access: &PublicAccess) -> bool {
    match access.kind {
        AccessType::Macro | AccessType::Group | AccessType::Department | AccessType::Owner => false,
        _ => !is_macro(access),
    }
}

/// A kind that the service left out is a macro's where there are macros.
fn is_macro(access: &PublicAccess) -> bool {
    access.kind == AccessType::Macro || (access.kind.as_str().is_empty() && !access.macros.is_empty())
}

fn words(access: &PublicAccess) -> Vec<&str> {
    if is_macro(access) && !access.macros.is_empty() {
        access.macros.iter().map(|word| word.as_str()).collect()
    } else {
        vec![access.kind.as_str()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(accesses: &str, filter: &Filter) -> Vec<ExposureRow> {
        let settings = serde_json::from_str(&format!(r#"{{"accesses":{accesses}}}"#)).unwrap();
        let employees = Employees::for_tests([(7, "seven@example.ru")]);
        let rows = Rows {
            owner: UserId::new(1).unwrap(),
            email: "one@example.ru",
            org: OrgId::new(100).unwrap(),
            employees: &employees,
            filter,
        };
        rows.of(&PublicResource::default(), &settings)
    }

    #[test]
    fn each_kind_of_access_gives_its_row() {
        use External::{False, True};
        for (access, expected) in [
            (r#"{"type":"macro","macros":["all"],"rights":["read"]}"#, vec![("all", "read", "", "", False)]),
            (
                r#"{"type":"macro","macros":["employees","all"],"rights":["read","write"]}"#,
                vec![("employees", "read|write", "", "", False), ("all", "read|write", "", "", False)],
            ),
            (r#"{"type":"macro","macros":null,"rights":null}"#, vec![("macro", "", "", "", False)]),
            (r#"{"macros":["all"]}"#, vec![("all", "", "", "", False)]),
            (
                r#"{"type":"user","id":7,"org_id":100,"rights":["write"]}"#,
                vec![("user", "write", "7", "seven@example.ru", False)],
            ),
            (r#"{"type":"user","id":"7"}"#, vec![("user", "", "7", "seven@example.ru", False)]),
            (r#"{"type":"user","id":8,"org_id":100}"#, vec![("user", "", "8", "", False)]),
            (r#"{"type":"user","id":8,"org_id":200}"#, vec![("user", "", "8", "", True)]),
            (r#"{"type":"user","id":8}"#, vec![("user", "", "8", "", True)]),
            (r#"{"type":"group","id":7,"org_id":100}"#, vec![("group", "", "7", "", False)]),
            (r#"{"type":"department","id":7}"#, vec![("department", "", "7", "", False)]),
            (r#"{"type":"outer_user","id":"guest"}"#, vec![("outer_user", "", "guest", "", True)]),
            (r#"{"type":"owner","id":1,"rights":["write"]}"#, vec![]),
            ("{}", vec![("", "", "", "", True)]),
        ] {
            let got = rows(&format!("[{access}]"), &Filter::default());
            let got: Vec<_> = got
                .iter()
                .map(|row| {
                    (&*row.access_type, &*row.rights, &*row.user_id, &*row.shared_email, row.external_user)
                })
                .collect();
            assert_eq!(got, expected, "{access}");
        }
    }

    #[test]
    fn filters_keep_what_they_name() {
        let accesses = r#"[{"type":"macro","macros":["all","employees"]},{"type":"user","id":8},{"type":"user","id":7}]"#;
        for (types, external_only, kept) in [
            (&[][..], false, 4),
            (&["all"][..], false, 1),
            (&["all", "user"][..], false, 3),
            (&[][..], true, 1),
            (&["all"][..], true, 0),
            (&["new-word"][..], false, 0),
        ] {
            let filter = Filter { types: types.iter().map(ToString::to_string).collect(), external_only };
            assert_eq!(rows(accesses, &filter).len(), kept, "{filter}");
        }
    }

    #[test]
    fn the_columns_are_the_fields_in_their_order() {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(ExposureRow::default()).unwrap();
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        assert_eq!(text.lines().next(), Some(ExposureRow::COLUMNS.join(",").as_str()));
        assert_eq!(text.lines().nth(1), Some(",,,,,,False,,,,,,,,"));
    }
}
