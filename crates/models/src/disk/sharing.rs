//! Who is to reach what is shared.

use orglib_macros::request;

use super::{AccessMacro, AccessRight, AccessType, PublicAccess, PublicSettings};
use crate::{DepartmentId, GroupId, OrgId, UserId};

/// An access that a public resource is to have: one right, and whom it is for. Either a macro, or people, groups and
/// departments, or one in the form of answers (`type` and `id`).
#[request]
pub struct NewPublicAccess {
    /// What is allowed: one right.
    pub rights: Vec<AccessRight>,
    /// How far it reaches: one macro.
    pub macros: Option<Vec<AccessMacro>>,
    /// The organisation; needed with `employees`.
    pub org_id: Option<OrgId>,
    /// The people.
    pub user_ids: Option<Vec<UserId>>,
    /// The groups.
    pub group_ids: Option<Vec<GroupId>>,
    /// The departments.
    pub department_ids: Option<Vec<DepartmentId>>,
    /// Whom it is for, where `id` says which one.
    #[request(name = "type")]
    pub kind: Option<AccessType>,
    /// Which one, of the kind that `type` says.
    pub id: Option<u64>,
}

impl NewPublicAccess {
    /// Whether it says one right, and whom it is for.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), &'static str> {
        let macros = self.macros.as_deref().unwrap_or_default();
        let count = |ids: Option<usize>| ids.unwrap_or_default();
        let named = count(self.user_ids.as_ref().map(Vec::len))
            + count(self.group_ids.as_ref().map(Vec::len))
            + count(self.department_ids.as_ref().map(Vec::len))
            + usize::from(self.id.is_some());
        match (self.rights.len(), macros.len(), named) {
            (0, ..) => Err("an access needs a right"),
            (2.., ..) => Err("an access takes one right: the strongest"),
            (_, 0, 0) => Err("an access needs a macro, or somebody whom it is for"),
            (_, 2.., _) => Err("an access takes one macro: make two accesses"),
            _ if macros == [AccessMacro::Employees] && self.org_id.is_none() => {
                Err("an access of all employees needs their organisation")
            }
            _ => Ok(()),
        }
    }

    /// What is sent for an access that is there to stay. Several macros are an access each; of several rights the
    /// strongest is sent, which includes the others. The owner's access is never sent: it stays by itself.
    ///
    /// # Errors
    /// Where it cannot be sent: its kind, its id or its rights are none that the method takes.
    pub fn keeping(access: &PublicAccess) -> Result<Vec<Self>, &'static str> {
        let right = strongest(&access.rights).ok_or("an access has a right that cannot be sent")?;
        let blank = |kind: Option<AccessType>, id: Option<u64>| Self {
            rights: vec![right.clone()],
            macros: None,
            org_id: access.org_id,
            user_ids: None,
            group_ids: None,
            department_ids: None,
            kind,
            id,
        };
        let id = access.id.as_deref().and_then(|id| id.parse().ok()).filter(|id| *id != 0);
        match (&access.kind, id) {
            (AccessType::Owner, _) => Ok(Vec::new()),
            (AccessType::Macro, _) if access.macros.is_empty() => Err("an access has no macro"),
            (AccessType::Macro, _) => {
                let each = access.macros.iter();
                Ok(each.map(|one| Self { macros: Some(vec![one.clone()]), ..blank(None, None) }).collect())
            }
            (AccessType::User, Some(id)) => {
                Ok(vec![Self { user_ids: UserId::new(id).map(|id| vec![id]), ..blank(None, None) }])
            }
            (AccessType::Group, Some(id)) => {
                Ok(vec![Self { group_ids: GroupId::new(id).map(|id| vec![id]), ..blank(None, None) }])
            }
            (AccessType::Department, Some(id)) => {
                let ids = DepartmentId::new(id).map(|id| vec![id]);
                Ok(vec![Self { department_ids: ids, ..blank(None, None) }])
            }
            (AccessType::OuterUser, Some(id)) => Ok(vec![blank(Some(AccessType::OuterUser), Some(id))]),
            _ => Err("an access is for somebody who cannot be named"),
        }
    }
}

/// The right that includes the others, of those that are known.
fn strongest(rights: &[AccessRight]) -> Option<&AccessRight> {
    let order = [
        AccessRight::Write,
        AccessRight::Read,
        AccessRight::ReadWithoutDownload,
        AccessRight::ReadWithPassword,
        AccessRight::ReadWithPasswordWithoutDownload,
    ];
    let places = rights.iter().map(|right| order.iter().position(|known| known == right));
    let places: Option<Vec<_>> = places.collect();
    places?.into_iter().min().and_then(|place| rights.iter().find(|right| **right == order[place]))
}

impl PublicSettings {
    /// The accesses to be sent so that those for which `stays` is true are there afterwards and all others are not. The
    /// owner's is never sent: it stays by itself. With nothing left, send an empty list, or unpublish the resource.
    ///
    /// # Errors
    /// Where one that is to stay cannot be sent.
    pub fn accesses_where(
        &self,
        mut stays: impl FnMut(&PublicAccess) -> bool,
    ) -> Result<Vec<NewPublicAccess>, &'static str> {
        let mut kept = Vec::new();
        for access in self.accesses.iter().filter(|access| access.kind != AccessType::Owner) {
            if stays(access) {
                kept.extend(NewPublicAccess::keeping(access)?);
            }
        }
        Ok(kept)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings(accesses: serde_json::Value) -> PublicSettings {
        serde_json::from_value(json!({ "accesses": accesses })).unwrap()
    }

    #[test]
    fn what_stays_is_sent_in_the_form_that_is_taken() {
        let settings = settings(json!([
            {"type": "macro", "macros": ["employees", "all"], "org_id": 7, "rights": ["read"]},
            {"type": "user", "id": 1_130_000_000_000_001_u64, "org_id": 7, "rights": ["read", "write"]},
            {"type": "group", "id": "5", "rights": ["read"]},
            {"type": "department", "id": 3, "rights": ["read_without_download"]},
            {"type": "outer_user", "id": 9, "org_id": null, "rights": ["read"]},
            {"type": "owner", "id": 2, "rights": ["write"]},
        ]));
        let kept = settings.accesses_where(|_| true).unwrap();
        assert!(kept.iter().all(|access| access.check().is_ok()));
        assert_eq!(
            serde_json::to_value(kept).unwrap(),
            json!([
                {"rights": ["read"], "macros": ["employees"], "org_id": 7},
                {"rights": ["read"], "macros": ["all"], "org_id": 7},
                {"rights": ["write"], "user_ids": ["1130000000000001"], "org_id": 7},
                {"rights": ["read"], "group_ids": [5]},
                {"rights": ["read_without_download"], "department_ids": [3]},
                {"rights": ["read"], "type": "outer_user", "id": 9},
            ])
        );
        let inner = settings.accesses_where(|access| access.kind == AccessType::Group).unwrap();
        assert_eq!(inner.len(), 1);
    }

    #[test]
    fn what_cannot_be_sent_is_not_lost_in_silence() {
        for access in [
            json!({"type": "user", "id": "guest-7", "rights": ["read"]}),
            json!({"type": "robot", "id": 7, "rights": ["read"]}),
            json!({"type": "user", "id": 7, "rights": ["read", "dance"]}),
            json!({"type": "user", "id": 7, "rights": []}),
            json!({"type": "macro", "rights": ["read"]}),
        ] {
            let settings = settings(json!([access]));
            assert!(settings.accesses_where(|_| true).is_err(), "{access}");
            assert_eq!(settings.accesses_where(|_| false), Ok(Vec::new()), "{access}");
        }
    }

    #[test]
    fn an_access_is_one_right_for_one_sort_of_people() {
        let new = |right: &[AccessRight]| NewPublicAccess::new(right.to_vec());
        let all = || vec![AccessMacro::All];
        let read = [AccessRight::Read];
        for (access, is_right) in [
            (new(&read).macros(all()), true),
            (new(&read).group_ids(vec![GroupId::new(5).unwrap()]), true),
            (new(&read), false),
            (new(&read).user_ids(Vec::<UserId>::new()), false),
            (new(&[]).macros(all()), false),
            (new(&[AccessRight::Read, AccessRight::Write]).macros(all()), false),
            (new(&read).macros(vec![AccessMacro::All, AccessMacro::Employees]), false),
            (new(&read).macros(vec![AccessMacro::Employees]), false),
            (new(&read).macros(vec![AccessMacro::Employees]).org_id(OrgId::new(7).unwrap()), true),
        ] {
            assert_eq!(access.check().is_ok(), is_right, "{access:?}");
        }
    }
}
