//! How one employee signs in.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, ErrorKind, transport::StaticToken};
use orglib_directory::{
    Directory, OrgId, UserId,
    model::{AuthType, ContactType},
    prelude::*,
};
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, MockTransport, When};

fn directory(sandbox: &Sandbox) -> Directory {
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

#[tokio::test]
async fn a_security_phone_is_dropped_once() {
    let sandbox = Sandbox::builder().users(5).check_answers(true).build();
    let users = directory(&sandbox).users();
    let listed = users.list().try_collect().await.unwrap();
    let has_phone = |user: &&_| {
        let user: &orglib_directory::model::User = user;
        user.contacts.iter().any(|contact| contact.kind == ContactType::Phone)
    };
    let id = listed.iter().find(has_phone).unwrap().id;
    users.security(id).drop_phone().send().await.unwrap();
    assert_eq!(users.two_factor(id).send().await.unwrap().has_security_phone, Some(false));
    let error = users.security(id).drop_phone().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400), "{error}");
}

#[tokio::test]
async fn the_way_of_signing_in_is_changed() {
    let sandbox = Sandbox::builder().users(5).check_answers(true).build();
    let users = directory(&sandbox).users();
    let id = users.list().try_collect().await.unwrap()[1].id;
    let security = users.security(id);
    assert_eq!(security.auth_type().send().await.unwrap().auth_type, AuthType::Portal);
    security.change_auth_type(AuthType::Idp).drop_otp(true).send().await.unwrap();
    assert_eq!(security.auth_type().send().await.unwrap().auth_type, AuthType::Idp);
    let error = security.change_auth_type(AuthType::Portal).send().await.unwrap_err();
    assert!(error.to_string().contains("password is required"), "{error}");
    let back =
        security.change_auth_type(AuthType::Portal).password("geheim-1").password_change_required(true);
    assert!(!format!("{back:?}").contains("geheim-1"));
    back.send().await.unwrap();
    assert_eq!(security.auth_type().send().await.unwrap().auth_type, AuthType::Portal);
}

#[tokio::test]
async fn a_second_factor_is_forced_on_one_employee_by_a_query() {
    let mock = MockTransport::new();
    let path = "/directory/v1/org/7/users/5/domain_2fa";
    mock.expect(When::request("PATCH", path).query("is2faEnabled", "false"), Answer::json("{}"));
    mock.expect(When::request("GET", path), Answer::json(r#"{"id":"5","is2faEnabled":true}"#));
    mock.expect(When::request("GET", path), Answer::json(r#"{"id":null}"#));
    let users = Directory::new(Client::builder(mock.shared()).build(), OrgId::new(7).unwrap()).users();
    let security = users.security(UserId::new(5).unwrap());
    security.enforce_two_factor(false).send().await.unwrap();
    for forced in [Some(true), None] {
        assert_eq!(security.two_factor_enforcement().send().await.unwrap().is_two_factor_enabled, forced);
    }
    let sandbox = Sandbox::builder().users(5).build();
    let users = directory(&sandbox).users();
    let id = users.list().try_collect().await.unwrap()[1].id;
    let error = users.security(id).enforce_two_factor(true).send().await.unwrap_err();
    assert!(error.to_string().contains("per_user"), "{error}");
    assert_ne!(error.kind(), ErrorKind::Build);
}
