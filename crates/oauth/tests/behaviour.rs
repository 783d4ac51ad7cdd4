//! Tokens that are kept, renewed and refused, in simulated time.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use futures::{FutureExt, future::join_all};
use http::Method;
use orglib_core::{
    Client, Error, ErrorKind, Host,
    transport::{Clock, Request, Response, RetryPolicy, SharedTransport, Transport, TransportError},
};
use orglib_oauth::{
    Application, KeeperLock, OAuth, RefreshCredentials, ServiceApplication, Token, TokenKeeper,
};
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
    assert!(application.token(email.as_str()).await.is_err());
    assert_eq!(house.exchanges(), 1, "a call soon after does not ask again");
    house.clock.advance(Duration::from_secs(60));
    assert!(application.token(email.as_str()).await.is_err());
    assert_eq!(house.exchanges(), 2, "a later call does");
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
        client.settle().await;
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

/// A place for one token that several programs share.
#[derive(Clone, Debug, Default)]
struct Shelf {
    token: Arc<Mutex<Option<Token>>>,
    turn: Arc<tokio::sync::Mutex<()>>,
    has_lock: bool,
}

#[async_trait]
impl TokenKeeper for Shelf {
    async fn lock(&self) -> Result<KeeperLock, Error> {
        if self.has_lock { Ok(Box::new(Arc::clone(&self.turn).lock_owned().await)) } else { Ok(Box::new(())) }
    }

    async fn load(&self) -> Result<Option<Token>, Error> {
        Ok(self.token.lock().unwrap().clone())
    }

    async fn save(&self, token: &Token) -> Result<(), Error> {
        *self.token.lock().unwrap() = Some(token.clone());
        Ok(())
    }
}

impl Shelf {
    fn refresh_token(&self) -> String {
        let token = self.token.lock().unwrap().clone().unwrap();
        token.refresh_token.unwrap().expose().to_owned()
    }
}

fn ended() -> Token {
    Token::new("a0").refresh_token("r0").expires_in(Duration::ZERO)
}

/// Answers of the token service come late: the first after `pause`, each one later by `pause` than the one before.
#[derive(Debug)]
struct Slow {
    mock: MockTransport,
    clock: ManualClock,
    pause: Duration,
    asked: Mutex<u32>,
}

#[async_trait]
impl Transport for Slow {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let is_token = request.meta.operation == "token";
        let answer = self.mock.shared().send(request).await;
        if is_token {
            let pause = {
                let mut asked = self.asked.lock().unwrap();
                *asked += 1;
                self.pause * *asked
            };
            self.clock.sleep(pause).await;
        }
        answer
    }
}

fn slow(mock: &MockTransport, clock: &ManualClock, pause: u64) -> SharedTransport {
    let (pause, asked) = (Duration::from_secs(pause), Mutex::new(0));
    Arc::new(Slow { mock: mock.clone(), clock: clock.clone(), pause, asked })
}

/// Clients, each with credentials of its own over one shelf.
fn sessions<const N: usize>(transport: &SharedTransport, clock: &ManualClock, shelf: &Shelf) -> [Client; N] {
    std::array::from_fn(|_| {
        let client = Client::builder(Arc::clone(transport)).clock(clock.shared()).build();
        let oauth = OAuth::new(&client, Application::new("app"));
        client.with_credentials(RefreshCredentials::kept_by(oauth, &ended(), shelf.clone()).unwrap().shared())
    })
}

const RENEWED: &str = r#"{"access_token":"a1","refresh_token":"r1","expires_in":3600}"#;
const REFUSED: &str = r#"{"error":"invalid_grant"}"#;

#[tokio::test]
async fn a_renewal_whose_caller_gives_up_is_finished_and_kept() {
    let mock = MockTransport::new();
    mock.expect(When::operation("token"), Answer::json(RENEWED));
    let (clock, shelf) = (ManualClock::auto(), Shelf::default());
    let [client] = sessions(&slow(&mock, &clock, 10), &clock, &shelf);
    let error = client
        .raw(Method::GET, Host::Cloud, "/v1/disk/resources/public")
        .timeout(Duration::from_secs(1))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    client.settle().await;
    assert_eq!(shelf.refresh_token(), "r1");
    mock.verify();
}

#[tokio::test]
async fn of_two_sessions_over_one_store_one_renews_and_both_go_on() {
    let mock = MockTransport::new();
    mock.expect(When::operation("token"), Answer::json(RENEWED));
    mock.always(When::operation("token"), Answer::status(400).body(REFUSED));
    mock.always(When::operation("raw"), Answer::json("{}"));
    let clock = ManualClock::auto();
    let shelf = Shelf { has_lock: true, ..Shelf::default() };
    let clients: [Client; 2] = sessions(&slow(&mock, &clock, 1), &clock, &shelf);
    for outcome in join_all(clients.iter().map(look)).await {
        outcome.unwrap();
    }
    let asked = mock.requests().iter().filter(|request| request.operation == "token").count();
    assert_eq!((asked, shelf.refresh_token().as_str()), (1, "r1"));
}

#[tokio::test]
async fn a_refused_refresh_token_is_looked_up_again_before_it_is_believed() {
    let mock = MockTransport::new();
    mock.expect(When::operation("token"), Answer::json(RENEWED));
    mock.expect(When::operation("token"), Answer::status(400).body(REFUSED));
    mock.always(When::operation("raw"), Answer::json("{}"));
    let clock = ManualClock::auto();
    let clients: [Client; 2] = sessions(&slow(&mock, &clock, 1), &clock, &Shelf::default());
    for outcome in join_all(clients.iter().map(look)).await {
        outcome.unwrap();
    }
    mock.verify();
}

#[tokio::test]
async fn a_token_service_that_hangs_holds_nobody_up_while_the_token_lives_and_is_asked_seldom() {
    let mock = MockTransport::new();
    mock.expect(When::operation("token"), Answer::json(r#"{"access_token":"a","expires_in":3600}"#));
    mock.always(When::operation("token"), Answer::status(503));
    mock.always(When::operation("raw"), Answer::json("{}"));
    let clock = ManualClock::auto();
    let client = Client::builder(slow(&mock, &clock, 3))
        .clock(clock.shared())
        .stack(|stack| stack.retry(RetryPolicy::never()))
        .build();
    let client = client.with_credentials(ServiceApplication::new(&client, "app", "secret").as_user("7"));
    look(&client).await.unwrap();
    clock.advance(Duration::from_secs(3_310));
    for _ in 0..280 {
        let before = clock.monotonic();
        look(&client).await.unwrap();
        assert_eq!(clock.monotonic(), before, "a call waited for the token service");
        clock.sleep(Duration::from_secs(1)).await;
    }
    let asked = || mock.requests().iter().filter(|request| request.operation == "token").count();
    assert!((4..=9).contains(&asked()), "{}", asked());

    clock.advance(Duration::from_secs(200));
    client.settle().await;
    clock.advance(Duration::from_secs(100));
    let before = asked();
    for outcome in join_all((0..40).map(|_| look(&client))).await {
        outcome.unwrap_err();
    }
    look(&client).await.unwrap_err();
    assert_eq!(asked() - before, 1, "all share one failure, and so does who comes soon after");
}

#[test]
fn without_a_runtime_the_next_caller_goes_on_with_a_renewal() {
    let mock = MockTransport::new();
    mock.expect(When::operation("token"), Answer::json(RENEWED));
    mock.always(When::operation("raw"), Answer::json("{}"));
    let (clock, shelf) = (ManualClock::new(), Shelf::default());
    let [client] = sessions(&slow(&mock, &clock, 1), &clock, &shelf);
    assert!(look(&client).now_or_never().is_none(), "the first gives up");
    clock.advance(Duration::from_secs(1));
    assert!(look(&client).now_or_never().unwrap().is_ok());
    assert_eq!(shelf.refresh_token(), "r1");
    mock.verify();
}

#[tokio::test]
async fn no_lifetime_that_a_token_service_says_ends_the_program() {
    for (said, life) in [
        ("1e300", Some(Duration::MAX)),
        ("\"1e300\"", Some(Duration::MAX)),
        ("99999999999999999999999999", Some(Duration::MAX)),
        ("18446744073709551615", Some(Duration::MAX)),
        ("-1", None),
        ("\"NaN\"", None),
        ("\"soon\"", None),
        ("true", None),
        ("[]", None),
        ("null", None),
    ] {
        let mock = MockTransport::new();
        let answer = format!(r#"{{"access_token":"a","refresh_token":"r1","expires_in":{said}}}"#);
        mock.always(When::operation("token"), Answer::json(answer));
        mock.always(When::operation("raw"), Answer::json("{}"));
        let (clock, shelf) = (ManualClock::auto(), Shelf::default());
        clock.advance(Duration::from_secs(10));
        let [client] = sessions(&slow(&mock, &clock, 0), &clock, &shelf);
        look(&client).await.unwrap();
        assert_eq!(shelf.token.lock().unwrap().as_ref().unwrap().expires_in, life, "{said}");
        let application = ServiceApplication::new(&client, "app", "secret");
        assert!(application.token("7").await.unwrap().expires_in.unwrap() >= Duration::from_secs(3_600));
    }
}

#[tokio::test]
async fn a_kept_token_renews_itself_and_keeps_the_new_one() {
    let house = house();
    let oauth = house.oauth();
    let code = oauth.start_device().send().await.unwrap();
    let token = oauth.wait_for_device(&code).await.unwrap();
    let first = token.access_token.expose().to_owned();
    let kept =
        Token::new(first.as_str()).refresh_token(token.refresh_token.unwrap()).expires_in(Duration::ZERO);
    let shelf = Shelf::default();
    let credentials = RefreshCredentials::kept_by(oauth.clone(), &kept, shelf.clone()).unwrap();
    let client = house.client.with_credentials(credentials.shared());
    look(&client).await.unwrap();
    let renewed = shelf.refresh_token();
    look(&client).await.unwrap();
    assert_eq!(shelf.refresh_token(), renewed, "it is renewed once");

    let without = RefreshCredentials::new(oauth, &Token::new(first)).unwrap_err();
    assert!(without.kind() == ErrorKind::Config && without.to_string().contains("sign in again"));
}
