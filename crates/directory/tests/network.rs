//! The directory over the network transport.
#![cfg(feature = "reqwest")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use httpmock::MockServer;
use orglib_core::{
    Client, Endpoints, Generation,
    transport::{HttpTransport, StaticToken},
};
use orglib_directory::{Directory, OrgId};

fn directory(server: &MockServer) -> Directory {
    let endpoints = Endpoints::all_at(&server.base_url()).unwrap().with_generation(Generation::Legacy);
    let client = Client::builder(Arc::new(HttpTransport::builder().build().unwrap()))
        .credentials(Arc::new(StaticToken::oauth("secret".into()).unwrap()))
        .endpoints(endpoints)
        .build();
    Directory::new(client, OrgId::new(7).unwrap())
}

#[tokio::test]
async fn a_list_is_read_over_http_page_by_page() {
    let server = MockServer::start_async().await;
    let mut pages = Vec::new();
    for (page, body) in [
        ("1", r#"{"users":[{"id":"1"},{"id":2}],"page":1,"pages":2,"perPage":2,"total":3}"#),
        ("2", r#"{"users":[{"id":"3","name":null}],"page":2,"pages":2,"perPage":2,"total":3}"#),
    ] {
        let mock = server.mock_async(|when, then| {
            when.method("GET")
                .path("/directory/v1/org/7/users")
                .query_param("page", page)
                .query_param("perPage", "1000")
                .header("authorization", "OAuth secret")
                .header("accept", "application/json");
            then.status(200).header("content-type", "application/json").body(body);
        });
        pages.push(mock.await);
    }
    // The server's pages hold two, so that is the size that is asked for from the second page on.
    let second = server.mock_async(|when, then| {
        when.path("/directory/v1/org/7/users").query_param("page", "2").query_param("perPage", "2");
        then.status(200).body(r#"{"users":[{"id":"3"}],"page":2,"pages":2,"perPage":2,"total":3}"#);
    });
    let second = second.await;
    let users = directory(&server).users().list().try_collect().await.unwrap();
    assert_eq!(users.iter().map(|user| user.id.get()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((pages[0].calls(), pages[1].calls(), second.calls()), (1, 0, 1));
}

#[tokio::test]
async fn a_refusal_over_http_names_the_operation_and_what_it_needs() {
    let server = MockServer::start_async().await;
    let mock = server.mock_async(|when, then| {
        when.any_request();
        then.status(403)
            .header("x-request-id", "r-1")
            .body(r#"{"code":7,"message":"No required scope","details":[]}"#);
    });
    let mock = mock.await;
    let error = directory(&server).users().list().try_collect().await.unwrap_err();
    assert!(error.is_permission_denied());
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(
        error.to_string().contains("UserService_List: 403")
            && error.to_string().contains("directory:read_users")
    );
    assert_eq!(mock.calls(), 1);
}
