//! Tokens that are kept, renewed and refused, in simulated time.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures::future::join_all;
use http::Method;
use orglib_core::{
    Client, Error, ErrorKind, Host,
    transport::{Clock, RetryPolicy},
};
use orglib_oauth::{Application, OAuth, RefreshCredentials, ServiceApplication, Token};
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

struct House {
    sandbox: Sandbox,
    clock: ManualClock,
    client: Client,
}

fn house() -> House {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(30).clock(clock.shared()).build();
    let client = Client::builder(sandbox.transport()).clock(clock.shared()).build();
    House { sandbox, clock, client }
}

impl House {
    fn application(&self) -> ServiceApplication {
        let app = &self.sandbox.info().service_app;
        ServiceApplication::new(&self.client, &app.client_id, app.client_secret.as_str())
    }

    fn oauth(&self) -> OAuth {
        let app = &self.sandbox.info().service_app;
        OAuth::new(&self.client, Application::new(&app.client_id).secret(app.client_secret.as_str()))
    }

    /// How often the token service was asked for a token.
    fn exchanges(&self) -> u64 {
        self.sandbox.stats().requests_of("token")
    }

    async fn employee(&self, enabled: bool) -> (String, String) {
        let path = format!("/directory/v1/org/{}/users?perPage=100", self.sandbox.org_id());
        let token = orglib_core::transport::StaticToken::oauth(self.sandbox.token().into()).unwrap();
        let client = self.client.with_credentials(token.shared());
        let users: serde_json::Value =
            client.raw(Method::GET, Host::Api360, path).send().await.unwrap().json().unwrap();
        let users = users["users"].as_array().unwrap().iter();
        let user =
            users.clone().find(|user| user["isEnabled"] == enabled && user["isAdmin"] == false).unwrap();
        (user["email"].as_str().unwrap().to_owned(), user["id"].as_str().unwrap().to_owned())
    }
}

async fn look(client: &Client) -> Result<(), Error> {
    client.raw(Method::GET, Host::Cloud, "/v1/disk/resources/public").send().await.map(drop)
}

#[tokio::test]
async fn a_service_application_acts_as_an_employee_by_address_and_by_id() {
    let house = house();
    let application = house.application();
    let (email, id) = house.employee(true).await;
    for who in [email.as_str(), id.as_str()] {
        look(&house.client.with_credentials(application.as_user(who))).await.unwrap();
        let token = application.token(who).await.unwrap();
        let info = house.oauth().user_info(token.access_token).unwrap().send().await.unwrap();
        assert_eq!(info.id.to_string(), id);
    }
    assert_eq!(house.exchanges(), 2);
}

#[tokio::test]
async fn one_exchange_serves_all_who_wait() {
    let house = house();
    let (email, _) = house.employee(true).await;
    house.sandbox.set_latency(Duration::from_millis(50));
    let application = house.application();
    let clients: Vec<_> =
        (0..40).map(|_| house.client.with_credentials(application.as_user(email.as_str()))).collect();
    for outcome in join_all(clients.iter().map(look)).await {
        outcome.unwrap();
    }
    assert_eq!(house.exchanges(), 1);
}

#[tokio::test]
async fn one_refusal_answers_all_who_wait() {
    let house = house();
    let (email, _) = house.employee(false).await;
    house.sandbox.set_latency(Duration::from_millis(50));
    let application = house.application();
    let clients: Vec<_> =
        (0..40).map(|_| house.client.with_credentials(application.as_user(email.as_str()))).collect();
    for outcome in join_all(clients.iter().map(look)).await {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Auth, Some("invalid_grant")));
        assert!(error.to_string().contains("User is blocked") && !error.is_not_found(), "{error}");
        assert!(!error.to_string().contains(&email) && !format!("{error:?}").contains(&email), "{error:?}");
    }
    assert_eq!(house.exchanges(), 1);
    assert!(application.token(email.as_str()).await.is_err(), "a later call asks again");
    assert_eq!(house.exchanges(), 2);
}

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_its_end() {
    let house = house();
    let (email, _) = house.employee(true).await;
    let application = house.application();
    let client = house.client.with_credentials(application.as_user(email.as_str()));
    let mut seen = Vec::new();
    for step in [0, 1_800, 1_499, 1, 3_299, 1] {
        house.clock.advance(Duration::from_secs(step));
        look(&client).await.unwrap();
        seen.push(house.exchanges());
    }
    assert_eq!(seen, [1, 1, 1, 2, 2, 3]);
    let left = application.token(email.as_str()).await.unwrap().expires_in.unwrap();
    assert_eq!(left, Duration::from_secs(3_600));
}

#[tokio::test]
async fn a_refused_token_is_exchanged_once_more_and_no_oftener() {
    for (recovers, exchanges) in [(true, 2), (false, 2)] {
        let mock = MockTransport::new();
        mock.expect(When::operation("token"), Answer::json(r#"{"access_token":"a","expires_in":"3600"}"#));
        mock.expect(When::operation("raw"), Answer::status(401));
        mock.expect(When::operation("token"), Answer::json(r#"{"access_token":"b"}"#));
        mock.expect(When::operation("raw"), if recovers { Answer::json("{}") } else { Answer::status(401) });
        let client = Client::builder(mock.shared()).clock(ManualClock::auto().shared()).build();
        let application = ServiceApplication::new(&client, "app", "secret");
        let outcome = look(&client.with_credentials(application.as_user("7"))).await;
        assert_eq!(outcome.is_ok(), recovers);
        let tokens = mock.requests().iter().filter(|request| request.operation == "token").count();
        assert_eq!(tokens, exchanges);
        mock.verify();
    }
}

#[tokio::test]
async fn a_token_service_that_is_away_does_not_end_a_living_token() {
    let mock = MockTransport::new();
    mock.expect(When::operation("token"), Answer::json(r#"{"access_token":"a","expires_in":3600}"#));
    mock.always(When::operation("token"), Answer::status(503));
    mock.always(When::operation("raw"), Answer::json("{}"));
    let clock = ManualClock::auto();
    let client = Client::builder(mock.shared())
        .clock(clock.shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build();
    let client = client.with_credentials(ServiceApplication::new(&client, "app", "secret").as_user("7"));
    look(&client).await.unwrap();
    clock.advance(Duration::from_secs(3_400));
    look(&client).await.unwrap();
    clock.advance(Duration::from_secs(200));
    let error = look(&client).await.unwrap_err();
    assert!(error.is_retryable() || error.kind() == ErrorKind::Auth, "{error:?}");
}

#[tokio::test]
async fn a_wrong_application_is_named_as_the_cause() {
    let house = house();
    let (email, _) = house.employee(true).await;
    let application = ServiceApplication::new(&house.client, "other", "geheim");
    let error = application.token(email.as_str()).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Auth, Some("invalid_client")));
    let shown = format!("{error} {error:?} {application:?}");
    assert!(shown.contains("application's id and secret") && !shown.contains("geheim"), "{shown}");
}

#[tokio::test]
async fn a_person_signs_in_by_device_renews_and_signs_out() {
    let house = house();
    let oauth = house.oauth();
    let code = oauth.start_device().send().await.unwrap();
    let pending = oauth.device_token(&code).send().await.unwrap_err();
    assert_eq!(pending.code(), Some("authorization_pending"));
    let start = house.clock.monotonic();
    let token = oauth.wait_for_device(&code).await.unwrap();
    assert_eq!(house.clock.monotonic() - start, Duration::from_secs(5));

    let info = oauth.user_info(token.access_token.clone()).unwrap().send().await.unwrap();
    assert_eq!(info.default_email.unwrap(), house.sandbox.administrator());
    let renewed = oauth.refresh(token.refresh_token.unwrap()).send().await.unwrap();
    oauth.revoke(renewed.access_token.clone()).send().await.unwrap();
    let error = oauth.user_info(renewed.access_token).unwrap().send().await.unwrap_err();
    assert!(error.is_unauthenticated());
}

#[tokio::test]
async fn a_code_that_nobody_types_ends() {
    let mock = MockTransport::new();
    let code = r#"{"device_code":"d","user_code":"1234","verification_url":"https://ya.ru/device","interval":0,"expires_in":"30"}"#;
    mock.expect(When::operation("screen-code-oauth"), Answer::json(code));
    let pending = |code: &str| Answer::status(400).body(format!(r#"{{"error":"{code}"}}"#));
    mock.expect(When::operation("token"), pending("slow_down"));
    mock.expect(When::operation("token"), Answer::status(502));
    mock.always(When::operation("token"), pending("authorization_pending"));
    let clock = ManualClock::auto();
    let client = Client::builder(mock.shared()).clock(clock.shared()).build();
    let oauth = OAuth::new(&client, Application::new("app"));
    let code = oauth.start_device().send().await.unwrap();
    let error = oauth.wait_for_device(&code).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Auth, Some("expired_token")));
    assert!(error.to_string().contains("sign in again"), "{error}");
    assert_eq!(clock.monotonic(), Duration::from_secs(35));

    let refused = MockTransport::new();
    refused.expect(When::operation("token"), pending("access_denied"));
    let client = Client::builder(refused.shared()).clock(ManualClock::auto().shared()).build();
    let error = OAuth::new(&client, Application::new("app")).wait_for_device(&code).await.unwrap_err();
    assert_eq!(error.code(), Some("access_denied"));
}

#[tokio::test]
async fn a_kept_token_renews_itself_and_tells_the_new_one() {
    let house = house();
    let oauth = house.oauth();
    let code = oauth.start_device().send().await.unwrap();
    let token = oauth.wait_for_device(&code).await.unwrap();
    let first = token.access_token.expose().to_owned();
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let kept =
        Token::new(first.as_str()).refresh_token(token.refresh_token.unwrap()).expires_in(Duration::ZERO);
    let credentials = RefreshCredentials::new(oauth.clone(), &kept).unwrap().on_renewal(move |token| {
        listener.lock().unwrap().push(token.refresh_token.as_ref().unwrap().expose().to_owned());
    });
    let client = house.client.with_credentials(credentials.shared());
    look(&client).await.unwrap();
    look(&client).await.unwrap();
    assert_eq!(told.lock().unwrap().len(), 1);

    let without = RefreshCredentials::new(oauth, &Token::new(first)).unwrap_err();
    assert!(without.kind() == ErrorKind::Config && without.to_string().contains("sign in again"));
}
