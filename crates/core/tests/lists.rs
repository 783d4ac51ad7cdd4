//! Lists: which pages are asked for, and where a list ends.
#![allow(missing_docs, unreachable_pub, dead_code, clippy::unwrap_used, reason = "tests")]

mod common;

use common::{ListEvents, ListThings, ListThingsOptions, client};
use futures::{StreamExt, TryStreamExt};
use orglib_core::{Continuation, ErrorKind, Generation};
use orglib_testkit::{Answer, MockTransport, When};

fn things(query: &[(&str, &str)], body: &str) -> (When, Answer) {
    let when =
        query.iter().fold(When::operation("get-things"), |when, (name, value)| when.query(name, value));
    (when, Answer::json(body.to_owned()))
}

fn mock(exchanges: impl IntoIterator<Item = (When, Answer)>) -> MockTransport {
    let mock = MockTransport::new();
    for (when, answer) in exchanges {
        mock.expect(when, answer);
    }
    mock
}

#[tokio::test]
async fn a_list_asks_for_the_pages_that_there_are_and_no_other() {
    for (name, exchanges, expected) in [
        (
            "a short page ends it",
            vec![
                things(&[("limit", "3")], r#"{"items":[1,2,3]}"#),
                things(&[("offset", "3")], r#"{"items":[4]}"#),
            ],
            vec![1, 2, 3, 4],
        ),
        ("the total ends it", vec![things(&[], r#"{"items":[1,2,3],"total":3,"limit":3}"#)], vec![1, 2, 3]),
        ("nothing is a list too", vec![things(&[], r#"{"items":null,"total":0}"#)], vec![]),
        (
            "a server with smaller pages sets the step",
            vec![
                things(&[("limit", "3")], r#"{"items":[1,2],"limit":2,"total":5}"#),
                things(&[("limit", "2"), ("offset", "2")], r#"{"items":[3,4],"limit":2,"total":5}"#),
                things(&[("limit", "2"), ("offset", "4")], r#"{"items":[5],"limit":2,"total":5}"#),
            ],
            vec![1, 2, 3, 4, 5],
        ),
    ] {
        let mock = mock(exchanges);
        let got = client(&mock).list(ListThings::new()).try_collect().await.unwrap();
        assert_eq!(got, expected, "{name}");
        mock.verify();
    }
}

#[tokio::test]
async fn the_legacy_host_is_asked_by_page_number() {
    let page = |number: &str, body: &str| {
        (
            When::request("GET", "/things/v1").query("page", number).query("perPage", "3"),
            Answer::json(body.to_owned()),
        )
    };
    let mock = mock([
        page("1", r#"{"things":[1,2,3],"page":1,"pages":2,"perPage":3,"total":4}"#),
        page("2", r#"{"things":[4],"page":2,"pages":2,"perPage":3,"total":4}"#),
    ]);
    let list = client(&mock).list(ListThings::new()).generation(Generation::Legacy);
    assert_eq!(list.try_collect().await.unwrap(), [1, 2, 3, 4]);
    mock.verify();
}

#[tokio::test]
async fn tokens_are_followed_through_empty_pages_to_the_end() {
    let when = |token: &str| When::operation("get-events").query("pageToken", token);
    for end in ["null", "\"\"", "7.5"] {
        let mock = mock([
            (
                When::operation("get-events").no_query("pageToken"),
                Answer::json(r#"{"events":[1],"nextPageToken":"a"}"#),
            ),
            (when("a"), Answer::json(r#"{"events":null,"nextPageToken":"b"}"#)),
            (when("b"), Answer::json(format!(r#"{{"events":[2],"nextPageToken":{end}}}"#))),
        ]);
        assert_eq!(client(&mock).list(ListEvents::new()).try_collect().await.unwrap(), [1, 2], "{end}");
        mock.verify();
    }
}

#[tokio::test]
async fn a_repeated_token_is_an_error_after_the_items_that_came_with_it() {
    let page = |token: &str, item: u32, next: &str| {
        let when = When::operation("get-events");
        let when = if token.is_empty() { when.no_query("pageToken") } else { when.query("pageToken", token) };
        (when, Answer::json(format!(r#"{{"events":[{item}],"nextPageToken":"{next}"}}"#)))
    };
    let mock = mock([page("", 1, "a"), page("a", 2, "a"), page("a", 2, "b"), page("b", 3, "")]);
    let client = client(&mock);
    let mut stream = client.list(ListEvents::new()).stream();
    assert_eq!(stream.try_next().await.unwrap(), Some(1));
    assert_eq!(stream.try_next().await.unwrap(), Some(2));
    let error = stream.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.is_of_item()), (ErrorKind::Paging, false));
    assert!(stream.next().await.is_none());
    assert_eq!(mock.requests().len(), 2);
    // The place to go on is the page with the bad token, behind what it held.
    let continuation = stream.continuation().unwrap();
    let rest = client.list(ListEvents::new()).resume_from(continuation).try_collect().await.unwrap();
    assert_eq!(rest, [3]);
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_gives_an_error_and_no_doubles() {
    let mock = MockTransport::new();
    mock.always(When::operation("get-things"), Answer::json(r#"{"items":[1,2,3],"total":9,"limit":3}"#));
    let mut stream = client(&mock).list(ListThings::new()).stream();
    for expected in 1..=3 {
        assert_eq!(stream.try_next().await.unwrap(), Some(expected));
    }
    let error = stream.try_next().await.unwrap_err();
    assert!(error.kind() == ErrorKind::Paging && error.to_string().contains("same page twice"), "{error}");
    assert!(stream.next().await.is_none());
    assert!(stream.continuation().is_some());
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn one_item_out_of_three_is_an_error_after_the_item() {
    for generation in [Generation::Current, Generation::Legacy] {
        let mock = MockTransport::new();
        let body = r#"{"items":[1],"things":[1],"total":3,"limit":3,"perPage":3,"pages":1}"#;
        mock.expect(When::any(), Answer::json(body));
        mock.always(When::any(), Answer::json(r#"{"items":[],"things":[],"total":3,"limit":3}"#));
        let mut stream = client(&mock).list(ListThings::new()).generation(generation).stream();
        assert_eq!(stream.try_next().await.unwrap(), Some(1));
        let error = stream.try_next().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert!(error.to_string().contains("after 1 of 3 items"), "{error}");
    }
}

#[tokio::test]
async fn a_continuation_of_one_list_is_refused_by_another_before_anything_is_sent() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(r#"{"items":[1,2,3],"events":[1],"limit":3}"#));
    let client = client(&mock);
    let mut things = client.list(ListThings::new()).stream();
    things.try_next().await.unwrap();
    let continuation = things.continuation().unwrap();
    let sent = mock.requests().len();
    let refused = client.list(ListEvents::new()).resume_from(continuation.clone()).try_collect().await;
    let error = refused.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("get-things on cloud"), "{error}");
    // The same operation on its other host counts otherwise.
    let legacy = client.list(ListThings::new()).generation(Generation::Legacy).resume_from(continuation);
    assert_eq!(legacy.try_collect().await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(mock.requests().len(), sent);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_is_an_error_in_its_place() {
    let mock = mock([things(&[], r#"{"items":[1,"x",3],"total":3}"#)]);
    let items: Vec<_> = client(&mock).list(ListThings::new()).stream().collect().await;
    let shown: Vec<_> = items.iter().map(|item| item.as_ref().map_err(|error| error.kind())).collect();
    assert_eq!(shown, [Ok(&1), Err(ErrorKind::Decode), Ok(&3)]);
}

#[tokio::test]
async fn a_failed_page_ends_the_list_and_tells_where_to_go_on() {
    let mock = mock([
        things(&[], r#"{"items":[1,2,3]}"#),
        (When::operation("get-things").query("offset", "3"), Answer::status(500)),
        things(&[("offset", "3")], r#"{"items":[4]}"#),
    ]);
    let client = client(&mock);
    let mut stream = client.list(ListThings::new()).stream();
    for expected in 1..=3 {
        assert_eq!(stream.try_next().await.unwrap(), Some(expected));
    }
    assert_eq!(stream.try_next().await.unwrap_err().status().unwrap(), 500);
    assert!(stream.next().await.is_none());
    let continuation: Continuation = stream.continuation().unwrap().to_string().parse().unwrap();
    let rest = client.list(ListThings::new()).resume_from(continuation).try_collect().await.unwrap();
    assert_eq!(rest, [4]);
    mock.verify();
}

#[tokio::test]
async fn a_list_that_is_left_anywhere_goes_on_there() {
    let all = [1, 2, 3, 4, 5];
    for taken in 0..=all.len() {
        let mock = MockTransport::new();
        mock.always(When::operation("get-things").query("offset", "3"), Answer::json(r#"{"items":[4,5]}"#));
        mock.always(When::operation("get-things"), Answer::json(r#"{"items":[1,2,3]}"#));
        let client = client(&mock);
        let mut stream = client.list(ListThings::new()).stream();
        for expected in &all[..taken] {
            assert_eq!(stream.try_next().await.unwrap().as_ref(), Some(expected));
        }
        let rest = match stream.continuation() {
            Some(continuation) => {
                client.list(ListThings::new()).resume_from(continuation).try_collect().await.unwrap()
            }
            None => Vec::new(),
        };
        assert_eq!(rest, all[taken..], "after {taken}");
    }
}

#[tokio::test]
async fn a_limit_asks_for_no_more_than_it_needs() {
    for (limit, size, requests) in [(0, None, 0), (2, Some("2"), 1), (3, Some("3"), 1), (4, Some("3"), 2)] {
        let mock = MockTransport::new();
        mock.always(When::operation("get-things").query("offset", "3"), Answer::json(r#"{"items":[4,5,6]}"#));
        mock.always(When::operation("get-things").query("limit", "2"), Answer::json(r#"{"items":[1,2]}"#));
        mock.always(When::operation("get-things"), Answer::json(r#"{"items":[1,2,3]}"#));
        let got = client(&mock).list(ListThings::new()).limit(limit).try_collect().await.unwrap();
        assert_eq!(got.len() as u64, limit, "limit {limit}");
        assert_eq!(mock.requests().len(), requests, "limit {limit}");
        assert_eq!(mock.requests().first().and_then(|request| request.query_value("limit")), size);
    }
}

#[tokio::test]
async fn a_page_size_that_no_page_can_have_is_refused_before_sending() {
    for (size, wrong) in [(0, true), (1, false), (3, false), (4, true)] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::json(r#"{"items":[]}"#));
        let got = client(&mock).list(ListThings::new()).page_size(size).try_collect().await;
        match got {
            Err(error) => {
                assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Build, 0));
                assert!(wrong && error.message().contains("1 to 3"), "{size}: {error}");
            }
            Ok(_) => assert!(!wrong, "{size}"),
        }
    }
}

#[tokio::test]
async fn the_setters_of_the_operation_stand_on_the_list() {
    let mock = mock([things(&[("colour", "тёмно-красный")], r#"{"items":[]}"#)]);
    client(&mock).list(ListThings::new()).colour("тёмно-красный").try_collect().await.unwrap();
    mock.verify();
}
