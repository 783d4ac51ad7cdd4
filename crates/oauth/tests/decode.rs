//! What the answers of the token service are made of, nasty ones too.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use orglib_core::{Error, ErrorKind};
use orglib_oauth::{Application, DeviceCode, OAuth, Token};
use orglib_testkit::{Answer, MockTransport, When, client};

fn oauth(answer: Answer) -> OAuth {
    let mock = MockTransport::new();
    mock.always(When::any(), answer);
    OAuth::new(&client(&mock), Application::new("app").secret("secret"))
}

async fn token(body: &'static str) -> Result<Token, Error> {
    oauth(Answer::json(body)).refresh("r".into()).send().await
}

async fn code(body: &'static str) -> Result<DeviceCode, Error> {
    oauth(Answer::json(body)).start_device().send().await
}

#[tokio::test]
async fn a_token_may_lack_all_but_itself() {
    for (body, life) in [
        (r#"{"access_token":"a"}"#, None),
        (r#"{"access_token":"a","expires_in":null,"scope":null,"refresh_token":""}"#, None),
        (r#"{"access_token":"a","expires_in":3600,"new":[]}"#, Some(3600)),
        (r#"{"access_token":"a","expires_in":"3600"}"#, Some(3600)),
        (r#"{"access_token":"a","expires_in":"soon"}"#, None),
        (r#"{"access_token":"a","expires_in":-1}"#, None),
    ] {
        let token = token(body).await.unwrap();
        assert_eq!(token.access_token.expose(), "a");
        assert_eq!(token.expires_in, life.map(Duration::from_secs), "{body}");
        assert!(token.refresh_token.is_none());
    }
    for body in [r#"{"access_token":""}"#, "{}", "[]", r#"{"access_token":null}"#, "null"] {
        assert_eq!(token(body).await.unwrap_err().kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn a_device_never_asks_without_a_pause() {
    for (body, interval, life) in [
        (r#"{"device_code":"d","user_code":"u"}"#, 5, 300),
        (r#"{"device_code":"d","user_code":"u","interval":0,"expires_in":600}"#, 5, 600),
        (r#"{"device_code":"d","user_code":"u","interval":"7","expires_in":null}"#, 7, 300),
    ] {
        let code = code(body).await.unwrap();
        let expected = (Duration::from_secs(interval), Duration::from_secs(life));
        assert_eq!((code.interval, code.expires_in), expected, "{body}");
    }
    assert_eq!(code("{}").await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn what_the_service_says_is_told_with_a_way_out() {
    for (status, body, kind, expected) in [
        (
            400,
            r#"{"error":"invalid_grant","error_description":"User is blocked"}"#,
            ErrorKind::Auth,
            "token: 400 Bad Request, invalid_grant: User is blocked; check whose token it is",
        ),
        (
            400,
            r#"{"error":"invalid_client","error_description":"Wrong client secret"}"#,
            ErrorKind::Auth,
            "token: 400 Bad Request, invalid_client: Wrong client secret; check the application's id and secret",
        ),
        (
            401,
            r#"{"error":"Malformed Authorization header"}"#,
            ErrorKind::Auth,
            "token: 401 Unauthorized, Malformed Authorization header: Malformed Authorization header",
        ),
        (
            400,
            r#"{"error":"invalid_scope","error_description":"No such scope"}"#,
            ErrorKind::Api,
            "token: 400 Bad Request, invalid_scope: No such scope",
        ),
    ] {
        let error = oauth(Answer::status(status).body(body)).exchange(&"7".into()).send().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{body}");
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
