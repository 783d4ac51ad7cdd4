//! What is logged, and what is not. A program of its own: tests beside it, which log to nobody, would switch the log
//! off for it.

#![allow(clippy::unwrap_used, reason = "a test that unwraps what is not there is to fail")]

mod support;

use std::{
    fmt::{self, Write},
    sync::{Arc, Mutex},
};

use orglib_testkit::{Answer, ManualClock, MockTransport, When};
use orglib_transport::{StaticToken, TransportErrorKind};
use support::{get, stack};
use tracing::field::{Field, Visit};

const TOKEN: &str = "y0_AgAAAAAsecret";

/// Keeps everything that is logged, at every level.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<String>>);

impl Visit for Capture {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl tracing::Subscriber for Capture {
    fn enabled(&self, _metadata: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        self.0.lock().unwrap().push_str(span.metadata().name());
        span.record(&mut self.clone());
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _span: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _span: &tracing::span::Id, _follows: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _span: &tracing::span::Id) {}

    fn exit(&self, _span: &tracing::span::Id) {}
}

#[test]
fn logs_say_what_happened_and_hold_nothing_that_is_anybodys_business() {
    let capture = Capture::default();
    tracing::subscriber::with_default(capture.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let clock = ManualClock::auto();
            let mock = MockTransport::new();
            mock.expect(When::any(), Answer::status(500).body("anna@example.net is unknown"));
            mock.expect(When::any(), Answer::failure(TransportErrorKind::Broken, true));
            mock.expect(When::any(), Answer::json(r#"{"email": "anna@example.net"}"#));
            let token = StaticToken::oauth(TOKEN.into()).unwrap();
            let stack = stack(mock.shared(), &clock).credentials(token.shared()).build();
            let request = get().with_body(r#"{"password": "hunter2"}"#.to_owned());
            stack.transport().send(request).await.unwrap();
        });
    });
    let logged = capture.0.lock().unwrap().clone();
    for wanted in ["get-things", "status=500", "failure=Broken", "number=3", "attempts=3", "ms="] {
        assert!(logged.contains(wanted), "no {wanted} in {logged}");
    }
    assert!(logged.contains("email=…"), "{logged}");
    for unwanted in [TOKEN, "anna", "example.net", "hunter2", "password", "/v1/things"] {
        assert!(!logged.contains(unwanted), "{unwanted} in {logged}");
    }
}
