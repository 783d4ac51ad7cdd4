//! What is asked where the documents do not say it all.
#![allow(missing_docs, reason = "tests")]

use orglib_code42::OPERATIONS;

#[test]
fn only_what_makes_something_new_is_not_repeated() {
    let once: Vec<_> =
        OPERATIONS.iter().filter(|(meta, _)| !meta.idempotent).map(|(meta, _)| meta.id).collect();
    assert_eq!(once, ["OrgV3_Create", "GatewayOrgs_Create"]);
    assert!(OPERATIONS.iter().all(|(_, legacy)| legacy.is_none()));
}
