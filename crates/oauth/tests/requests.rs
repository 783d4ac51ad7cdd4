//! What each operation asks: method, path and form; and that nothing shows a secret.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use http::header;
use orglib_core::{Client, Endpoints, Operation};
use orglib_oauth::{
    Application, ExchangeToken, GetUserInfo, GrantType, OAuth, RequestToken, RevokeToken, StartDevice,
    Subject, Token,
};
use orglib_testkit::{MockTransport, request_line};

async fn asked(operation: &impl Operation) -> String {
    let request = operation.request(&Endpoints::new()).unwrap();
    let media = request.headers.get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap());
    let body = request.body.collect().await.unwrap();
    format!("{} {media} {}", request_line(&request), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn each_operation_asks_what_the_documents_say() {
    let form = "application/x-www-form-urlencoded";
    let token = format!("POST https://oauth.yandex.ru/token {form}");
    let exchange = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&client_id=app&client_secret=a%26b";
    let kind = "subject_token_type=urn%3Ayandex%3Aparams%3Aoauth%3Atoken-type%3A";
    let application = Application::new("app").secret("a&b");
    for (asked, expected) in [
        (
            asked(&ExchangeToken::new(&application, &Subject::from("Анна+x@Example.ru"))).await,
            format!("{token} {exchange}&subject_token=%D0%B0%D0%BD%D0%BD%D0%B0%2Bx%40example.ru&{kind}email"),
        ),
        (
            asked(&ExchangeToken::new(&application, &Subject::from("1130000000000001"))).await,
            format!("{token} {exchange}&subject_token=1130000000000001&{kind}uid"),
        ),
        (
            asked(&RequestToken::new(GrantType::RefreshToken).client_id("app").refresh_token("1:x/y")).await,
            format!("{token} grant_type=refresh_token&client_id=app&refresh_token=1%3Ax%2Fy"),
        ),
        (
            asked(&RequestToken::new(GrantType::DeviceCode).code("d").device_name("мой")).await,
            format!("{token} grant_type=device_code&code=d&device_name=%D0%BC%D0%BE%D0%B9"),
        ),
        (
            asked(&StartDevice::new("app").device_id("device-1")).await,
            format!("POST https://oauth.yandex.ru/device/code {form} client_id=app&device_id=device-1"),
        ),
        (
            asked(&RevokeToken::new("y0").client_id("app").client_secret("s")).await,
            format!(
                "POST https://oauth.yandex.ru/revoke_token {form} access_token=y0&client_id=app&client_secret=s"
            ),
        ),
        (asked(&GetUserInfo::new()).await, "GET https://login.yandex.ru/info  ".to_owned()),
    ] {
        assert_eq!(asked, expected);
    }
}

#[test]
fn only_the_exchange_may_be_asked_for_twice() {
    assert!(ExchangeToken::META.idempotent && RevokeToken::META.idempotent);
    assert!(!RequestToken::META.idempotent && !StartDevice::META.idempotent);
}

#[test]
fn no_secret_and_no_address_shows() {
    let client = Client::builder(MockTransport::new().shared()).build();
    let application = Application::new("app").secret("geheim");
    let request = RequestToken::new(GrantType::AuthorizationCode)
        .client_secret("geheim")
        .code("geheim")
        .refresh_token("geheim")
        .subject_token("geheim")
        .code_verifier("geheim");
    for shown in [
        format!("{application:?}"),
        format!("{:?}", OAuth::new(&client, application.clone())),
        format!("{request:?}"),
        format!("{:?}", RevokeToken::new("geheim").client_secret("geheim")),
        format!("{:?}", ExchangeToken::new(&application, &Subject::from("geheim@example.ru"))),
        format!("{:?}", Subject::from("geheim@example.ru")),
        format!("{:?}", Token::new("geheim").refresh_token("geheim")),
    ] {
        assert!(!shown.contains("geheim"), "{shown}");
    }
}
