//! The token service: exchange, device flow, renewal, revoking, and whose token it is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::time::Duration;

use common::{Answer, Asker, change, checked, read, request, text};
use http::{HeaderValue, Method, header};
use orglib_sandbox::{Grant, Sandbox};
use orglib_testkit::ManualClock;
use orglib_transport::Body;
use serde_json::{Value, json};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const EMAIL: &str = "urn:yandex:params:oauth:token-type:email";
const UID: &str = "urn:yandex:params:oauth:token-type:uid";

struct Service {
    sandbox: Sandbox,
    clock: ManualClock,
}

impl Service {
    fn new() -> Self {
        let clock = ManualClock::new();
        Self { sandbox: checked().users(30).clock(clock.shared()).build(), clock }
    }

    async fn post(&self, path: &str, form: &[(&str, &str)], authorization: Option<&str>) -> Answer {
        let mut request = request(Method::POST, path, &[]);
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        request.body = Body::from(form.into_bytes());
        let media = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers.insert(header::CONTENT_TYPE, media);
        if let Some(value) = authorization {
            request.headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        read(self.sandbox.handle(request).await.unwrap()).await
    }

    /// Asks as the application that there is.
    async fn ask(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let app = &self.sandbox.info().service_app;
        let secrets = [("client_id", app.client_id.as_str()), ("client_secret", app.client_secret.as_str())];
        self.post(path, &[form, &secrets].concat(), None).await
    }

    async fn exchange(&self, subject: &str, kind: &str) -> Answer {
        let form = [("grant_type", EXCHANGE), ("subject_token", subject), ("subject_token_type", kind)];
        self.ask("/token", &form).await
    }

    async fn person(&self, fits: impl Fn(&Value) -> bool) -> Value {
        let users = Asker::new(&self.sandbox).users().await;
        users.into_iter().find(fits).unwrap()
    }

    /// Whether a token is taken, for Disk.
    async fn status(&self, token: &str) -> u16 {
        Asker::with_token(&self.sandbox, token).status("/v1/disk/resources/public", &[]).await
    }
}

fn refusal(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), text(&answer.json["error"]))
}

#[tokio::test]
async fn an_exchanged_token_acts_as_the_employee_for_an_hour() {
    let service = Service::new();
    let person = service.person(|user| user["isEnabled"] == true && user["isAdmin"] == false).await;
    for (subject, kind) in [(text(&person["email"]), EMAIL), (text(&person["id"]), UID)] {
        let answer = service.exchange(subject, kind).await;
        assert_eq!(answer.status, 200, "{}", answer.json);
        assert_eq!(answer.json["expires_in"], 3600);
        let token = text(&answer.json["access_token"]).to_owned();
        let asker = Asker::with_token(&service.sandbox, &token);
        assert_eq!(asker.get("/info", &[]).await["id"], person["id"]);
        assert_eq!(service.status(&token).await, 200);
        let users = format!("/directory/v1/org/{}/users", service.sandbox.org_id());
        assert_eq!(asker.status(&users, &[]).await, 403);
        service.clock.advance(Duration::from_secs(3600));
        assert_eq!(service.status(&token).await, 401);
        assert_eq!(asker.status("/info", &[]).await, 401);
    }
}

#[tokio::test]
async fn who_cannot_be_acted_as_is_refused() {
    let service = Service::new();
    let blocked = service.person(|user| user["isEnabled"] == false).await;
    let foreign = "anna@chuzhaya-gavan.example";
    for (subject, kind) in [
        (text(&blocked["email"]), EMAIL),
        (text(&blocked["id"]), UID),
        (foreign, EMAIL),
        ("nobody", EMAIL),
        ("1", UID),
        ("x", UID),
    ] {
        assert_eq!(refusal(&service.exchange(subject, kind).await), (400, "invalid_grant"), "{subject}");
    }
}

#[tokio::test]
async fn only_a_registered_and_activated_application_acts_as_employees() {
    let service = Service::new();
    let (sandbox, asker) = (&service.sandbox, Asker::new(&service.sandbox));
    let id = sandbox.info().service_app.client_id.clone();
    let path = format!("/security/v1/org/{}/service_applications", sandbox.org_id());
    let send =
        async |method, rest: &str, body| change(&asker, method, &format!("{path}{rest}"), &[], body).await;
    let exchanged = async || service.exchange(&sandbox.administrator(), EMAIL).await;
    let unauthorized = async || {
        let answer = exchanged().await;
        assert!(text(&answer.json["error_description"]).contains("unauthorized"), "{}", answer.json);
        refusal(&answer) == (400, "unauthorized_client")
    };
    let listed = asker.get(&path, &[]).await;
    assert_eq!(listed["applications"][0]["id"], json!(id));

    assert_eq!(send(Method::POST, "/deactivate", Value::Null).await.json, json!({}));
    assert!(unauthorized().await);
    assert_eq!(send(Method::POST, "", listed.clone()).await.status, 400, "not activated");
    assert_eq!(send(Method::POST, "/activate", Value::Null).await.json, json!({}));
    assert_eq!(exchanged().await.status, 200);

    assert_eq!(send(Method::DELETE, "", Value::Null).await.json, json!({"applications": []}));
    assert!(unauthorized().await);
    let reader = json!({"applications": [{"id": "other", "scopes": []}, {"id": id, "scopes": ["cloud_api:disk.read"]}]});
    assert_eq!(send(Method::POST, "", reader.clone()).await.json, reader);
    assert_eq!(exchanged().await.json["scope"], "cloud_api:disk.read");

    let many: Vec<_> = (0..21).map(|number| json!({"id": number.to_string(), "scopes": []})).collect();
    let twice = json!([{"id": "a", "scopes": []}, {"id": "a", "scopes": []}]);
    for wrong in [json!(many), twice, json!([{"id": "a"}])] {
        assert_eq!(send(Method::POST, "", json!({"applications": wrong})).await.status, 400);
    }
    assert_eq!(asker.get(&path, &[]).await, reader);
}

#[tokio::test]
async fn only_the_owner_sees_service_applications() {
    let service = Service::new();
    let sandbox = &service.sandbox;
    let owner = sandbox.administrator();
    let path = format!("/security/v1/org/{}/service_applications", sandbox.org_id());
    let mut plain = service.person(|user| user["email"] != json!(owner) && user["isEnabled"] == true).await;
    plain["isAdmin"] = json!(true);
    sandbox.put(&json!({"users": [plain]})).unwrap();
    let id: u64 = text(&plain["id"]).parse().unwrap();
    let token = sandbox.issue(Grant::employee(id));
    let second = Asker::with_token(sandbox, &token);
    let users = format!("/directory/v1/org/{}/users", sandbox.org_id());
    assert_eq!(second.status(&users, &[]).await, 200, "an administrator");
    let refused = second.ask(&path, &[]).await;
    assert_eq!(refused.status, 403);
    assert!(text(&refused.json["message"]).contains("owner"));
}

#[tokio::test]
async fn an_application_has_to_be_known() {
    let service = Service::new();
    let app = service.sandbox.info().service_app.clone();
    let email = service.sandbox.administrator();
    let form = |id: &str, secret: &str| {
        [
            ("grant_type", EXCHANGE.to_owned()),
            ("subject_token", email.clone()),
            ("subject_token_type", EMAIL.to_owned()),
            ("client_id", id.to_owned()),
            ("client_secret", secret.to_owned()),
        ]
    };
    for (id, secret) in [("other", app.client_secret.as_str()), (app.client_id.as_str(), "other")] {
        let form = form(id, secret);
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(refusal(&service.post("/token", &form, None).await), (400, "invalid_client"));
    }
    let form = form(&app.client_id, &app.client_secret);
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let malformed = service.post("/token", &form, Some("Basic x")).await;
    assert_eq!(refusal(&malformed), (401, "Malformed Authorization header"));
    let unknown = service.ask("/token", &[("grant_type", "password")]).await;
    assert_eq!(refusal(&unknown), (400, "invalid_request"));
}

#[tokio::test]
async fn a_device_waits_for_its_person() {
    let service = Service::new();
    let client_id = service.sandbox.info().service_app.client_id.clone();
    let started = service.post("/device/code", &[("client_id", &client_id)], None).await.json;
    assert_eq!((&started["interval"], &started["expires_in"]), (&json!(5), &json!(300)));
    let form = [("grant_type", "device_code"), ("code", text(&started["device_code"]))];
    assert_eq!(refusal(&service.ask("/token", &form).await), (400, "authorization_pending"));
    service.clock.advance(Duration::from_secs(5));
    let token = service.ask("/token", &form).await.json;
    assert_eq!(service.status(text(&token["access_token"])).await, 200);
    assert_eq!(refusal(&service.ask("/token", &form).await), (400, "invalid_grant"));

    let late = service.post("/device/code", &[("client_id", &client_id)], None).await.json;
    service.clock.advance(Duration::from_secs(300));
    let form = [("grant_type", "device_code"), ("code", text(&late["device_code"]))];
    assert_eq!(refusal(&service.ask("/token", &form).await), (400, "invalid_grant"));
    let other = service.post("/device/code", &[("client_id", "other")], None).await;
    assert_eq!(refusal(&other), (400, "invalid_client"));
}

#[tokio::test]
async fn a_granted_token_is_renewed_once_and_revoked_for_good() {
    let service = Service::new();
    let client_id = service.sandbox.info().service_app.client_id.clone();
    let started = service.post("/device/code", &[("client_id", &client_id)], None).await.json;
    service.clock.advance(Duration::from_secs(5));
    let form = [("grant_type", "device_code"), ("code", text(&started["device_code"]))];
    let first = service.ask("/token", &form).await.json;
    let form = [("grant_type", "refresh_token"), ("refresh_token", text(&first["refresh_token"]))];
    let second = service.ask("/token", &form).await.json;
    let token = text(&second["access_token"]);
    assert_ne!(token, text(&first["access_token"]));
    assert_eq!(service.status(token).await, 200);
    assert_eq!(refusal(&service.ask("/token", &form).await), (400, "invalid_grant"));

    for _ in 0..2 {
        assert_eq!(
            service.ask("/revoke_token", &[("access_token", token)]).await.json,
            json!({"status": "ok"})
        );
        assert_eq!(service.status(token).await, 401);
    }
    let of_no_device = service.sandbox.issue(Grant::administrator());
    let answer = service.ask("/revoke_token", &[("access_token", &of_no_device)]).await;
    assert_eq!(refusal(&answer), (400, "unsupported_token_type"));
    let answer = service.ask("/revoke_token", &[("access_token", "nothing")]).await;
    assert_eq!(refusal(&answer), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_token_tells_as_much_of_its_owner_as_its_scopes_allow() {
    let service = Service::new();
    let all = Asker::new(&service.sandbox).get("/info", &[("format", "json")]).await;
    assert_eq!(text(&all["default_email"]), service.sandbox.administrator());
    let bare = service.sandbox.issue(Grant::administrator().scopes(["cloud_api:disk.read"]));
    let bare = Asker::with_token(&service.sandbox, &bare).get("/info", &[]).await;
    assert_eq!(bare["login"], all["login"]);
    assert!(bare.get("default_email").is_none() && bare.get("real_name").is_none());
}

#[tokio::test]
async fn an_issued_token_stands_in_the_audit_log() {
    let service = Service::new();
    service.exchange(&service.sandbox.administrator(), EMAIL).await;
    let path = format!("/v1/auditlog/organizations/{}/events", service.sandbox.org_id());
    let query = [("ended_at", "2026-01-01T00:00:00Z"), ("count", "1")];
    let page = Asker::new(&service.sandbox).get(&path, &query).await;
    assert_eq!(page["items"][0]["event"]["type"], "id_nondevice_token.issued");
}
