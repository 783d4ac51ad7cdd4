//! How people sign in to a sandbox organisation, and answers that nobody expects.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, ErrorKind, transport::StaticToken};
use orglib_sandbox::{Grant, Sandbox};
use orglib_security::{
    OrgId, Security, ServiceApplicationId, UserId,
    model::{NewServiceApplication, TwoFactorScope, TwoFactorValidationMethod},
    prelude::*,
};
use orglib_testkit::{Answer, MockTransport, When};

fn sandbox() -> Sandbox {
    Sandbox::builder().users(5).check_answers(true).build()
}

fn security_as(sandbox: &Sandbox, token: &str) -> Security {
    let token = StaticToken::oauth(token.into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    Security::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

fn security(sandbox: &Sandbox) -> Security {
    security_as(sandbox, sandbox.token())
}

/// A service that answers whatever is asked with this.
fn answering(body: &str) -> Security {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(body.to_owned()));
    Security::new(Client::builder(mock.shared()).build(), OrgId::new(7).unwrap())
}

fn application(id: &str, scopes: &[&str]) -> NewServiceApplication {
    NewServiceApplication::new(id.parse::<ServiceApplicationId>().unwrap(), scopes.iter().copied())
}

#[tokio::test]
async fn two_factor_sign_in_is_told_by_both_hosts() {
    let sandbox = sandbox();
    let two_factor = security(&sandbox).two_factor();
    let off = two_factor.get().send().await.unwrap();
    assert_eq!((off.enabled, off.duration, off.enabled_at), (Some(false), None, None));
    let method = TwoFactorValidationMethod::Phone;
    let on = two_factor.enable(3600).validation_method(method).logout_users(true).send().await.unwrap();
    assert_eq!((on.enabled, on.duration, on.scope), (Some(true), Some(3600), TwoFactorScope::PerDomain));
    let settings = two_factor.settings().send().await.unwrap();
    assert_eq!((settings.enabled_at, settings.setup_grace_period_seconds), (on.enabled_at, Some(3600)));
    assert_eq!(settings.preferred_phone_validation_method.as_deref(), Some("phone"));

    let chosen = two_factor.update_settings(true).enforcement_mode(TwoFactorScope::PerUser);
    let settings = chosen.second_factor_type("totp").send().await.unwrap();
    assert_eq!((settings.enabled, settings.enabled_at), (Some(false), None));
    assert_eq!(two_factor.get().send().await.unwrap().scope, TwoFactorScope::PerUser);
    assert_eq!(two_factor.disable().send().await.unwrap().enabled, Some(false));
    assert_eq!(two_factor.settings().send().await.unwrap().enforcement_mode, TwoFactorScope::default());
}

#[tokio::test]
async fn what_a_document_forbids_is_refused_unsent() {
    let sandbox = sandbox();
    let security = security(&sandbox);
    let longest = security.two_factor().update_settings(true).setup_grace_period_seconds(16_070_400_u32);
    longest.send().await.unwrap();
    let before = sandbox.stats().requests;
    let longer = security.two_factor().update_settings(true).setup_grace_period_seconds(16_070_401_u32);
    let many = (0..21).map(|number| application(&number.to_string(), &[])).collect();
    for (error, says) in [
        (longer.send().await.unwrap_err(), "16070400 seconds (six months) at most, not for 16070401"),
        (security.passwords().update().send().await.unwrap_err(), "give `enabled` or `change_frequency`"),
        (
            security.service_applications().replace(many).send().await.unwrap_err(),
            "20 service applications at most, not 21",
        ),
    ] {
        assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Build, false));
        assert!(error.to_string().contains(says), "{error}");
    }
    assert_eq!(sandbox.stats().requests, before);
}

#[tokio::test]
async fn passwords_sessions_and_external_services_are_set() {
    let sandbox = sandbox();
    let security = security(&sandbox);
    let policy = security.passwords().update().change_frequency(90_u32).send().await.unwrap();
    assert_eq!((policy.enabled, policy.change_frequency), (Some(true), Some(90)));
    let policy = security.passwords().update().enabled(false).send().await.unwrap();
    assert_eq!((policy.enabled, policy.change_frequency), (Some(false), Some(90)));
    assert_eq!(security.passwords().get().send().await.unwrap(), policy);

    assert_eq!(security.sessions().get().send().await.unwrap().auth_ttl, Some(0));
    assert_eq!(security.sessions().update(86_400).send().await.unwrap().auth_ttl, Some(86_400));

    let restriction = security.oauth_restriction();
    restriction.enable().send().await.unwrap();
    assert_eq!(restriction.get().send().await.unwrap().restricted, Some(true));
    restriction.disable().send().await.unwrap();
    assert_eq!(restriction.get().send().await.unwrap().restricted, Some(false));
}

#[tokio::test]
async fn one_is_signed_out_and_all_are() {
    let sandbox = sandbox();
    let security = security(&sandbox);
    security.sessions().sign_out_all().send().await.unwrap();
    let nobody = UserId::new(1).unwrap();
    let error = security.sessions().sign_out(nobody).send().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(sandbox.stats().requests_of("post-2fa"), 1);
}

#[tokio::test]
async fn a_service_application_is_added_to_those_that_there_are() {
    let sandbox = sandbox();
    let applications = security(&sandbox).service_applications();
    let first = applications.get().send().await.unwrap().applications.remove(0);
    assert_eq!(first.id.as_str(), sandbox.info().service_app.client_id);

    let added = applications.add(application("second", &["calendar:all"])).send().await.unwrap();
    assert!(added.is_kept());
    assert_eq!(
        added.now.iter().map(|known| known.id.as_str()).collect::<Vec<_>>(),
        [first.id.as_str(), "second"]
    );
    let narrowed = applications.add(application("second", &["calendar:read_all"])).send().await.unwrap();
    assert_eq!((narrowed.now.len(), &narrowed.now[1].scopes[..]), (2, &["calendar:read_all".to_owned()][..]));
    let same = applications.add(application("second", &["calendar:read_all"])).send().await.unwrap();
    assert!(same.answer.is_none(), "nothing was sent");
    let removed = applications.remove("second".parse().unwrap()).send().await.unwrap();
    assert_eq!(removed.now, [NewServiceApplication::from(first)]);

    assert_eq!(applications.delete().send().await.unwrap().applications, []);
    applications.deactivate().send().await.unwrap();
    let refused = applications.replace(vec![application("third", &[])]).send().await.unwrap_err();
    assert!(refused.to_string().contains("not activated"), "{refused}");
    applications.activate().send().await.unwrap();
    applications.replace(vec![application("third", &[])]).send().await.unwrap();
}

#[tokio::test]
async fn only_the_owner_may_ask_for_service_applications() {
    let sandbox = sandbox();
    let (plain, admin) = (1_130_000_060_000_003, 1_130_000_060_000_004);
    for (uid, is_admin) in [(plain, false), (admin, true)] {
        let user = format!("u{uid}");
        let person = person(uid, &user, is_admin);
        sandbox.put(&person).unwrap();
        let other = security_as(&sandbox, &sandbox.issue(Grant::employee(uid)));
        let error = other.service_applications().get().send().await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(403), "{error}");
        assert_eq!(error.to_string().contains("Only the owner"), is_admin, "{error}");
    }
}

fn person(uid: u64, nickname: &str, is_admin: bool) -> serde_json::Value {
    serde_json::json!({"users": [{
        "id": uid.to_string(), "nickname": nickname, "departmentId": 1, "isAdmin": is_admin,
        "name": {"first": "A", "last": "B"},
    }]})
}

#[tokio::test]
async fn what_is_missing_null_or_odd_is_read() {
    let status = answering(r#"{"enabled":null,"enabledAt":"","scope":"per_planet","duration":"60"}"#);
    let status = status.two_factor().get().send().await.unwrap();
    assert_eq!((status.enabled, status.enabled_at, status.duration), (None, None, Some(60)));
    assert_eq!(status.scope.as_str(), "per_planet");
    for body in ["{}", r#"{"applications":null}"#, r#"{"applications":[]}"#] {
        let empty = answering(body).service_applications().get().send().await.unwrap();
        assert_eq!(empty.applications, [], "{body}");
        answering(body).service_applications().delete().send().await.unwrap();
    }
    for (body, ttl) in [(r#"{"authTTL":5}"#, Some(5)), (r#"{"authTtl":5}"#, Some(5)), ("{}", None)] {
        assert_eq!(answering(body).sessions().get().send().await.unwrap().auth_ttl, ttl, "{body}");
    }
    let error = answering("<html>").passwords().get().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}
