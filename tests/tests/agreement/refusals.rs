//! The sandbox refuses as each host does: every operation, in every way that holds for all of them.

use orglib::{
    Client, Endpoints, Host, OperationMeta,
    models::{shape::Kind, value::Values},
    transport::{
        Body, Request, Response,
        bytes::Bytes,
        http::{HeaderValue, header::AUTHORIZATION},
    },
};
use orglib_sandbox::{Grant, Sandbox, Scenario};
use serde_json::Value;

use crate::{
    conformance::{all, endpoints},
    samples::values,
};

/// Why an operation is left out of a way to be refused.
type Exceptions = &'static [(&'static str, &'static str)];

const NEEDS_NO_TOKEN: Exceptions = &[
    ("GetPublicResource", "what everybody with the link can open is read without one"),
    ("GetPublicResourceDownloadLink", "as GetPublicResource"),
    ("token-invalidate", "the application says who it is in the form"),
    ("LoginConfigurationV3_Get", "it says how to get one"),
];

/// What a token of nobody's is no hindrance to.
const READS_NO_TOKEN: Exceptions = &[("LoginConfigurationV3_Get", "it says how to get one")];

/// A request of an operation, of full values.
fn request(operation: orglib::NamedOperation, endpoints: Endpoints, values: Values) -> Option<Request> {
    let client = Client::builder(orglib_testkit::MockTransport::new().shared()).endpoints(endpoints).build();
    client.named(operation, values).and_then(|call| call.request()).ok()
}

fn requests() -> impl Iterator<Item = (&'static OperationMeta, Request)> {
    all().filter_map(|(operation, generation, meta)| {
        let requests =
            [true, false].map(|full| request(operation, endpoints(generation), values(meta, full)));
        requests.into_iter().flatten().next().map(|request| (meta, request))
    })
}

pub(crate) async fn sent(sandbox: &Sandbox, request: Request) -> (u16, Value) {
    let answer: Response = sandbox.transport().send(request).await.unwrap();
    let status = answer.status.as_u16();
    let body = answer.body.collect(1 << 20).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

fn with_token(mut request: Request, token: &str) -> Request {
    request.headers.insert(AUTHORIZATION, HeaderValue::from_str(&format!("OAuth {token}")).unwrap());
    request
}

/// Whether a refusal is written as its host writes them.
pub(crate) fn is_in_shape(meta: &OperationMeta, body: &Value) -> bool {
    match meta.host {
        Host::Api360 => body["code"].is_number() && body["message"].is_string() && body["details"].is_array(),
        Host::Cloud => {
            body["error"].is_string() && body["message"].is_string() && body["description"].is_string()
        }
        Host::OAuth => body["error"].is_string(),
        Host::Login => true,
        _ if meta.path.starts_with("/api/v1/") || meta.path.starts_with("/api/v3/auth") => body.is_array(),
        _ => !body["error"].is_null(),
    }
}

/// Sends every operation to the sandbox in one way, and says which are not refused so, in their host's shape.
async fn strays(
    allowed: &[u16],
    exceptions: Exceptions,
    mut way: impl FnMut(&'static OperationMeta, Request) -> Option<Request>,
) -> (usize, Vec<String>) {
    let sandbox = Sandbox::builder().users(5).check_answers(true).build();
    let (mut tried, mut strays) = (0, Vec::new());
    let mut excepted: Vec<_> = exceptions.iter().map(|(id, _)| *id).collect();
    for (meta, request) in requests() {
        let Some(request) = way(meta, request) else { continue };
        let (status, body) = sent(&sandbox, request).await;
        let is_refused = allowed.contains(&status) && is_in_shape(meta, &body);
        match exceptions.iter().any(|(id, _)| *id == meta.id) {
            true if !is_refused => excepted.retain(|id| *id != meta.id),
            true => strays.push(format!("{} is refused, and stands among the exceptions", meta.id)),
            false if is_refused => tried += 1,
            false => strays.push(format!("{} {}: {status} {body}", meta.host, meta.id)),
        }
    }
    strays.extend(excepted.iter().map(|id| format!("{id} stands among the exceptions, and was not tried")));
    (tried, strays)
}

#[tokio::test]
async fn without_a_token() {
    let (tried, strays) = strays(&[401], NEEDS_NO_TOKEN, |_, request| Some(request)).await;
    assert!(strays.is_empty() && tried > 200, "{tried}\n{}", strays.join("\n"));
}

#[tokio::test]
async fn with_a_token_of_nobody() {
    let (tried, strays) =
        strays(&[401], READS_NO_TOKEN, |_, request| Some(with_token(request, "nobodys"))).await;
    assert!(strays.is_empty() && tried > 200, "{tried}\n{}", strays.join("\n"));
}

/// A token that may do nothing, of the administrator of the sandbox that every one of these makes.
fn of_no_use(sandbox: &Sandbox) -> String {
    sandbox.issue(Grant::administrator().scopes(["login:nothing"]))
}

#[tokio::test]
async fn with_a_token_of_another_scope() {
    let sandbox = Sandbox::builder().users(5).build();
    let token = of_no_use(&sandbox);
    let (mut tried, mut strays) = (0, Vec::new());
    for (meta, request) in requests().filter(|(meta, _)| !meta.scopes.names().is_empty()) {
        if !matches!(meta.host, Host::Api360 | Host::Cloud) {
            continue;
        }
        let (status, body) = sent(&sandbox, with_token(request, &token)).await;
        tried += 1;
        if status != 403 || !is_in_shape(meta, &body) {
            strays.push(format!("{} {}: {status} {body}", meta.host, meta.id));
        }
    }
    assert!(strays.is_empty() && tried > 180, "{tried}\n{}", strays.join("\n"));
}

/// The same values, in an organisation that the token's owner does not administer.
#[tokio::test]
async fn in_an_organisation_of_others() {
    let sandbox = Sandbox::builder().users(5).build();
    let foreign = sandbox.foreign_org_id().to_string();
    let (mut tried, mut strays) = (0, Vec::new());
    for (operation, generation, meta) in all() {
        let mut parameters = meta.parameters.iter();
        let Some(org) = parameters.find(|one| matches!(one.shape.kind, Kind::Organization) && one.required)
        else {
            continue;
        };
        let mut values = values(meta, false);
        values.set(org.name, foreign.as_str()).unwrap();
        let Some(request) = request(operation, endpoints(generation), values) else { continue };
        let (status, body) = sent(&sandbox, with_token(request, sandbox.token())).await;
        tried += 1;
        if !matches!(status, 403 | 404) || !is_in_shape(meta, &body) {
            strays.push(format!("{} {}: {status} {body}", meta.host, meta.id));
        }
    }
    assert!(strays.is_empty() && tried > 120, "{tried}\n{}", strays.join("\n"));
}

#[tokio::test]
async fn with_a_body_that_is_no_json() {
    let sandbox = Sandbox::builder().users(5).build();
    let (mut tried, mut strays) = (0, Vec::new());
    for (meta, mut request) in requests() {
        let is_json =
            matches!(&request.body, Body::Bytes(bytes) if matches!(bytes.first(), Some(b'{' | b'[')));
        if !is_json || !matches!(meta.host, Host::Api360 | Host::Cloud) {
            continue;
        }
        request.body = Body::Bytes(Bytes::from_static(b"{\"a\":"));
        let (status, body) = sent(&sandbox, with_token(request, sandbox.token())).await;
        tried += 1;
        if status != 400 || !is_in_shape(meta, &body) {
            strays.push(format!("{} {}: {status} {body}", meta.host, meta.id));
        }
    }
    assert!(strays.is_empty() && tried > 50, "{tried}\n{}", strays.join("\n"));
}

/// Made-up ids, in the token's own organisation.
#[tokio::test]
async fn of_what_is_not_there() {
    let sandbox = Sandbox::builder().scenario(Scenario::Bare).build();
    let own = sandbox.org_id().to_string();
    let (mut tried, mut strays) = (0, Vec::new());
    for (operation, generation, meta) in
        all().filter(|(.., meta)| matches!(meta.host, Host::Api360 | Host::Cloud))
    {
        let is_of_org = |kind: &Kind| matches!(kind, Kind::Organization);
        let mut in_path = meta.parameters.iter().filter(|one| one.place == orglib::Place::Path);
        if !in_path.clone().any(|one| !is_of_org(&one.shape.kind)) {
            continue;
        }
        let mut values = values(meta, true);
        if let Some(org) = in_path.find(|one| is_of_org(&one.shape.kind)) {
            values.set(org.name, own.as_str()).unwrap();
        }
        let Some(request) = request(operation, endpoints(generation), values) else { continue };
        let (status, body) = sent(&sandbox, with_token(request, sandbox.token())).await;
        tried += 1;
        if status != 404 || !is_in_shape(meta, &body) {
            strays.push(format!("{} {}: {status} {body}", meta.host, meta.id));
        }
    }
    assert!(strays.is_empty() && tried > 50, "{tried}\n{}", strays.join("\n"));
}

/// Every list by pages: the smallest page, the largest, more than the largest, and one past the end.
#[tokio::test]
async fn lists_give_pages_of_every_size_and_none_past_the_end() {
    let sandbox = Sandbox::builder().users(5).build();
    let (mut tried, mut strays) = (0, Vec::new());
    for (operation, generation, meta) in
        all().filter(|(.., meta)| matches!(meta.host, Host::Api360 | Host::Cloud))
    {
        let Some(paging) = meta.paging.filter(|paging| !paging.size.is_empty()) else { continue };
        let org = sandbox.org_id().to_string();
        let mut values = values(meta, false);
        if let Some(parameter) =
            meta.parameters.iter().find(|one| matches!(one.shape.kind, Kind::Organization))
        {
            values.set(parameter.name, org.as_str()).unwrap();
        }
        let Some(made) = request(operation, endpoints(generation), values) else { continue };
        let past = match paging.style {
            orglib::PagingStyle::Offset => Some(1_000_000),
            orglib::PagingStyle::Number => Some(100_000),
            _ => None,
        };
        let sized = |size: u32| (size, None);
        let asked = [sized(1), sized(paging.max), sized(paging.max.saturating_mul(10).saturating_add(1))];
        for (size, position) in asked.into_iter().chain(past.map(|past| (1, Some(past)))) {
            let mut request = made.clone();
            let kept: Vec<(String, String)> = request.url.query_pairs().into_owned().collect();
            let kept = kept.into_iter().filter(|(name, _)| name != paging.size && name != paging.position);
            let kept: Vec<_> = kept.collect();
            let mut query = request.url.query_pairs_mut();
            query.clear().extend_pairs(kept).append_pair(paging.size, &size.to_string());
            if let Some(position) = position {
                query.append_pair(paging.position, &position.to_string());
            }
            drop(query);
            let (status, body) = sent(&sandbox, with_token(request, sandbox.token())).await;
            let list = body[meta.list].as_array().map(Vec::len);
            let is_right = match (status, position) {
                // Made-up owners and folders are not there.
                (404, None) => is_in_shape(meta, &body),
                (200, None) => list.is_some_and(|len| len <= paging.max as usize && (size > 1 || len <= 1)),
                (200, Some(_)) => list == Some(0),
                (400, None) => size > paging.max && is_in_shape(meta, &body),
                (404 | 400, Some(_)) => is_in_shape(meta, &body),
                _ => false,
            };
            tried += 1;
            if !is_right {
                strays.push(format!(
                    "{} {} size {size} at {position:?}: {status} {body:.200}",
                    meta.host, meta.id
                ));
            }
        }
    }
    assert!(strays.is_empty() && tried > 60, "{tried}\n{}", strays.join("\n"));
}
