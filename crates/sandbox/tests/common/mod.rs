//! A sandbox, and somebody who asks it.

#![allow(dead_code, reason = "each test file uses a part")]

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use orglib_sandbox::{Sandbox, SandboxBuilder};
use orglib_transport::{Request, RequestMeta, Response, TransportError};
use serde_json::Value;
use url::Url;

/// A sandbox whose answers are checked against the documents.
pub(crate) fn checked() -> SandboxBuilder {
    Sandbox::builder().check_answers(true)
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

/// Asks a sandbox with one token.
pub(crate) struct Asker<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) token: String,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        Self { sandbox, token: sandbox.token().to_owned() }
    }

    pub(crate) fn with_token(sandbox: &'a Sandbox, token: &str) -> Self {
        Self { sandbox, token: token.to_owned() }
    }

    /// Asks, and reads the answer whatever its status.
    pub(crate) async fn ask(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        read(self.send(request(Method::GET, path, query)).await.unwrap()).await
    }

    /// Asks, and gives the body of an answer that must be a success.
    pub(crate) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Value {
        let answer = self.ask(path, query).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} {query:?}: {}", answer.json);
        answer.json
    }

    /// Asks, and gives the status.
    pub(crate) async fn status(&self, path: &str, query: &[(&str, &str)]) -> u16 {
        self.ask(path, query).await.status.as_u16()
    }

    pub(crate) async fn send(&self, mut request: Request) -> Result<Response, TransportError> {
        let token = HeaderValue::from_str(&format!("OAuth {}", self.token)).unwrap();
        request.headers.insert(header::AUTHORIZATION, token);
        self.sandbox.transport().send(request).await
    }

    /// All employees, as the legacy host lists them.
    pub(crate) async fn users(&self) -> Vec<Value> {
        let path = format!("/directory/v1/org/{}/users", self.sandbox.org_id());
        list(&self.get(&path, &[("perPage", "1000")]).await["users"])
    }

    /// All public resources of an employee.
    pub(crate) async fn resources(&self, user_id: &str) -> Vec<Value> {
        let org_id = self.sandbox.org_id().to_string();
        let query = [("user_id", user_id), ("org_id", &org_id), ("limit", "1000")];
        let page = self.get("/v1/disk/public/resources/admin/public-resources", &query).await;
        // An empty list may come as null where faults say so.
        page["items"].as_array().cloned().unwrap_or_default()
    }
}

pub(crate) fn request(method: Method, path: &str, query: &[(&str, &str)]) -> Request {
    let mut url: Url = format!("https://example.org{path}").parse().unwrap();
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Request::new(method, url, RequestMeta::new("raw", true))
}

/// Asks for a change, with a JSON body.
pub(crate) async fn change(
    asker: &Asker<'_>,
    method: Method,
    path: &str,
    query: &[(&str, &str)],
    body: Value,
) -> Answer {
    let mut request = request(method, path, query);
    request.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request.body = body.to_string().into_bytes().into();
    read(asker.send(request).await.unwrap()).await
}

pub(crate) async fn read(response: Response) -> Answer {
    let body = response.body.collect(64 << 20).await.unwrap();
    let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Answer { status: response.status, headers: response.headers, json }
}

pub(crate) fn list(value: &Value) -> Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}")).clone()
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}
