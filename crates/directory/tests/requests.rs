//! What is asked where the documents do not say it all.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_core::{Endpoints, Generation, Operation};
use orglib_directory::{
    DepartmentId, DepartmentOrder, ListDepartments, ListGroups, ListUsers, OrgId, ReplaceContacts, UserId,
    model::{ContactType, NewContact},
};
use orglib_testkit::request_line;

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1_130_000_000_000_001).unwrap();
const DEPARTMENT: DepartmentId = DepartmentId::new(3).unwrap();

fn on(generation: Generation, operation: &impl Operation) -> String {
    match operation.request(&Endpoints::new().with_generation(generation)) {
        Ok(request) => request_line(&request),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_one_host_cannot_take_is_refused_there_before_sending() {
    let by_email = ListUsers::new(ORG).email("анна+x@example.ru");
    assert!(
        on(Generation::Current, &by_email)
            .ends_with("?email=%D0%B0%D0%BD%D0%BD%D0%B0%2Bx%40example.ru&limit=1000")
    );
    let ordered = ListDepartments::new(ORG).parent_id(DEPARTMENT).order_by(DepartmentOrder::Name);
    assert!(on(Generation::Legacy, &ordered).ends_with("?parentId=3&orderBy=name&perPage=1000&page=1"));
    let flagged = ListGroups::new(ORG).is_two_factor_enabled(true);
    assert!(on(Generation::Current, &flagged).ends_with("?is_2fa_enabled=true&limit=1000"));

    for (refused, field, host) in [
        (on(Generation::Legacy, &by_email), "email", "api360"),
        (on(Generation::Current, &ordered), "parent_id", "cloud"),
        (on(Generation::Legacy, &flagged), "is_2fa_enabled", "api360"),
    ] {
        assert!(refused.contains(field) && refused.contains(host), "{refused}");
    }
}

#[test]
fn a_contact_without_a_value_is_refused_before_sending() {
    for value in [String::new(), "я".repeat(256)] {
        let contacts = [NewContact::new(ContactType::Site, value)];
        let refused = on(Generation::Current, &ReplaceContacts::new(ORG, USER, contacts));
        assert!(refused.contains("a site") && refused.contains("1 to 255 characters"), "{refused}");
    }
}
