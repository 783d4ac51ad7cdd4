//! From a request to its answer: limit, faults, checks, the operation itself.

use std::time::Duration;

use http::{HeaderName, StatusCode, header};

use crate::{
    Faults, Sandbox,
    dialect::{Dialect, Refusal},
    exchange::{Answer, Delivery, Incoming, Outcome, Payload, Reply, mix},
    faults::{FaultKind, garble},
    services::{self, Act, Handler, events, transfers},
    spec::{self, Checked, Found, Lookup, Moment, Operation},
    store::{Caller, Store},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The name in the counters of what is no operation.
const UNKNOWN: &str = "unknown";

/// Answers one request. The delay is told, not waited for.
pub(crate) fn answer(sandbox: &Sandbox, incoming: &Incoming) -> Outcome {
    let lookup = spec::spec().find(&incoming.method, &incoming.path);
    let (operation, dialect) = match &lookup {
        Lookup::Found(found) => (found.operation.id.as_str(), found.operation.dialect()),
        _ => (UNKNOWN, Dialect::of_path(&incoming.path)),
    };
    let fingerprint = incoming.fingerprint();
    let exchange = Exchange {
        sandbox,
        incoming,
        dialect,
        fingerprint,
        request_id: request_id(sandbox, sandbox.counters().request(operation)),
    };
    let mut outcome = if sandbox.let_through() {
        let faults = sandbox.faults_now();
        let fault = sandbox.plan().next(&faults, fingerprint);
        if fault.is_some() {
            sandbox.counters().fault(operation);
        }
        exchange.answer(lookup, &faults, fault)
    } else {
        sandbox.counters().refused(operation);
        let reply = exchange.refuse(&Refusal::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests"));
        whole(reply.with_header(header::RETRY_AFTER, "1"))
    };
    outcome.delay += sandbox.latency();
    outcome.reply = outcome.reply.with_header(REQUEST_ID, &exchange.request_id);
    outcome
}

fn request_id(sandbox: &Sandbox, number: u64) -> String {
    format!("{:016x}{number:08x}", mix(sandbox.info().seed ^ mix(number)))
}

fn whole(reply: Reply) -> Outcome {
    Outcome { reply, delivery: Delivery::Whole, delay: Duration::ZERO }
}

struct Exchange<'a> {
    sandbox: &'a Sandbox,
    incoming: &'a Incoming,
    dialect: Dialect,
    fingerprint: u64,
    request_id: String,
}

impl Exchange<'_> {
    fn answer(&self, lookup: Lookup, faults: &Faults, fault: Option<FaultKind>) -> Outcome {
        match fault.and_then(|fault| self.fail_before(fault)) {
            Some(outcome) => outcome,
            None => {
                let mut outcome = whole(self.perform(lookup, faults));
                match fault {
                    Some(FaultKind::Lost) => outcome.delivery = Delivery::Nothing,
                    Some(FaultKind::CutOff) => outcome.delivery = Delivery::CutOff,
                    Some(FaultKind::Late) => outcome.delay = faults.late_by,
                    _ => {}
                }
                outcome
            }
        }
    }

    /// The outcome of a fault that keeps the request from being handled.
    fn fail_before(&self, fault: FaultKind) -> Option<Outcome> {
        let status = |code| self.refuse(&Refusal::new(code, "Something went wrong, on demand"));
        let delay = if self.fingerprint.is_multiple_of(2) { "0" } else { "1" };
        let reply = match fault {
            FaultKind::Internal => status(StatusCode::INTERNAL_SERVER_ERROR),
            FaultKind::BadGateway => status(StatusCode::BAD_GATEWAY),
            FaultKind::Unavailable => status(StatusCode::SERVICE_UNAVAILABLE),
            FaultKind::Throttled => status(StatusCode::TOO_MANY_REQUESTS),
            FaultKind::UnavailableRetry => {
                status(StatusCode::SERVICE_UNAVAILABLE).with_header(header::RETRY_AFTER, delay)
            }
            FaultKind::ThrottledRetry => {
                status(StatusCode::TOO_MANY_REQUESTS).with_header(header::RETRY_AFTER, delay)
            }
            FaultKind::ThrottledDate => {
                let date = self.sandbox.clock().now() + Duration::from_secs(1);
                status(StatusCode::TOO_MANY_REQUESTS)
                    .with_header(header::RETRY_AFTER, &httpdate::fmt_http_date(date))
            }
            FaultKind::Html => Reply::html(StatusCode::OK, CAPTIVE_PAGE),
            FaultKind::HtmlBadGateway => Reply::html(StatusCode::BAD_GATEWAY, GATEWAY_PAGE),
            FaultKind::Drop => {
                let reply = Reply::empty(StatusCode::OK);
                return Some(Outcome { reply, delivery: Delivery::Nothing, delay: Duration::ZERO });
            }
            FaultKind::Lost | FaultKind::CutOff | FaultKind::Late => return None,
        };
        Some(whole(reply))
    }

    fn perform(&self, lookup: Lookup, faults: &Faults) -> Reply {
        if let Some(reply) = transfers::answer(self.sandbox, self.incoming) {
            return reply;
        }
        match self.done(lookup) {
            Ok(Answer { status, content: Payload::Nothing }) => Reply::empty(status),
            Ok(Answer { status, content: Payload::Json(mut body) }) => {
                if faults.garbles() {
                    garble(&mut body, faults, self.sandbox.info().seed ^ self.fingerprint);
                }
                Reply::json(status, &body)
            }
            Ok(Answer { status, content: Payload::Elsewhere(address) }) => {
                Reply::empty(status).with_header(http::header::LOCATION, &address)
            }
            Ok(Answer { status, content: Payload::File(file) }) => Reply::file(status, file),
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// Does what is asked, or says why not.
    fn done(&self, lookup: Lookup) -> Result<Answer, Refusal> {
        let found = match lookup {
            Lookup::Found(found) => found,
            Lookup::OtherMethod => {
                return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed"));
            }
            Lookup::Nothing => return Err(Refusal::not_found("No such path")),
        };
        let operation = found.operation;
        let Some(handler) = services::handler(&operation.id) else {
            // What is not done is checked all the same: a client's mistake is told before what is missing here.
            self.checked(&self.sandbox.store(), &found)?;
            let text = format!("The sandbox does not do {} yet", operation.id);
            return Err(Refusal::new(StatusCode::NOT_IMPLEMENTED, text));
        };
        let answer = match handler {
            Handler::Read(read) => {
                let store = self.sandbox.store();
                Answer::ok(read(&store, &self.checked(&store, &found)?)?)
            }
            Handler::Write(write) => self.change(&found, |store, call| write(store, call).map(Answer::ok))?,
            Handler::Answer(answer) => self.change(&found, answer)?,
            Handler::Collection(collection, verb) if verb.reads() => {
                let store = self.sandbox.store();
                operation.show(collection.read(&store, &self.checked(&store, &found)?, verb)?)
            }
            Handler::Collection(collection, verb) => {
                self.change(&found, |store, call| Ok(operation.show(collection.write(store, call, verb)?)))?
            }
            Handler::Setting(setting, Act::Get) => {
                let store = self.sandbox.store();
                operation.show(setting.read(&store, &self.checked(&store, &found)?)?)
            }
            Handler::Setting(setting, act) => {
                self.change(&found, |store, call| Ok(operation.show(setting.write(store, call, act)?)))?
            }
        };
        if self.sandbox.checks_answers() {
            check(operation, &answer)?;
        }
        Ok(answer)
    }

    /// Does what may change something, and writes it down in the audit logs.
    fn change(
        &self,
        found: &Found,
        act: impl FnOnce(&mut Store, &Checked) -> Result<Answer, Refusal>,
    ) -> Result<Answer, Refusal> {
        let mut store = self.sandbox.store_mut();
        let call = self.checked(&store, found)?;
        let answer = act(&mut store, &call)?;
        events::note(&mut store, &found.operation.id, &call);
        Ok(answer)
    }

    /// The request, if it keeps to its operation and its caller may ask.
    fn checked(&self, store: &Store, found: &Found) -> Result<Checked, Refusal> {
        let is_open = OPEN.contains(&found.operation.id.as_str());
        let is_anonymous = is_open && !self.incoming.headers.contains_key(header::AUTHORIZATION);
        let caller = if self.dialect.needs_token() && is_anonymous {
            Caller::default()
        } else if self.dialect.needs_token() {
            self.authenticate(store, found.operation)?
        } else {
            self.code42_caller(store, found.operation)?
        };
        let clock = self.sandbox.clock();
        let now = Moment { since_start: clock.monotonic(), time: clock.now() };
        Ok(Checked::new(found, self.incoming, caller)?.at(now))
    }

    /// Who asks a Code42 tenant, which has tokens of its own.
    fn code42_caller(&self, store: &Store, operation: &Operation) -> Result<Caller, Refusal> {
        if !matches!(self.dialect, Dialect::Code42 | Dialect::Code42Older) {
            return Ok(Caller::default());
        }
        let now = self.sandbox.clock().monotonic();
        let code42 = services::code42::principal(store, &operation.id, &self.incoming.headers, now)?;
        Ok(Caller { code42, ..Caller::default() })
    }

    /// Who asks, if the token is alive and has the scopes of the operation.
    fn authenticate(&self, store: &Store, operation: &Operation) -> Result<Caller, Refusal> {
        let now = self.sandbox.clock().monotonic();
        let text = self.token().ok_or_else(Refusal::unauthorized)?;
        let token = store.tokens.find(text, now).ok_or_else(Refusal::unauthorized)?;
        if !store.may_work(token.uid) {
            return Err(Refusal::unauthorized());
        }
        let mut needed = operation.scopes.iter();
        let allowed = match operation.all_scopes {
            true => needed.all(|scope| token.scopes.contains(scope)),
            false => operation.scopes.is_empty() || needed.any(|scope| token.scopes.contains(scope)),
        };
        if !allowed {
            let text = format!("No required scope: {}", operation.scopes.join(", "));
            return Err(Refusal::forbidden(text).with_code("forbidden"));
        }
        let organizations = store.administered_by(token.uid).map(|org| org.id).collect();
        Ok(Caller { uid: token.uid, organizations, code42: None })
    }

    /// The token of `Authorization: OAuth …`, the only scheme that the services take.
    fn token(&self) -> Option<&str> {
        let value = self.incoming.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("OAuth").then_some(token.trim())
    }

    fn refuse(&self, refusal: &Refusal) -> Reply {
        Reply::json(refusal.status, &self.dialect.body(refusal, &self.request_id))
    }
}

/// What needs no token: reading what a link for everybody leads to.
const OPEN: [&str; 2] = ["GetPublicResource", "GetPublicResourceDownloadLink"];

/// An answer that strays from its document is a fault of the sandbox, and says so.
fn check(operation: &Operation, answer: &Answer) -> Result<(), Refusal> {
    operation.check_answer(answer).map_err(|stray| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("The sandbox strays from the document: {stray}"),
        )
    })
}

/// What a proxy shows to whom it does not know.
const CAPTIVE_PAGE: &str =
    "<!DOCTYPE html><html><head><title>Вход</title></head><body><h1>Вход в сеть</h1></body></html>";

/// What a proxy shows where the service behind it is gone.
const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad \
                            Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
