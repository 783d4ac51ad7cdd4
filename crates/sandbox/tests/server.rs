//! The sandbox behind HTTP, asked over plain sockets.

#![allow(clippy::disallowed_methods, reason = "a test spawns what it watches")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]
#![cfg(feature = "server")]

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
};

use orglib_sandbox::{FaultKind, Faults, Rate, Sandbox, Server};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

/// A served sandbox, which ends with the test.
struct Served {
    sandbox: Sandbox,
    address: SocketAddr,
    management: SocketAddr,
    shutdown: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Served {
    async fn new(sandbox: Sandbox) -> Self {
        let server = Server::bind(sandbox.clone(), ([127, 0, 0, 1], 0).into()).await.unwrap();
        let address = server.address();
        assert_eq!(server.url(), format!("http://{address}"));
        let management = server.management_url().strip_prefix("http://").unwrap().parse().unwrap();
        let (shutdown, asked) = oneshot::channel();
        let serving = tokio::spawn(server.serve(async {
            let _ = asked.await;
        }));
        Self { sandbox, address, management, shutdown, serving }
    }

    /// The raw answer to a request on a connection of its own, until the server closes it.
    async fn raw(&self, address: SocketAddr, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A connection that is broken off may end in an error; what came before it stays.
        let _ = stream.read_to_end(&mut answer).await;
        answer
    }

    async fn get(&self, path: &str) -> Vec<u8> {
        let token = self.sandbox.token();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: sandbox\r\nAuthorization: OAuth {token}\r\nConnection: close\r\n\r\n"
        );
        self.raw(self.address, &request).await
    }

    async fn manage(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        let answer = self.raw(self.management, &request).await;
        (status(&answer), json(&answer))
    }

    async fn end(self) {
        self.shutdown.send(()).unwrap();
        self.serving.await.unwrap().unwrap();
    }
}

fn head(answer: &[u8]) -> String {
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap_or(answer.len());
    String::from_utf8_lossy(&answer[..end]).to_lowercase()
}

fn body(answer: &[u8]) -> &[u8] {
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    end.map_or(&[], |end| &answer[end + 4..])
}

fn status(answer: &[u8]) -> u16 {
    head(answer).split(' ').nth(1).unwrap().parse().unwrap()
}

fn json(answer: &[u8]) -> Value {
    serde_json::from_slice(body(answer)).unwrap()
}

fn declared_length(answer: &[u8]) -> usize {
    let head = head(answer);
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    line.parse().unwrap()
}

#[tokio::test]
async fn one_port_serves_all_hosts() {
    let served = Served::new(Sandbox::builder().users(30).build()).await;
    let org = served.sandbox.org_id();
    for (path, key) in [
        (format!("/directory/v1/org/{org}/users?perPage=100"), "users"),
        (format!("/v1/directory/organizations/{org}/users?limit=100"), "items"),
        ("/v1/disk/resources/public".to_owned(), "items"),
    ] {
        let answer = served.get(&path).await;
        assert_eq!(status(&answer), 200);
        assert!(json(&answer)[key].is_array());
        assert!(head(&answer).contains("x-request-id: "));
        assert_eq!(declared_length(&answer), body(&answer).len());
    }
    assert_eq!(status(&served.get("/nowhere").await), 404);
    assert_eq!(served.sandbox.stats().requests, 4);
    served.end().await;
}

#[tokio::test]
async fn a_dropped_connection_carries_nothing_back() {
    let served = Served::new(Sandbox::builder().users(5).build()).await;
    for kind in [FaultKind::Drop, FaultKind::Lost] {
        served.sandbox.set_faults(Faults::errors(1.0).with_kinds([kind]));
        served.sandbox.reset();
        assert!(served.get("/directory/v1/org").await.is_empty(), "{}", kind.name());
    }
    served.end().await;
}

#[tokio::test]
async fn a_cut_off_body_is_shorter_than_it_says() {
    let faults = Faults::errors(1.0).with_kinds([FaultKind::CutOff]);
    let served = Served::new(Sandbox::builder().users(50).faults(faults).build()).await;
    let answer = served.get("/directory/v1/org").await;
    assert_eq!(status(&answer), 200);
    assert_eq!(body(&answer).len(), declared_length(&answer) / 2);
    served.end().await;
}

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let served = Served::new(Sandbox::builder().users(5).build()).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let token = served.sandbox.token();
    for _ in 0..3 {
        let request =
            format!("GET /directory/v1/org HTTP/1.1\r\nHost: x\r\nAuthorization: OAuth {token}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.windows(4).any(|bytes| bytes == b"\r\n\r\n")
            || body(&answer).len() < declared_length(&answer)
        {
            stream.read_buf(&mut answer).await.unwrap();
        }
        assert_eq!(status(&answer), 200);
    }
    // The connection is still open: an end does not wait for it.
    served.end().await;
}

#[tokio::test]
async fn the_management_tells_and_changes_what_goes_on() {
    let served = Served::new(Sandbox::builder().users(30).build()).await;
    let (code, info) = served.manage("GET", "/info", "").await;
    assert_eq!((code, &info["org_id"]), (200, &served.sandbox.org_id().into()));
    assert_eq!(info["token"], served.sandbox.token());
    assert_eq!(served.manage("GET", "/state", "").await.1["resources"], 90);

    let (code, faults) = served.manage("POST", "/faults", "errors=1,kinds=500").await;
    assert_eq!((code, &faults["faults"]), (200, &"errors=1,kinds=500".into()));
    assert_eq!(status(&served.get("/directory/v1/org").await), 500);
    served.manage("POST", "/faults", "none").await;
    assert_eq!(served.manage("GET", "/stats", "").await.1["faults"], 1);

    let (code, rate) = served.manage("POST", "/rate", "1/1").await;
    assert_eq!((code, &rate["rate"]["burst"]), (200, &1.0.into()));
    assert_eq!(served.sandbox.rate(), Some(Rate::new(1.0)));
    served.manage("POST", "/rate", "none").await;

    assert_eq!(served.manage("POST", "/latency", "5").await.1["milliseconds"], 5);
    let (code, stats) = served.manage("POST", "/reset", "").await;
    assert_eq!((code, &stats["requests"]), (200, &0.into()));
    let anna = r#"{"users": [{"nickname": "anna", "departmentId": 1, "name": {"first": "Anna"}}]}"#;
    let (code, state) = served.manage("POST", "/things", anna).await;
    assert_eq!((code, &state["users"]), (200, &31.into()));
    for (path, text) in
        [("/faults", "bogus"), ("/rate", "-1"), ("/latency", "soon"), ("/things", anna), ("/things", "x")]
    {
        let (code, error) = served.manage("POST", path, text).await;
        assert_eq!(code, 400);
        assert!(error["error"].is_string());
    }
    served.end().await;
}

#[tokio::test]
async fn many_connections_are_served_at_once() {
    let served = Served::new(Sandbox::builder().users(30).build()).await;
    let done = AtomicUsize::new(0);
    let ask = async || {
        assert_eq!(status(&served.get("/directory/v1/org").await), 200);
        done.fetch_add(1, Ordering::Relaxed);
    };
    futures::future::join_all((0..200).map(|_| ask())).await;
    assert_eq!(done.into_inner(), 200);
    served.end().await;
}

#[tokio::test]
async fn a_taken_address_is_an_error() {
    let server = Server::bind(Sandbox::builder().users(1).build(), ([127, 0, 0, 1], 0).into()).await.unwrap();
    let again = Server::bind(Sandbox::builder().users(1).build(), server.address()).await;
    assert_eq!(again.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}
