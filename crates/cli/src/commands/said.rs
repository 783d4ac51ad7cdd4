//! What every report says first, in each language.

use orglib::models::OrgId;

use crate::language::Language;

/// Of which organisation it is, and of when.
pub(super) fn read_on(language: Language, org: OrgId, at: &str) -> String {
    match language {
        Language::En => format!("Organization {org}, read on {at}"),
        Language::Ru => format!("Организация {org}, прочитано {at}"),
    }
}

/// The verdict, and whether all was read. What is missing comes first: it makes the verdict another.
pub(super) fn first_lines(verdict: String, completeness: String, failures: u64) -> [String; 2] {
    if failures > 0 { [completeness, verdict] } else { [verdict, completeness] }
}
