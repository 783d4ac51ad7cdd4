//! Answers what it was told to.

use std::{
    fmt::Write,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use orglib_transport::{Request, Response, SharedTransport, Transport, TransportError, TransportErrorKind};

use crate::{Answer, SentRequest};

/// Answers what it was told to, and fails on what it was not told of.
///
/// Expectations are looked through in their order, and each answers as often as it has answers: the last answer of
/// one made with [`always`](Self::always) goes on for ever.
#[derive(Clone, Debug, Default)]
pub struct MockTransport(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    expectations: Vec<Expectation>,
    requests: Vec<SentRequest>,
    unmatched: Vec<String>,
}

#[derive(Debug)]
struct Expectation {
    when: When,
    answer: Answer,
    left: Left,
}

#[derive(Debug, PartialEq, Eq)]
enum Left {
    Once,
    Always,
    Used,
}

/// Which requests an answer is for.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct When {
    operation: Option<String>,
    line: Option<(String, String)>,
    query: Vec<(String, Option<String>)>,
    headers: Vec<(String, String)>,
    json: Option<serde_json::Value>,
}

impl When {
    /// Any request.
    pub fn any() -> Self {
        Self::default()
    }

    /// Requests of the operation with this id.
    pub fn operation(id: &str) -> Self {
        Self { operation: Some(id.to_owned()), ..Self::default() }
    }

    /// Requests with this method and this path, encoded as it is sent.
    pub fn request(method: &str, path: &str) -> Self {
        Self { line: Some((method.to_owned(), path.to_owned())), ..Self::default() }
    }

    /// With this query pair, decoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), Some(value.to_owned())));
        self
    }

    /// Without a query parameter of this name.
    pub fn no_query(mut self, name: &str) -> Self {
        self.query.push((name.to_owned(), None));
        self
    }

    /// With this header; of one that is secret, say `…`.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a body that is this JSON.
    pub fn json(mut self, body: serde_json::Value) -> Self {
        self.json = Some(body);
        self
    }

    fn matches(&self, request: &SentRequest) -> bool {
        let operation = self.operation.as_ref().is_none_or(|id| *id == request.operation);
        let line = self
            .line
            .as_ref()
            .is_none_or(|(method, path)| *method == request.method && *path == request.path);
        let query = self.query.iter().all(|(name, value)| request.query_value(name) == value.as_deref());
        let headers = self.headers.iter().all(|(name, value)| request.header_value(name) == Some(value));
        operation && line && query && headers && self.json.as_ref().is_none_or(|body| *body == request.json())
    }
}

impl MockTransport {
    /// A transport that was told nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers one such request; [`verify`](Self::verify) demands that it comes.
    pub fn expect(&self, when: When, answer: Answer) -> &Self {
        self.push(when, answer, Left::Once)
    }

    /// Answers such requests, however many come.
    pub fn always(&self, when: When, answer: Answer) -> &Self {
        self.push(when, answer, Left::Always)
    }

    fn push(&self, when: When, answer: Answer, left: Left) -> &Self {
        self.state().expectations.push(Expectation { when, answer, left });
        self
    }

    /// The transport, to be given to a client.
    pub fn shared(&self) -> SharedTransport {
        Arc::new(self.clone())
    }

    /// What was sent so far.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.state().requests.clone()
    }

    /// Checks that each expected request came, and no other.
    ///
    /// # Panics
    /// If not, with what was missed.
    #[allow(clippy::panic, reason = "that is how a test fails")]
    pub fn verify(&self) {
        let complaint = self.state().complaint();
        if !complaint.is_empty() {
            panic!("{complaint}");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn complaint(&self) -> String {
        let mut complaint = String::new();
        for line in &self.unmatched {
            let _ = writeln!(complaint, "not expected: {line}");
        }
        for missed in self.expectations.iter().filter(|expectation| expectation.left == Left::Once) {
            let _ = writeln!(complaint, "expected, but did not come: {:?}", missed.when);
        }
        complaint
    }
}

#[async_trait]
impl Transport for MockTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let sent = SentRequest::of(&request).await?;
        let mut state = self.state();
        let line = sent.line();
        let found = state
            .expectations
            .iter_mut()
            .find(|expectation| expectation.left != Left::Used && expectation.when.matches(&sent));
        let answer = found.map(|expectation| {
            if expectation.left == Left::Once {
                expectation.left = Left::Used;
            }
            expectation.answer.clone()
        });
        state.requests.push(sent);
        if let Some(answer) = answer {
            return answer.give();
        }
        let message = format!("the mock was not told of {line}");
        state.unmatched.push(line);
        // Refused, so that no retry hides it.
        Err(TransportError::new(TransportErrorKind::Refused, false, message))
    }
}
