//! Files that a service sends, and bytes that are sent to it.
#![allow(missing_docs, unreachable_pub, dead_code, clippy::unwrap_used, reason = "tests")]

mod common;

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use orglib_core::{
    Client, Download, Error, ErrorKind, NamedOperation, Operation, operation,
    transport::{Request, Response, ResponseBody, Transport, TransportError, TransportErrorKind},
};
use orglib_models::value::Values;
use orglib_testkit::{Answer, ManualClock, MockTransport, When};

/// Export things.
#[operation(id = "export-things", get = "/v1/things.csv", host = Cloud, output = Download)]
pub struct ExportThings {}

/// Replace the picture of a thing.
#[operation(id = "put-picture", put = "/v1/things/picture", host = Cloud, output = ())]
pub struct PutPicture {
    /// The picture.
    #[body(bytes = "image/png")]
    picture: Bytes,
}

/// Answers with pieces, and then stands still or ends.
#[derive(Debug)]
struct Pieces {
    pieces: Vec<Result<&'static str, TransportErrorKind>>,
    stands_still: bool,
    headers: HeaderMap,
}

#[async_trait]
impl Transport for Pieces {
    async fn send(&self, _: Request) -> Result<Response, TransportError> {
        let pieces = stream::iter(self.pieces.clone()).map(|piece| match piece {
            Ok(text) => Ok(Bytes::from_static(text.as_bytes())),
            Err(kind) => Err(TransportError::new(kind, true, "the connection broke")),
        });
        let body = match self.stands_still {
            true => pieces.chain(stream::pending()).boxed(),
            false => pieces.boxed(),
        };
        Ok(Response::new(StatusCode::OK, self.headers.clone(), ResponseBody::Stream(body)))
    }
}

async fn download(
    pieces: &[Result<&'static str, TransportErrorKind>],
    stands_still: bool,
    headers: &[(header::HeaderName, &'static str)],
) -> Result<(Download, ManualClock), Error> {
    let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
    let transport = Pieces { pieces: pieces.to_vec(), stands_still, headers: headers.collect() };
    let clock = ManualClock::auto();
    let client = Client::builder(Arc::new(transport)).clock(clock.shared()).build();
    Ok((client.call(ExportThings::new()).await?, clock))
}

#[tokio::test]
async fn a_file_comes_piece_by_piece() {
    let headers = [
        (header::CONTENT_TYPE, "text/csv"),
        (header::CONTENT_LENGTH, "5"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"../../things.csv\"; size=5"),
    ];
    let (mut file, _) = download(&[Ok("a,b"), Ok("\n1")], false, &headers).await.unwrap();
    assert_eq!((file.content_type(), file.length(), file.position()), (Some("text/csv"), Some(5), 0));
    assert_eq!(file.file_name().as_deref(), Some("things.csv"), "a name is no path");
    assert_eq!(file.next().await.unwrap().unwrap(), "a,b");
    assert_eq!(file.position(), 3);
    assert_eq!(file.next().await.unwrap().unwrap(), "\n1");
    assert!(file.next().await.is_none() && file.next().await.is_none());
    let (file, _) = download(&[Ok("a,b"), Ok("\n1")], false, &[]).await.unwrap();
    assert_eq!(file.collect(5).await.unwrap(), "a,b\n1");
    let (file, _) = download(&[Ok("a,b"), Ok("\n1")], false, &[]).await.unwrap();
    assert_eq!(file.collect(4).await.unwrap_err().kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn the_name_of_a_file_is_read_as_it_is_written() {
    for (disposition, name) in [
        ("attachment; filename=things.csv", Some("things.csv")),
        ("attachment; FileName=\"a;b.csv\"; size=5", Some("a;b.csv")),
        (r#"attachment; filename="a\"b.csv""#, Some("a\"b.csv")),
        ("attachment; filename=x.csv; filename*=UTF-8''%D0%AF_cut.csv", Some("Я_cut.csv")),
        ("attachment; filename*=utf-8'ru'..%2Fa.csv", Some("a.csv")),
        ("attachment; filename*=KOI8-R''%D1.csv; filename=x.csv", Some("x.csv")),
        ("attachment; filename=\"..\"", None),
        ("attachment; name=x.csv", None),
        ("inline", None),
    ] {
        let headers = [(header::CONTENT_DISPOSITION, disposition)];
        let (file, _) = download(&[Ok("a")], false, &headers).await.unwrap();
        assert_eq!(file.file_name().as_deref(), name, "{disposition}");
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_is_no_whole_one() {
    let length = [(header::CONTENT_LENGTH, "9")];
    let (file, _) = download(&[Ok("a,b")], false, &length).await.unwrap();
    let short = file.collect(100).await.unwrap_err();
    assert_eq!(short.kind(), ErrorKind::Io);
    assert!(short.to_string().contains("export-things: the answer ended after 3 of 9 bytes"), "{short}");

    let (mut file, _) =
        download(&[Ok("a"), Err(TransportErrorKind::Broken), Ok("b")], false, &[]).await.unwrap();
    assert!(file.next().await.unwrap().is_ok());
    assert_eq!(file.next().await.unwrap().unwrap_err().kind(), ErrorKind::Io);
    assert!(file.next().await.is_none(), "nothing comes after an error");

    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(200).header("content-length", "9").body("a,b"));
    let file = common::client(&mock).call(ExportThings::new()).await.unwrap();
    assert_eq!(file.collect(100).await.unwrap_err().kind(), ErrorKind::Io, "one in memory, too");

    let (mut file, _) = download(&[Ok("a")], true, &[]).await.unwrap();
    assert!(file.next().await.unwrap().is_ok());
    assert_eq!(file.next().await.unwrap().unwrap_err().kind(), ErrorKind::Timeout);
    assert!(file.next().await.is_none());
}

#[tokio::test]
async fn a_page_is_no_file_and_a_failure_says_why() {
    let page = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let error = download(&[Ok("<html>")], false, &page).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("a page, and no file"), "{error}");
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::status(403).body(r#"{"error":"forbidden","message":"No"}"#));
    let error = common::client(&mock).call(ExportThings::new()).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("forbidden"), "No"));
}

#[tokio::test]
async fn a_file_and_bytes_go_by_name() {
    const EXPORT: NamedOperation = NamedOperation::of::<ExportThings>();
    const PUT: NamedOperation = NamedOperation::of::<PutPicture>();
    let mock = MockTransport::new();
    mock.expect(When::operation("export-things"), Answer::status(200).body("a,b"));
    mock.expect(When::operation("put-picture").header("content-type", "image/png"), Answer::status(200));
    let client = common::client(&mock);
    let file = client.named(EXPORT, Values::new()).unwrap().download().await.unwrap();
    assert_eq!(file.collect(10).await.unwrap(), "a,b");

    let mut values = Values::new();
    values.set_bytes("picture", *b"png");
    client.named(PUT, values).unwrap().send().await.unwrap();
    assert_eq!(mock.requests()[1].body, "png");
    mock.verify();
    let missing = client.named(PUT, Values::new()).unwrap_err();
    assert!(missing.to_string().contains("`picture`: it is missing"), "{missing}");
    let mut values = Values::new();
    values.set_bytes("pictures", *b"png");
    values.set_bytes("picture", *b"png");
    assert!(client.named(PUT, values).unwrap_err().to_string().contains("`pictures`: there is no such name"));
    assert!(client.named(EXPORT, Values::new()).unwrap().send().await.is_err(), "a file is no JSON");
    assert_eq!(ExportThings::META.expect, orglib_core::transport::Expect::Stream);
}
