//! The limits that the documents state hold: what is more is refused before it is sent, and by the sandbox too.

use std::iter;

use orglib::{
    Client, Host, OperationMeta, Parameter,
    models::value::{Value as Given, Values},
    transport::{Body, Request, bytes::Bytes, http::header::AUTHORIZATION},
};
use orglib_sandbox::Sandbox;
use orglib_testkit::MockTransport;
use serde_json::{Value, json};

use crate::{
    conformance::{all, endpoints},
    document::{Documents, Stated},
    samples::values,
};

/// A value that is one more than a limit, or one less, and one that is just in it.
struct Limit {
    /// The name on the wire: `query name`, `body contacts.0.value`.
    place: &'static str,
    wire: String,
    within: Vec<String>,
    keyword: &'static str,
    fits: Value,
    breaks: Value,
}

/// The limits of a schema, as values.
fn of_schema(schema: &Value, fill: &Value) -> Vec<(&'static str, Value, Value)> {
    let number = |keyword: &str| schema[keyword].as_u64();
    // Where it is a path, no name in it is long.
    let text = |length: u64| json!("abcdefg/".repeat(length as usize / 8 + 1)[..length as usize]);
    let many = |count: u64| Value::Array((0..count).map(|number| numbered(fill, number)).collect());
    let mut limits = Vec::new();
    for (keyword, value) in
        [("maxLength", &text as &dyn Fn(u64) -> Value), ("maxItems", &many), ("maximum", &|n| json!(n))]
    {
        limits.extend(number(keyword).map(|most| (keyword, value(most), value(most + 1))));
    }
    for (keyword, value) in
        [("minLength", &text as &dyn Fn(u64) -> Value), ("minItems", &many), ("minimum", &|n| json!(n))]
    {
        let least = number(keyword).filter(|least| *least > 0);
        limits.extend(least.map(|least| (keyword, value(least), value(least - 1))));
    }
    limits
}

/// The sample with a number in its texts, for no two may be the same.
fn numbered(sample: &Value, number: u64) -> Value {
    match sample {
        Value::String(text) if text.contains("example.org") => json!(format!("a{number}.example.org")),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), numbered(value, number))).collect()
        }
        other => other.clone(),
    }
}

fn limits(documents: &Documents, meta: &OperationMeta, stated: &Stated, full: &Value) -> Vec<Limit> {
    let paged = |name: &str| meta.paging.is_some_and(|paging| name == paging.size || name == paging.position);
    let mut found = Vec::new();
    for parameter in stated.parameters.iter().filter(|parameter| !paged(&parameter.name)) {
        let schema = documents.whole(stated.document, &parameter.schema);
        for (keyword, fits, breaks) in of_schema(&schema, &Value::Null) {
            let place = if parameter.place == "query" { "query" } else { "elsewhere" };
            found.push(Limit {
                place,
                wire: parameter.name.clone(),
                within: Vec::new(),
                keyword,
                fits,
                breaks,
            });
        }
    }
    let Some((body, _)) = &stated.body else { return found };
    let body = documents.whole(stated.document, body);
    for (name, schema) in body["properties"].as_object().into_iter().flatten() {
        let schema = documents.whole(stated.document, schema);
        let sample = &full[name];
        let add = |found: &mut Vec<Limit>, within: Vec<String>, (keyword, fits, breaks)| {
            found.push(Limit { place: "body", wire: name.clone(), within, keyword, fits, breaks });
        };
        for limit in of_schema(&schema, &sample[0]) {
            add(&mut found, Vec::new(), limit);
        }
        let items = documents.whole(stated.document, &schema["items"]);
        for (inner, schema) in items["properties"].as_object().into_iter().flatten() {
            let schema = documents.whole(stated.document, schema);
            for limit in of_schema(&schema, &sample[0][inner][0]) {
                add(&mut found, vec!["0".to_owned(), inner.clone()], limit);
            }
        }
    }
    found
}

/// The values with this one in its place.
fn with(
    values: &Values,
    parameter: &Parameter,
    full: &Value,
    limit: &Limit,
    value: &Value,
) -> Option<Values> {
    let mut values = values.clone();
    let given = if limit.within.is_empty() {
        value.clone()
    } else {
        let mut given = full[&limit.wire].clone();
        *given.pointer_mut(&format!("/{}", limit.within.join("/")))? = value.clone();
        given
    };
    values.set(parameter.name, serde_json::from_value::<Given>(given).ok()?).ok()?;
    Some(values)
}

/// The request with this value in its place, whatever the library thinks of it.
fn forced(mut request: Request, limit: &Limit, value: &Value) -> Option<Request> {
    if limit.place == "query" {
        let kept: Vec<_> =
            request.url.query_pairs().into_owned().filter(|(name, _)| *name != limit.wire).collect();
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        request.url.query_pairs_mut().clear().extend_pairs(kept).append_pair(&limit.wire, &text);
        return Some(request);
    }
    let Body::Bytes(bytes) = &request.body else { return None };
    let mut body: Value = serde_json::from_slice(bytes).ok()?;
    let path: Vec<_> = iter::once(&limit.wire).chain(&limit.within).map(String::as_str).collect();
    *body.pointer_mut(&format!("/{}", path.join("/")))? = value.clone();
    request.body = Body::Bytes(Bytes::from(body.to_string()));
    Some(request)
}

#[tokio::test]
async fn what_is_over_a_limit_is_refused_before_it_is_sent_and_by_the_sandbox() {
    let documents = Documents::read();
    let sandbox = Sandbox::builder().users(5).build();
    let (mut tried, mut strays) = (Vec::new(), Vec::new());
    for (operation, generation, meta) in all().filter(|(.., meta)| documents.operations.contains_key(meta.id))
    {
        let client = Client::builder(MockTransport::new().shared()).endpoints(endpoints(generation)).build();
        let build = |values| client.named(operation, values).and_then(|call| call.request());
        let base = values(meta, true);
        let Ok(request) = build(base.clone()) else { continue };
        let full = match &request.body {
            Body::Bytes(bytes) => serde_json::from_slice(bytes).unwrap_or_default(),
            _ => Value::Null,
        };
        for limit in limits(&documents, meta, &documents.operations[meta.id], &full) {
            let name = format!("{} {} {} {:?}", meta.id, limit.keyword, limit.wire, limit.within);
            let Some(parameter) = meta.parameters.iter().find(|one| one.wire == limit.wire) else {
                strays.push(format!("{name}: the library does not take it"));
                continue;
            };
            tried.push(name.clone());
            let given = |value| with(&base, parameter, &full, &limit, value).map(build);
            match given(&limit.fits) {
                Some(Ok(_)) => {}
                Some(Err(error)) => strays.push(format!("{name}: what fits is refused: {error}")),
                None => strays.push(format!("{name}: what fits has no place among the values")),
            }
            match given(&limit.breaks) {
                Some(Err(_)) => {}
                Some(Ok(_)) => strays.push(format!("{name}: what is over it is sent")),
                None => strays.push(format!("{name}: what is over it has no place among the values")),
            }
            if !matches!(meta.host, Host::Api360 | Host::Cloud) {
                continue;
            }
            let Some(mut request) = forced(request.clone(), &limit, &limit.breaks) else {
                strays.push(format!("{name}: it has no place in the request"));
                continue;
            };
            request.headers.insert(AUTHORIZATION, format!("OAuth {}", sandbox.token()).parse().unwrap());
            let status = sandbox.transport().send(request).await.unwrap().status;
            if !matches!(status.as_u16(), 400 | 422) {
                strays.push(format!("{name}: the sandbox answers {status}"));
            }
        }
    }
    assert!(strays.is_empty(), "{}\nof {}", strays.join("\n"), tried.len());
    assert!(tried.len() > 15, "{tried:#?}");
}
