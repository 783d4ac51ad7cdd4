//! How long answers take to be read, beside plain `serde_json` into structs that hold the same; one line of JSON for each.
//! `cargo xtask bench decode` runs it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark")]
#![allow(dead_code, reason = "what is only read to be measured")]

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use orglib::{
    Client,
    audit::ListEvents,
    directory::ListUsers,
    models::{OrgId, Timestamp},
    transport::{
        Request, Response, StaticToken, Transport, TransportError, async_trait,
        bytes::Bytes,
        http::{HeaderMap, StatusCode},
    },
};
use orglib_sandbox::Sandbox;
use serde::Deserialize;

/// How often each is measured, in turn.
const ROUNDS: usize = 41;

#[derive(Deserialize)]
struct Users {
    items: Vec<User>,
    total: u64,
}

#[derive(Deserialize)]
struct User {
    id: serde_json::Value,
    nickname: String,
    department_id: Option<u64>,
    email: Option<String>,
    default_email: Option<String>,
    name: Name,
    display_name: Option<String>,
    gender: Option<String>,
    position: Option<String>,
    avatar_id: Option<String>,
    about: Option<String>,
    birthday: Option<String>,
    contacts: Vec<Contact>,
    aliases: Vec<String>,
    groups: Vec<u64>,
    external_id: Option<String>,
    is_admin: Option<bool>,
    is_robot: Option<bool>,
    is_dismissed: Option<bool>,
    is_2fa_enabled: Option<bool>,
    is_enabled: Option<bool>,
    is_enabled_updated_at: Option<String>,
    timezone: Option<String>,
    language: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
}

#[derive(Deserialize)]
struct Name {
    first: String,
    last: String,
    middle: Option<String>,
}

#[derive(Deserialize)]
struct Contact {
    #[serde(rename = "type")]
    kind: String,
    value: String,
    label: Option<String>,
    main: Option<bool>,
    alias: Option<bool>,
    synthetic: Option<bool>,
}

#[derive(Deserialize)]
struct Events {
    items: Vec<Enriched>,
}

#[derive(Deserialize)]
struct Enriched {
    event: Event,
    user_login: Option<String>,
    user_name: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    idempotency_id: String,
    #[serde(rename = "type")]
    kind: String,
    status: Option<String>,
    occurred_at: Option<String>,
    uid: Option<serde_json::Value>,
    org_id: Option<serde_json::Value>,
    service: Option<String>,
    ip: Option<String>,
    is_system: Option<bool>,
    request_id: Option<String>,
    meta: serde_json::Value,
}

/// Answers everything with the same bytes.
#[derive(Debug)]
struct Canned(Bytes);

#[async_trait]
impl Transport for Canned {
    async fn send(&self, _: Request) -> Result<Response, TransportError> {
        Ok(Response::new(StatusCode::OK, HeaderMap::new(), self.0.clone()))
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sandbox = Sandbox::builder().users(1000).build();
        let token = StaticToken::oauth(sandbox.token().into()).unwrap();
        let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
        let org = OrgId::try_from(sandbox.org_id()).unwrap();
        let body = |path: String| {
            let client = client.clone();
            async move {
                let host = orglib::Host::Cloud;
                client.raw(orglib::transport::http::Method::GET, host, path).send().await.unwrap().body
            }
        };
        let users = body(format!("/v1/directory/organizations/{org}/users?limit=1000")).await;
        let end = "2100-01-01T00:00:00Z";
        let events = body(format!("/v1/auditlog/organizations/{org}/events?count=100&ended_at={end}")).await;

        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let canned = Client::builder(Arc::new(Canned(users.clone()))).build();
            let start = Instant::now();
            let page = canned.list(ListUsers::new(org)).pages().next().await.unwrap().unwrap();
            ours.push(start.elapsed());
            assert_eq!(black_box(page).items.len(), 1000);
            let start = Instant::now();
            let page: Users = serde_json::from_slice(&users).unwrap();
            plain.push(start.elapsed());
            assert_eq!(black_box(page).items.len(), 1000);
        }
        print("users", users.len(), median(ours), median(plain));
        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS * 5 {
            let canned = Client::builder(Arc::new(Canned(events.clone()))).build();
            let start = Instant::now();
            let page = canned
                .list(ListEvents::new(org).ended_at(end.parse::<Timestamp>().unwrap()))
                .pages()
                .next()
                .await
                .unwrap()
                .unwrap();
            ours.push(start.elapsed());
            assert_eq!(black_box(page).items.len(), 100);
            let start = Instant::now();
            let page: Events = serde_json::from_slice(&events).unwrap();
            plain.push(start.elapsed());
            assert_eq!(black_box(page).items.len(), 100);
        }
        print("events", events.len(), median(ours), median(plain));
    });
}

fn print(what: &str, bytes: usize, ours: f64, plain: f64) {
    println!(
        "{}",
        serde_json::json!({"what": what, "bytes": bytes, "ours_us": ours, "plain_us": plain, "ratio": ours / plain})
    );
}
