//! Signing in: ways, renewal, and how it fails.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use futures::future::join_all;
use orglib_code42::{OrgReference, Organizations, SignIn, Tenant, TokenSource, Totp};
use orglib_core::{
    Client, Error, ErrorKind,
    transport::{RetryPolicy, SecretString},
};
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

const MINUTE: Duration = Duration::from_secs(60);

struct Place {
    sandbox: Sandbox,
    clock: ManualClock,
    door: Client,
}

impl Place {
    fn new(totp: Option<&str>) -> Self {
        let clock = ManualClock::auto();
        let builder = Sandbox::builder().users(1).clock(clock.shared());
        let sandbox = match totp {
            Some(code) => builder.code42_totp(code).build(),
            None => builder.build(),
        };
        let door = Client::builder(sandbox.transport()).clock(clock.shared()).build();
        Self { sandbox, clock, door }
    }

    fn user(&self) -> SignIn {
        let access = &self.sandbox.info().code42;
        SignIn::user(self.door.clone(), &access.user, access.password.as_str()).unwrap()
    }

    fn api_client(&self) -> SignIn {
        let access = &self.sandbox.info().code42;
        SignIn::api_client(self.door.clone(), &access.client_id, access.client_secret.as_str()).unwrap()
    }

    fn organizations(&self, sign_in: SignIn) -> Organizations {
        Tenant::new(self.door.with_credentials(Arc::new(sign_in))).organizations()
    }

    fn asked(&self, operation: &str) -> u64 {
        self.sandbox.stats().requests_of(operation)
    }
}

fn org() -> OrgReference {
    "4200".parse().unwrap()
}

#[tokio::test]
async fn however_many_wait_one_signs_in() {
    let place = Place::new(None);
    place.sandbox.set_latency(Duration::from_millis(10));
    let organizations = place.organizations(place.user());
    let (one, two) = (org(), org());
    let all =
        join_all((0..40).map(|number| organizations.resolve(if number % 2 == 0 { &one } else { &two })))
            .await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!((place.asked("AuthV3_Jwt"), place.asked("OrgV1_Get")), (1, 40));
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let place = Place::new(None);
    for (sign_in, operation, life) in
        [(place.user(), "AuthV3_Jwt", 30), (place.api_client(), "OAuthV3_Token", 15)]
    {
        let door = place.door.with_credentials(Arc::new(sign_in));
        let organizations = Tenant::new(door.clone()).organizations();
        for (wait, sign_ins) in [(Duration::ZERO, 1), (MINUTE * (life - 2), 1), (MINUTE, 2), (MINUTE, 2)] {
            place.clock.advance(wait);
            organizations.resolve(&org()).await.unwrap();
            door.settle().await;
            assert_eq!(place.asked(operation), sign_ins, "{operation} {wait:?}");
        }
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let mock = MockTransport::new();
    let sign_in = When::operation("OAuthV3_Token");
    for token in ["one", "two", "three"] {
        let answer = format!(r#"{{"data":{{"access_token":"{token}","expires_in":900}},"error":null}}"#);
        mock.expect(sign_in.clone(), Answer::json(answer));
    }
    mock.expect(When::operation("OrgV1_Get"), Answer::status(401));
    mock.expect(When::operation("OrgV1_Get"), Answer::json(r#"{"data":{"orgId":1,"orgUid":"1"}}"#));
    mock.always(When::operation("OrgV1_Get"), Answer::status(401));
    let clock = ManualClock::auto();
    let door = Client::builder(mock.shared()).clock(clock.shared()).build();
    let credentials = SignIn::api_client(door.clone(), "id", "secret").unwrap();
    let organizations = Tenant::new(door.with_credentials(Arc::new(credentials))).organizations();
    let id = orglib_code42::OrgNumber::new(1).unwrap();
    assert_eq!(organizations.resolve(&id.into()).await.unwrap().org_id, id);
    assert!(organizations.resolve(&id.into()).await.unwrap_err().is_unauthenticated());
    mock.verify();
}

#[tokio::test]
async fn a_living_token_outlives_a_service_that_is_away() {
    let mock = MockTransport::new();
    let sign_in = When::operation("OAuthV3_Token");
    mock.expect(
        sign_in.clone(),
        Answer::json(r#"{"data":{"access_token":"one","expires_in":900},"error":null}"#),
    );
    mock.always(sign_in, Answer::status(503));
    mock.always(When::operation("OrgV1_Get"), Answer::json(r#"{"data":{"orgId":1,"orgUid":"1"}}"#));
    let clock = ManualClock::auto();
    let door = Client::builder(mock.shared())
        .clock(clock.shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build();
    let credentials = SignIn::api_client(door.clone(), "id", "secret").unwrap();
    let door = door.with_credentials(Arc::new(credentials));
    let organizations = Tenant::new(door.clone()).organizations();
    let id = orglib_code42::OrgNumber::new(1).unwrap();
    for (wait, lives) in [(0, true), (845, true), (54, true), (1, false)] {
        clock.advance(Duration::from_secs(wait));
        assert_eq!(organizations.resolve(&id.into()).await.is_ok(), lives, "{wait}");
        door.settle().await;
    }
}

#[tokio::test]
async fn no_lifetime_that_the_service_says_ends_the_program() {
    for said in ["18446744073709551615", "1e300", "-1", "\"soon\""] {
        let mock = MockTransport::new();
        let answer = format!(r#"{{"data":{{"access_token":"one","expires_in":{said}}},"error":null}}"#);
        mock.always(When::operation("OAuthV3_Token"), Answer::json(answer));
        mock.always(When::operation("OrgV1_Get"), Answer::json(r#"{"data":{"orgId":1,"orgUid":"1"}}"#));
        let clock = ManualClock::auto();
        clock.advance(MINUTE);
        let door = Client::builder(mock.shared()).clock(clock.shared()).build();
        let credentials = SignIn::api_client(door.clone(), "id", "secret").unwrap();
        let organizations = Tenant::new(door.with_credentials(Arc::new(credentials))).organizations();
        organizations.resolve(&orglib_code42::OrgNumber::new(1).unwrap().into()).await.unwrap();
    }
}

#[tokio::test]
async fn a_wrong_password_is_tried_once_however_many_wait() {
    let place = Place::new(None);
    place.sandbox.set_latency(Duration::from_millis(10));
    let access = &place.sandbox.info().code42;
    let wrong = SignIn::user(place.door.clone(), &access.user, "wrong-password").unwrap();
    let organizations = place.organizations(wrong);
    let one = org();
    let all = join_all((0..20).map(|_| organizations.resolve(&one))).await;
    for error in all.into_iter().map(Result::unwrap_err) {
        assert!(error.is_unauthenticated(), "{error}");
        let text = format!("{error} {error:?}");
        assert!(
            text.contains("check the name and the password") && !text.contains("wrong-password"),
            "{text}"
        );
    }
    assert_eq!(place.asked("AuthV3_Jwt"), 1);
}

#[tokio::test]
async fn a_refusal_says_what_to_do_next() {
    let place = Place::new(Some("123456"));
    let access = &place.sandbox.info().code42;
    let user = |name: &str| SignIn::user(place.door.clone(), name, access.password.as_str()).unwrap();
    let client = SignIn::api_client(place.door.clone(), "id", "other").unwrap();
    for (sign_in, advice) in [
        (user(&access.user), "give the one-time code"),
        (user(&access.user).with_totp(Totp::code("654321")).unwrap(), "fresh one-time code"),
        (user("sso.anna@severny-most.example"), "single sign-on"),
        (client, "check its id and secret"),
    ] {
        let error = place.organizations(sign_in).resolve(&org()).await.unwrap_err();
        assert!(error.is_unauthenticated() && error.to_string().contains(advice), "{error}");
    }
}

#[tokio::test]
async fn a_fixed_code_is_good_for_one_sign_in_and_a_source_for_all() {
    let place = Place::new(Some("123456"));
    let fixed = place.organizations(place.user().with_totp(Totp::code("123456")).unwrap());
    let sourced = place.organizations(place.user().with_totp(Totp::source(|| "123456".into())).unwrap());
    fixed.resolve(&org()).await.unwrap();
    sourced.resolve(&org()).await.unwrap();
    place.clock.advance(MINUTE * 40);
    sourced.resolve(&org()).await.unwrap();
    let before = place.asked("AuthV3_Jwt");
    let error = fixed.resolve(&org()).await.unwrap_err();
    assert!(error.is_unauthenticated() && error.to_string().contains("new code"), "{error}");
    assert_eq!(place.asked("AuthV3_Jwt"), before, "a used code is not sent again");
}

#[tokio::test]
async fn an_api_client_has_no_organization_of_its_own() {
    let place = Place::new(None);
    let organizations = place.organizations(place.api_client());
    assert!(organizations.resolve(&org()).await.is_ok());
    let current = organizations.current().timeout(Duration::from_millis(1)).send().await;
    assert_eq!(current.unwrap_err().status().unwrap(), 500);
}

struct Own;

#[async_trait]
impl TokenSource for Own {
    async fn token(&self) -> Result<SecretString, Error> {
        Err(Error::auth("my-vault", "sealed", "the vault is sealed"))
    }
}

#[tokio::test]
async fn a_source_of_ones_own_fails_in_its_own_words() {
    let place = Place::new(None);
    let error = place.organizations(SignIn::tokens(Own)).resolve(&org()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("the vault is sealed"), "{error}");
}

#[test]
fn what_cannot_sign_in_is_refused_before_anything_is_sent() {
    let place = Place::new(None);
    let door = || place.door.clone();
    for error in [
        SignIn::user(door(), "", "p").unwrap_err(),
        SignIn::user(door(), "u", "").unwrap_err(),
        SignIn::api_client(door(), "i", "").unwrap_err(),
        place.user().with_totp(Totp::code("12345")).unwrap_err(),
        place.api_client().with_totp(Totp::code("123456")).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let place = Place::new(None);
    let shown = format!("{:?} {:?}", place.user(), Totp::code("123456"));
    assert_eq!(shown, "SignIn(\"user\") Totp([secret])");
}
