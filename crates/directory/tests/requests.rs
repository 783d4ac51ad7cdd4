//! What each operation asks, on both hosts: method, encoded path, query.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_core::{Endpoints, Generation, Operation};
use orglib_directory::{
    AddGroupMember, DeleteContacts, DepartmentId, DepartmentOrder, GetDepartment, GetGroup,
    GetTwoFactorState, GetUser, GroupId, ListDepartments, ListGroupMembers, ListGroups, ListOrganizations,
    ListStructureMembers, ListUsers, OrgId, ReplaceContacts, UserId,
    model::{ContactList, ContactType, NewContact, NewMember},
};
use orglib_testkit::request_line;

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1_130_000_000_000_001).unwrap();
const GROUP: GroupId = GroupId::new(5).unwrap();
const DEPARTMENT: DepartmentId = DepartmentId::new(3).unwrap();

fn on(generation: Generation, operation: &impl Operation) -> String {
    match operation.request(&Endpoints::new().with_generation(generation)) {
        Ok(request) => request_line(&request),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_operation_asks_what_the_documents_say() {
    let cloud = "GET https://cloud-api.yandex.net/v1";
    let api360 = "GET https://api360.yandex.net/directory";
    let users = ListUsers::new(ORG);
    let departments = ListDepartments::new(ORG);
    let groups = ListGroups::new(ORG);
    for (name, current, legacy, current_line, legacy_line) in [
        (
            "users",
            on(Generation::Current, &users),
            on(Generation::Legacy, &users),
            format!("{cloud}/directory/organizations/7/users?limit=1000"),
            format!("{api360}/v1/org/7/users?perPage=1000&page=1"),
        ),
        (
            "departments",
            on(Generation::Current, &departments),
            on(Generation::Legacy, &departments),
            format!("{cloud}/directory/organizations/7/departments?limit=1000"),
            format!("{api360}/v1/org/7/departments?perPage=1000&page=1"),
        ),
        (
            "groups",
            on(Generation::Current, &groups),
            on(Generation::Legacy, &groups),
            format!("{cloud}/directory/organizations/7/groups?limit=1000"),
            format!("{api360}/v1/org/7/groups?perPage=1000&page=1"),
        ),
        (
            "a department",
            on(Generation::Current, &GetDepartment::new(ORG, DEPARTMENT)),
            on(Generation::Legacy, &GetDepartment::new(ORG, DEPARTMENT)),
            format!("{cloud}/directory/organizations/7/departments/3"),
            format!("{api360}/v1/org/7/departments/3"),
        ),
        (
            "a group",
            on(Generation::Current, &GetGroup::new(ORG, GROUP)),
            on(Generation::Legacy, &GetGroup::new(ORG, GROUP)),
            format!("{cloud}/directory/organizations/7/groups/5"),
            format!("{api360}/v1/org/7/groups/5"),
        ),
        (
            "structure members",
            on(Generation::Current, &ListStructureMembers::new(ORG, GROUP)),
            on(Generation::Legacy, &ListStructureMembers::new(ORG, GROUP)),
            format!("{cloud}/api360/directory/org/7/groups/5/members"),
            format!("{api360}/v1/org/7/groups/5/members"),
        ),
    ] {
        assert_eq!(current, current_line, "{name}");
        assert_eq!(legacy, legacy_line, "{name}");
    }
    for generation in [Generation::Current, Generation::Legacy] {
        for (line, expected) in [
            (on(generation, &GetUser::new(ORG, USER)), "/v1/org/7/users/1130000000000001"),
            (on(generation, &ListGroupMembers::new(ORG, GROUP)), "/v2/org/7/groups/5/members"),
            (on(generation, &GetTwoFactorState::new(ORG, USER)), "/v1/org/7/users/1130000000000001/2fa"),
            (on(generation, &ListOrganizations::new()), "/v1/org?pageSize=100"),
        ] {
            assert_eq!(line, format!("{api360}{expected}"));
        }
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
fn each_change_sends_what_the_documents_say() {
    let cloud = "https://cloud-api.yandex.net/v1/api360/directory/org/7";
    let api360 = "https://api360.yandex.net/directory/v1/org/7";
    let contacts = ContactList::new([
        NewContact::new(ContactType::Phone, "+7 1").label("дом"),
        NewContact::new(ContactType::from("telegram"), "@anna"),
    ]);
    let replace = ReplaceContacts::new(ORG, USER, contacts);
    let add = AddGroupMember::new(ORG, GROUP, NewMember::from(USER));
    for (line, body, expected, sent) in [
        (
            lines(&replace),
            body(&replace),
            "PUT /users/1130000000000001/contacts",
            r#"{"contacts":[{"type":"phone","value":"+7 1","label":"дом"},{"type":"telegram","value":"@anna"}]}"#,
        ),
        (
            lines(&DeleteContacts::new(ORG, USER)),
            body(&DeleteContacts::new(ORG, USER)),
            "DELETE /users/1130000000000001/contacts",
            "",
        ),
        (lines(&add), body(&add), "POST /groups/5/members", r#"{"type":"user","id":"1130000000000001"}"#),
    ] {
        let (method, path) = expected.split_once(' ').unwrap();
        assert_eq!(line, [format!("{method} {cloud}{path}"), format!("{method} {api360}{path}")]);
        assert_eq!(body, sent, "{expected}");
    }
    assert_eq!(NewMember::from(GROUP).kind.as_str(), "group");
    assert_eq!(NewMember::from(DEPARTMENT).kind.as_str(), "department");
}

#[test]
fn a_contact_without_a_value_is_refused_before_sending() {
    for value in [String::new(), "я".repeat(256)] {
        let contacts = ContactList::new([NewContact::new(ContactType::Site, value)]);
        let refused = on(Generation::Current, &ReplaceContacts::new(ORG, USER, contacts));
        assert!(refused.contains("a site") && refused.contains("1 to 255 characters"), "{refused}");
    }
}

fn lines(operation: &impl Operation) -> [String; 2] {
    [Generation::Current, Generation::Legacy].map(|generation| on(generation, operation))
}

fn body(operation: &impl Operation) -> String {
    let request = operation.request(&Endpoints::new()).unwrap();
    String::from_utf8(request.body.as_bytes().unwrap_or_default().to_vec()).unwrap()
}
