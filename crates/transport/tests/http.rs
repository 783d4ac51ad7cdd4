//! The transport that sends over the network, against servers on this machine.

#![allow(clippy::disallowed_methods, reason = "a test spawns what it watches")]
#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use http::{Method, header};
use httpmock::MockServer;
use orglib_transport::{
    Body, HttpTransport, Request, RequestMeta, ResponseBody, Stack, Transport, TransportErrorKind,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

fn transport() -> HttpTransport {
    HttpTransport::builder().build().unwrap()
}

fn request(method: Method, url: &str) -> Request {
    Request::new(method, url.parse().unwrap(), RequestMeta::new("get-things", true))
}

/// A server that says the same to everybody, whatever HTTP says about it, and the number of its connections.
async fn server_that_says(what: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/things?email=anna%40example.net", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::Relaxed);
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await;
            let _ = stream.write_all(what).await;
        }
    });
    (url, connections)
}

#[tokio::test]
async fn a_request_goes_out_as_it_is_and_its_answer_comes_back() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.method("POST")
                .path("/v1/users")
                .query_param("q", "a b&c")
                .header("user-agent", concat!("orglib/", env!("CARGO_PKG_VERSION")))
                .header("x-own", "1")
                .body(r#"{"a":1}"#);
            then.status(201).header("x-request-id", "r-1").body("made");
        })
        .await;
    for body in [
        Body::from(r#"{"a":1}"#.to_owned()),
        Body::replay(|| {
            Box::pin(futures::stream::iter(["{\"a\"", ":1}"].map(|piece| Ok(bytes::Bytes::from(piece)))))
        }),
    ] {
        let mut request = request(Method::POST, &server.url("/v1/users?q=a%20b%26c")).with_body(body);
        request.headers.insert("x-own", "1".parse().unwrap());
        let response = transport().send(request).await.unwrap();
        assert_eq!((response.status.as_u16(), response.attempts), (201, 1));
        assert_eq!(response.headers["x-request-id"], "r-1");
        assert!(matches!(response.body, ResponseBody::Stream(_)), "bodies stream");
        assert_eq!(response.body.collect(100).await.unwrap(), "made");
    }
    mock.assert_calls_async(2).await;
}

#[tokio::test]
async fn compressed_bodies_are_read_and_their_cap_counts_what_they_hold() {
    let server = MockServer::start_async().await;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&vec![b' '; 100_000]).unwrap();
    let packed = gzip.finish().unwrap();
    assert!(packed.len() < 1_000);
    server
        .mock_async(|when, then| {
            when.header("accept-encoding", "gzip");
            then.status(200).header("content-encoding", "gzip").body(packed);
        })
        .await;
    let send = async |limit| {
        let response = transport().send(request(Method::GET, &server.url("/"))).await.unwrap();
        response.body.collect(limit).await
    };
    assert_eq!(send(100_000).await.unwrap().len(), 100_000);
    assert_eq!(send(99_999).await.unwrap_err().kind(), TransportErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn redirects_are_answers() {
    let server = MockServer::start_async().await;
    let there = server.mock_async(|when, then| {
        when.path("/there");
        then.status(200);
    });
    let there = there.await;
    server
        .mock_async(|when, then| {
            when.path("/here");
            then.status(302).header("location", "/there");
        })
        .await;
    let response = transport().send(request(Method::GET, &server.url("/here"))).await.unwrap();
    assert_eq!(
        (response.status.as_u16(), &response.headers[header::LOCATION]),
        (302, &"/there".parse().unwrap())
    );
    there.assert_calls_async(0).await;
}

#[tokio::test]
async fn a_refused_connection_was_not_sent_and_names_the_host() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/things?email=anna%40example.net", listener.local_addr().unwrap());
    drop(listener);
    let error = transport().send(request(Method::GET, &url)).await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Connect, false));
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("cannot connect to 127.0.0.1"), "{shown}");
    assert!(!shown.contains("anna"), "{shown}");
}

#[tokio::test]
async fn a_name_that_does_not_resolve_was_not_sent() {
    // A label this long is refused by the resolver itself: no query leaves the machine.
    let error = transport()
        .send(request(Method::GET, &format!("http://{}.invalid/", "x".repeat(64))))
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Connect, false));
}

#[tokio::test]
async fn a_failed_tls_handshake_was_not_sent() {
    let (url, _) = server_that_says(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    let error = transport().send(request(Method::GET, &url.replace("http:", "https:"))).await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Connect, false), "{error}");
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_answer_may_have_been_sent_and_is_not_repeated() {
    let (url, connections) = server_that_says(b"").await;
    let error = transport().send(request(Method::GET, &url)).await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Broken, true));
    assert!(!format!("{error} {error:?}").contains("anna"), "{error:?}");
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_an_error_and_not_data() {
    for cut in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"items\": []}"[..],
        &b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nd\r\n{\"items\": []}\r\n"[..],
    ] {
        let (url, connections) = server_that_says(cut).await;
        let response = transport().send(request(Method::GET, &url)).await.unwrap();
        let error = response.body.collect(1_000).await.unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Broken, true));
        assert!(!format!("{error} {error:?}").contains("anna"), "{error:?}");
        assert_eq!(connections.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn a_whole_stack_repeats_what_the_network_broke() {
    let (url, connections) = server_that_says(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}").await;
    let clock = orglib_testkit::ManualClock::new();
    let stack = Stack::builder(Arc::new(transport())).clock(clock.shared()).build();
    let call = tokio::spawn({
        let transport = stack.transport();
        async move { transport.send(request(Method::GET, &url)).await }
    });
    // Time is moved by hand: a clock that moves by itself would not wait for the network.
    while !call.is_finished() {
        if connections.load(Ordering::Relaxed) as u64 == stack.stats().attempts && clock.waiting() == 2 {
            clock.advance(std::time::Duration::from_millis(10));
        }
        tokio::task::yield_now().await;
    }
    let error = call.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Broken, 5));
    assert_eq!(connections.load(Ordering::Relaxed), 5);
}

#[tokio::test]
async fn requests_go_through_the_proxy_that_is_named() {
    let (url, connections) = server_that_says(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nproxy").await;
    let transport = HttpTransport::builder().proxy(url.parse().unwrap()).build().unwrap();
    let response = transport.send(request(Method::GET, "http://api.invalid/v1/users")).await.unwrap();
    assert_eq!(response.body.collect(100).await.unwrap(), "proxy");
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

#[test]
fn settings_that_cannot_be_used_are_refused_when_the_transport_is_made() {
    for (pem, why) in [
        ("", "there is no certificate in the PEM text"),
        ("nonsense", "there is no certificate in the PEM text"),
        ("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n", "certificate"),
    ] {
        let error = HttpTransport::builder().root_certificate_pem(pem).build().unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let error = HttpTransport::builder().user_agent("line\nbreak").build().unwrap_err().to_string();
    assert!(error.contains("cannot be made"), "{error}");
}

#[test]
fn a_transport_is_made_without_a_runtime() {
    let shown = format!("{:?}", HttpTransport::builder().http1_only().build().unwrap());
    assert!(shown.starts_with("HttpTransport"), "{shown}");
}

#[test]
fn the_debug_of_a_transport_shows_no_password_of_a_proxy() {
    for proxy in ["http://anna:geheim@proxy.example:3128", "https://anna:geheim@proxy.example"] {
        let transport = HttpTransport::builder().proxy_at(proxy).unwrap().build().unwrap();
        let shown = format!("{transport:?} {:?}", Stack::builder(Arc::new(transport.clone())).build());
        // Nor the two of them as the header that they become.
        assert!(!shown.contains("geheim") && !shown.contains("anna"), "{shown}");
        assert!(!shown.contains("YW5uYTpnZWhlaW0"), "{shown}");
    }
}

#[test]
fn the_debug_of_a_builder_shows_no_password_of_a_proxy() {
    let proxy = "http://anna:geheim@proxy.example:3128".parse().unwrap();
    let builder = format!("{:?}", HttpTransport::builder().proxy(proxy));
    assert!(builder.contains("proxy.example"), "{builder}");
    assert!(!builder.contains("geheim") && !builder.contains("anna"), "{builder}");
}
