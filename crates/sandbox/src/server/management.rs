//! The management of a served sandbox.

use std::{fmt, str::FromStr, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::header;
use serde::Serialize;
use serde_json::{Value, json};

use super::BODY_LIMIT;
use crate::{Faults, Rate, Sandbox};

pub(super) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/info", get(|State(sandbox): State<Sandbox>| async move { shown(sandbox.info()) }))
        .route("/stats", get(|State(sandbox): State<Sandbox>| async move { shown(&sandbox.stats()) }))
        .route("/state", get(|State(sandbox): State<Sandbox>| async move { shown(&sandbox.summary()) }))
        .route("/things", post(put).layer(DefaultBodyLimit::max(BODY_LIMIT)))
        .route("/faults", get(faults).post(set_faults))
        .route("/rate", get(rate).post(set_rate))
        .route("/latency", get(latency).post(set_latency))
        .route("/reset", post(reset))
        .with_state(sandbox)
}

/// Things of one's own, in the words of the documents.
async fn put(State(sandbox): State<Sandbox>, body: String) -> Response {
    let things = serde_json::from_str(&body).map_err(|error| error.to_string());
    match things.and_then(|things| sandbox.put(&things).map_err(|unfit| unfit.to_string())) {
        Ok(()) => shown(&sandbox.summary()),
        Err(reason) => refused(&reason),
    }
}

async fn faults(State(sandbox): State<Sandbox>) -> Response {
    shown(&json!({"faults": sandbox.faults().to_string()}))
}

async fn set_faults(State(sandbox): State<Sandbox>, text: String) -> Response {
    match text.trim().parse::<Faults>() {
        Ok(faults) => sandbox.set_faults(faults),
        Err(error) => return refused(&error),
    }
    faults(State(sandbox)).await
}

async fn rate(State(sandbox): State<Sandbox>) -> Response {
    let rate = sandbox.rate().map(|rate| json!({"per_second": rate.per_second, "burst": rate.burst}));
    shown(&json!({"rate": rate}))
}

async fn set_rate(State(sandbox): State<Sandbox>, text: String) -> Response {
    match parse_rate(text.trim()) {
        Some(rate) => sandbox.set_rate(rate),
        None => return refused(&"a rate is REQUESTS_A_SECOND, REQUESTS_A_SECOND/BURST or `none`"),
    }
    rate(State(sandbox)).await
}

async fn latency(State(sandbox): State<Sandbox>) -> Response {
    shown(&json!({"milliseconds": sandbox.latency().as_millis() as u64}))
}

async fn set_latency(State(sandbox): State<Sandbox>, text: String) -> Response {
    match u64::from_str(text.trim()) {
        Ok(milliseconds) => sandbox.set_latency(Duration::from_millis(milliseconds)),
        Err(_) => return refused(&"a latency is a number of milliseconds"),
    }
    latency(State(sandbox)).await
}

async fn reset(State(sandbox): State<Sandbox>) -> Response {
    sandbox.reset();
    shown(&sandbox.stats())
}

/// `none`, `40` or `40/8`.
fn parse_rate(text: &str) -> Option<Option<Rate>> {
    if text == "none" {
        return Some(None);
    }
    let (per_second, burst) = match text.split_once('/') {
        Some((per_second, burst)) => (per_second, Some(burst)),
        None => (text, None),
    };
    let rate = Rate::new(positive(per_second)?);
    Some(Some(match burst {
        Some(burst) => rate.with_burst(positive(burst)?),
        None => rate,
    }))
}

fn positive(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn shown(body: &impl Serialize) -> Response {
    let body = serde_json::to_value(body).unwrap_or(Value::Null);
    with_status(StatusCode::OK, &body)
}

fn refused(reason: &impl fmt::Display) -> Response {
    with_status(StatusCode::BAD_REQUEST, &json!({"error": reason.to_string()}))
}

fn with_status(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_with_and_without_a_burst() {
        assert_eq!(parse_rate("none"), Some(None));
        assert_eq!(parse_rate("40"), Some(Some(Rate::new(40.0))));
        assert_eq!(parse_rate("40/8"), Some(Some(Rate::new(40.0).with_burst(8.0))));
        for wrong in ["", "0", "-1", "x", "40/", "inf"] {
            assert_eq!(parse_rate(wrong), None, "{wrong}");
        }
    }
}
