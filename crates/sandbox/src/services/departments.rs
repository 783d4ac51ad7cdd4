//! Departments: what follows from their records, and what a change of one must keep to.

use super::groups;
use crate::{
    dialect::Refusal,
    spec::Shown,
    store::{Organization, ROOT, Record},
};

/// Where the ids of the mailing lists of departments begin.
pub(super) const LISTS: u64 = 1_130_000_070_000_000;

pub(super) fn derive<'a>(org: &'a Organization, department: &'a Record, field: &str) -> Option<Shown<'a>> {
    match field {
        "members_count" => Some(org.department_size(department.number("id")).into()),
        "parent" => Some(Shown::Fields(vec![("id", Shown::of(&department["parent_id"]))])),
        _ => groups::list(org, department, field, LISTS),
    }
}

/// A department does not stand below itself.
pub(super) fn fit(org: &Organization, department: &Record, own: Option<u64>) -> Result<(), Refusal> {
    let mut above = org.departments_above(department.number("parent_id"));
    if own.is_some_and(|own| above.any(|above| above == own)) {
        return Err(Refusal::invalid("parentId: a department cannot stand below itself"));
    }
    Ok(())
}

/// Only an empty department goes, and never the root.
pub(super) fn leave(org: &mut Organization, id: u64) -> Result<(), Refusal> {
    let holds = |collection, field| org.records.of(collection).any(|record| record.number(field) == id);
    if id == ROOT || holds("users", "department_id") || holds("departments", "parent_id") {
        return Err(Refusal::conflict(format!("Department {id} is not empty")));
    }
    groups::forget_member(org, "department", id);
    Ok(())
}
