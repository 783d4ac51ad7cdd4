//! Changes of what can only be replaced whole.
#![allow(missing_docs, unreachable_pub, reason = "tests")]

use orglib_core::{Change, Client, ErrorKind, operation};
use orglib_testkit::{Answer, MockTransport, When};

/// Show the words.
#[operation(id = "get-words", get = "/v1/words", host = Cloud, output = Vec<String>)]
pub struct GetWords {}

/// Replace the words.
#[operation(id = "put-words", put = "/v1/words", host = Cloud, output = ())]
pub struct PutWords {
    /// The words.
    #[body(whole)]
    words: Vec<String>,
}

/// A change over a service that shows these words, one list after the other.
fn change(shown: &[&str]) -> (Change<GetWords, PutWords, Vec<String>>, MockTransport) {
    let mock = MockTransport::new();
    for words in shown {
        mock.expect(When::operation("get-words"), Answer::json((*words).to_owned()));
    }
    mock.always(When::operation("put-words"), Answer::status(200));
    let client = Client::builder(mock.shared()).build();
    (Change::new(client, GetWords::new(), |words| words, |words: Vec<String>| PutWords::new(words)), mock)
}

fn written(mock: &MockTransport) -> Vec<String> {
    let requests = mock.requests();
    let puts = requests.iter().filter(|request| request.method == "PUT");
    puts.map(|request| request.body.clone()).collect()
}

#[tokio::test]
async fn what_is_edited_is_written_over_what_there_is_and_read_again() {
    let (change, mock) = change(&[r#"["a"]"#, r#"["a","b"]"#]);
    let changed = change.edit(|words| words.push("b".to_owned())).send().await.unwrap();
    assert!(changed.is_kept() && changed.answer.is_some());
    assert_eq!((changed.before.len(), changed.now.len()), (1, 2));
    assert_eq!(written(&mock), [r#"["a","b"]"#]);
}

#[tokio::test]
async fn what_the_service_does_not_keep_is_seen() {
    let (change, _) = change(&[r#"["a"]"#, r#"["a"]"#]);
    let changed = change.edit(|words| words.push("b".to_owned())).send().await.unwrap();
    assert!(!changed.is_kept());
}

#[tokio::test]
async fn nothing_is_written_where_nothing_changes_or_something_else_has() {
    let (unchanged, mock) = change(&[r#"["a"]"#]);
    assert!(unchanged.edit(|_| {}).send().await.unwrap().answer.is_none());
    assert!(written(&mock).is_empty());

    let (stale, mock) = change(&[r#"["a"]"#]);
    let stale = stale.edit(|words| words.clear()).unless_changed(vec!["b".to_owned()]);
    let error = stale.send().await.unwrap_err();
    assert_eq!((error.kind(), error.is_conflict()), (ErrorKind::Changed, true));
    assert!(error.to_string().contains("nothing was written"), "{error}");
    assert!(written(&mock).is_empty());

    let (preview, mock) = change(&[r#"["a"]"#]);
    let (before, wanted) = preview.edit(|words| words.clear()).preview().await.unwrap();
    assert_eq!((before.len(), wanted.len()), (1, 0));
    assert!(written(&mock).is_empty());
}

#[tokio::test]
async fn a_change_that_cannot_be_read_back_is_said_to_be_made() {
    for status in [403, 404, 429, 503] {
        let (change, mock) = change(&[r#"["a"]"#]);
        mock.always(When::operation("get-words"), Answer::status(status));
        let error = change.edit(|words| words.clear()).send().await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Unconfirmed, Some("put-words")), "{error}");
        assert!(error.may_be_done() && error.was_sent(), "{error}");
        assert!(!error.is_retryable() && !error.is_not_found() && !error.is_throttled(), "{error}");
        assert!(!error.is_permission_denied(), "{error}");
        assert_eq!(error.latest_status().map(|latest| latest.as_u16()), Some(status));
        let text = error.to_string();
        assert!(
            text.starts_with("put-words: it is done, but what there is now could not be read: get-words"),
            "{text}"
        );
        assert!(text.ends_with("; read what is there before you do it again"), "{text}");
    }
}
