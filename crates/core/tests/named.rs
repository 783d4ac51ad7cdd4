//! Operations that are called by name send what the typed ones send, and answer with what those read.
#![allow(missing_docs, unreachable_pub, dead_code, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{GetThing, ListThings, PostThing};
use orglib_core::{Client, Endpoints, ErrorKind, NamedOperation, Operation};
use orglib_models::value::Values;
use orglib_testkit::{Answer, ManualClock, MockTransport, When};
use serde_json::json;

const GET: NamedOperation = NamedOperation::of::<GetThing>();
const POST: NamedOperation = NamedOperation::of::<PostThing>();
const LIST: NamedOperation = NamedOperation::of::<ListThings>();

fn client(mock: &MockTransport) -> Client {
    Client::builder(mock.shared()).clock(ManualClock::auto().shared()).build()
}

fn values(pairs: &[(&str, &str)]) -> Values {
    let mut values = Values::new();
    for (name, value) in pairs {
        values.set(name, *value).unwrap();
    }
    values
}

#[tokio::test]
async fn a_named_call_is_the_typed_one() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json("12"));
    let call = client(&mock).named(GET, values(&[("thing_id", "7")])).unwrap();
    let typed = GetThing::new("7").request(&Endpoints::new()).unwrap();
    let named = call.request().unwrap();
    assert_eq!((&named.url, &named.method, &named.headers), (&typed.url, &typed.method, &typed.headers));
    assert_eq!(call.send().await.unwrap().get(), "12");
}

#[tokio::test]
async fn nothing_is_null() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(204));
    let answer = client(&mock).named(POST, Values::new()).unwrap().send().await.unwrap();
    assert_eq!(answer.get(), "null");
}

#[tokio::test]
async fn a_wrong_name_is_refused_before_anything_is_sent() {
    let mock = MockTransport::new();
    let client = client(&mock);
    let error = client.named(GET, values(&[("thing_id", "7"), ("idd", "8")])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("`idd`: there is no such name; there are thing_id"), "{error}");
    let error = client.named(GET, Values::new()).unwrap_err();
    assert!(error.to_string().contains("`thing_id`: it is missing"), "{error}");
    assert!(client.named(GET, values(&[("thing_id", "7")])).unwrap().pages().is_err(), "no list");
    let list = client.named(LIST, Values::new()).unwrap();
    assert!(list.send().await.unwrap_err().to_string().contains("answers in pages"));
    let get = client.named(GET, values(&[("thing_id", "7")])).unwrap();
    assert!(get.download().await.unwrap_err().to_string().contains("does not answer with a file"));
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_named_list_is_read_to_its_end_and_an_item_that_cannot_be_read_is_an_error_in_its_place() {
    let mock = MockTransport::new();
    let page = |offset: u32, items: serde_json::Value| {
        Answer::json(json!({"items": items, "total": 5, "limit": 3, "offset": offset}).to_string())
    };
    mock.expect(When::any().query("offset", "3"), page(3, json!([4, 5])));
    mock.expect(When::any().no_query("offset"), page(0, json!([1, 2, "three"])));
    let mut pages = client(&mock).named(LIST, Values::new()).unwrap().pages().unwrap();
    let mut read = Vec::new();
    while let Some(page) = pages.next().await {
        read.extend(page.unwrap().items.into_iter().map(|item| item.is_ok()));
    }
    assert_eq!(read, [true, true, false, true, true]);
    assert_eq!(mock.requests().len(), 2);
    mock.verify();
}
