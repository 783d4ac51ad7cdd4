//! A transport as a service, and a service as a transport.

#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

mod support;

use orglib_testkit::{Answer, MockTransport, When};
use orglib_transport::{ServiceTransport, Transport, TransportService};
use support::get;
use tower::Service;

#[tokio::test]
async fn a_transport_is_a_service_and_a_service_is_a_transport() {
    let mock = MockTransport::new();
    mock.always(When::operation("get-things"), Answer::json("{}"));

    let mut service = TransportService::new(mock.shared());
    std::future::poll_fn(|cx| service.poll_ready(cx)).await.unwrap();
    assert_eq!(service.call(get()).await.unwrap().status, 200);

    let transport = ServiceTransport::new(service);
    assert_eq!(transport.send(get()).await.unwrap().status, 200);
    assert_eq!(mock.requests().len(), 2);
    assert_eq!(format!("{transport:?}"), "ServiceTransport { .. }");
}
