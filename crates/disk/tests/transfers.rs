//! Contents that go up and come down.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::{sync::Arc, time::Duration};

use http::Method;
use orglib_core::{
    Client, ErrorKind,
    transport::{Body, StaticToken, bytes::Bytes},
};
use orglib_disk::{Digests, Disk, OrgId, Resources};
use orglib_sandbox::{Sandbox, Scenario};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};
use serde_json::json;

fn sandbox() -> (Resources, Client, ManualClock) {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder()
        .scenario(Scenario::Quiet)
        .users(2)
        .check_answers(true)
        .clock(clock.shared())
        .build();
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client =
        Client::builder(sandbox.transport()).clock(clock.shared()).credentials(Arc::new(token)).build();
    let disk = Disk::new(client.clone(), OrgId::try_from(sandbox.org_id()).unwrap());
    (disk.resources(), client, clock)
}

#[tokio::test]
async fn a_content_goes_up_and_comes_down_as_it_was() {
    let (resources, _, _) = sandbox();
    let content = Bytes::from((0..100_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
    let file = resources.upload_bytes("/big.bin", content.clone()).send().await.unwrap();
    assert_eq!((file.size, file.name.as_str()), (Some(400_000), "big.bin"));
    assert!(Digests::of(&content).are_of(&file) && file.md5.is_some() && file.sha256.is_some());

    let whole = resources.download("/big.bin", 0).await.unwrap();
    assert_eq!((whole.length(), whole.begins_at()), (Some(400_000), 0));
    assert_eq!(whole.collect(1 << 20).await.unwrap(), content);
    let rest = resources.download("disk:/big.bin", 399_990).await.unwrap();
    assert_eq!((rest.length(), rest.begins_at()), (Some(10), 399_990));
    assert_eq!(rest.collect(100).await.unwrap(), content.slice(399_990..));

    let there = resources.upload_bytes("/big.bin", "x").send().await.unwrap_err();
    assert!(there.is_already_exists(), "{there}");
    let pieces = || Box::pin(futures::stream::iter(["a", "b"].map(|piece| Ok(Bytes::from(piece)))));
    let replaced =
        resources.upload("/big.bin", Body::replay(move || pieces()), Digests::of(b"ab")).overwrite(true);
    assert_eq!(replaced.send().await.unwrap().size, Some(2));
    let nowhere = resources.upload_bytes("/No/such.txt", "x").send().await.unwrap_err();
    assert!(nowhere.is_conflict(), "{nowhere}");
    assert!(resources.download("/Nothing", 0).await.unwrap_err().is_not_found());
    resources.upload_bytes("/empty", "").send().await.unwrap();
    assert_eq!(resources.download("/empty", 0).await.unwrap().collect(1).await.unwrap(), "");
}

#[tokio::test]
async fn another_content_than_was_sent_is_an_error() {
    let (resources, _, _) = sandbox();
    let wrong = resources.upload("/a.txt", Bytes::from("b"), Digests::of(b"a")).send().await.unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Decode);
    assert!(wrong.to_string().contains("another content than was sent"), "{wrong}");
}

#[tokio::test]
async fn an_address_lives_half_an_hour_and_serves_once() {
    let (_, client, clock) = sandbox();
    let link = async |path: &str| {
        let call = client.call(orglib_disk::GetUploadLink::new(path));
        call.await.unwrap().href
    };
    let put = |href: &str| {
        client.address("upload", Method::PUT, href).unwrap().body(Bytes::from("a").into()).send()
    };
    let href = link("/a").await;
    put(&href).await.unwrap();
    assert!(put(&href).await.unwrap_err().is_not_found());
    let late = link("/b").await;
    clock.advance(Duration::from_secs(30 * 60));
    let error = put(&late).await.unwrap_err();
    assert!(error.is_not_found() && !format!("{error:?}").contains("contents"), "{error:?}");
}

#[tokio::test]
async fn a_file_is_fetched_from_the_web_by_a_task() {
    let (resources, _, _) = sandbox();
    let fetch = resources.upload_from("https://example.org/a.txt", "/a.txt").send().await.unwrap();
    fetch.until_done().await.unwrap();
    assert!(resources.get("/a.txt").find().await.unwrap().is_some());
}

fn mocked() -> (Resources, MockTransport) {
    let mock = MockTransport::new();
    let token = StaticToken::oauth("y0_secret".into()).unwrap();
    let client = Client::builder(mock.shared()).credentials(Arc::new(token)).build();
    (Disk::new(client, OrgId::new(7).unwrap()).resources(), mock)
}

fn link(href: &str) -> Answer {
    Answer::json(json!({"href": href, "method": "GET", "templated": false}).to_string())
}

#[tokio::test]
async fn nothing_goes_to_an_address_that_is_not_https_and_no_token_to_any() {
    for href in
        ["http://uploader.example/x", "ftp://uploader.example/x", "file:///etc/passwd", "no address", ""]
    {
        let (resources, mock) = mocked();
        mock.always(When::operation("GetResourceDownloadLink"), link(href));
        let error = resources.download("/a", 0).await.unwrap_err();
        assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Decode, 1), "{error}");
        assert!(!error.to_string().contains("uploader"), "{error}");
    }
    let (resources, mock) = mocked();
    mock.always(When::operation("GetResourceDownloadLink"), link("https://downloader.example/secret"));
    let to = "https://storage.example/other?sign=secret";
    mock.expect(When::request("GET", "/secret"), Answer::status(302).header("location", to));
    mock.expect(When::request("GET", "/other"), Answer::status(200).body("abc"));
    assert_eq!(resources.download("/a", 0).await.unwrap().collect(10).await.unwrap(), "abc");
    let requests = mock.requests();
    assert_eq!(requests.len(), 3);
    let with_token = |at: usize| requests[at].headers.iter().any(|(name, _)| name == "authorization");
    assert_eq!((with_token(0), with_token(1), with_token(2)), (true, false, false));
}

#[tokio::test]
async fn an_address_that_leads_nowhere_or_to_http_ends() {
    let (resources, mock) = mocked();
    mock.always(When::operation("GetResourceDownloadLink"), link("https://downloader.example/secret"));
    mock.always(When::operation("download"), Answer::status(302).header("location", "/secret"));
    let circle = resources.download("/a", 0).await.unwrap_err();
    assert!(circle.to_string().contains("without an end"), "{circle}");
    assert_eq!(mock.requests().len(), 7);

    let (resources, mock) = mocked();
    mock.always(When::operation("GetResourceDownloadLink"), link("https://downloader.example/secret"));
    mock.always(When::operation("download"), Answer::status(302).header("location", "http://a.example/"));
    let plain = resources.download("/a", 0).await.unwrap_err();
    assert!(plain.to_string().contains("not https"), "{plain}");
}

#[tokio::test]
async fn what_is_taken_in_is_waited_for_before_it_is_compared() {
    let clock = ManualClock::auto();
    let mock = MockTransport::new();
    let token = StaticToken::oauth("y0_secret".into()).unwrap();
    let client = Client::builder(mock.shared()).credentials(Arc::new(token)).clock(clock.shared()).build();
    let resources = Disk::new(client, OrgId::new(7).unwrap()).resources();
    let link = json!({"href": "https://uploader.example/x", "method": "PUT", "operation_id": "moving"});
    mock.always(When::operation("GetResourceUploadLink"), Answer::json(link.to_string()));
    mock.expect(When::request("PUT", "/x"), Answer::status(202));
    let state = |word: &str| Answer::json(json!({"status": word}).to_string());
    mock.expect(When::operation("GetOperationStatus"), state("in-progress"));
    mock.expect(When::operation("GetOperationStatus"), state("success"));
    let file = json!({"name": "a", "path": "disk:/a", "type": "file", "size": 1});
    mock.expect(When::operation("GetResource"), Answer::json(file.to_string()));
    assert_eq!(resources.upload_bytes("/a", "x").send().await.unwrap().size, Some(1));

    mock.expect(When::request("PUT", "/x"), Answer::status(202));
    mock.expect(When::operation("GetOperationStatus"), state("failed"));
    let error = resources.upload_bytes("/a", "x").send().await.unwrap_err();
    assert!(error.to_string().contains("ended in an error"), "{error}");
}
