//! Reads a million events, page after page, and prints what memory that takes: one line of JSON.
//!
//! The service is a function in this process, so that nothing but the stream is measured. `cargo xtask bench audit` runs
//! it and holds it to its bound.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures, and prints")]

use std::{fmt::Write as _, fs, sync::Arc, time::Instant};

use async_trait::async_trait;
use bytes::Bytes;
use futures::TryStreamExt;
use http::{HeaderMap, StatusCode};
use orglib_audit::{Audit, OrgId};
use orglib_core::{
    Client,
    transport::{Request, Response, Transport, TransportError},
};

const EVENTS: u64 = 1_000_000;

/// Serves events by number; the key of a page is the number that it begins with.
#[derive(Debug)]
struct Endless;

#[async_trait]
impl Transport for Endless {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let number = |wanted: &str| {
            let mut pairs = request.url.query_pairs();
            pairs.find(|(name, _)| name == wanted).and_then(|(_, value)| value.parse::<u64>().ok())
        };
        let (count, start) = (number("count").unwrap_or(100), number("iteration_key").unwrap_or(0));
        let end = (start + count).min(EVENTS);
        let mut body = String::from("{\"items\":[");
        for event in start..end {
            let comma = if event == start { "" } else { "," };
            // Writing to a String does not fail.
            let _ = write!(
                body,
                "{comma}{{\"user_login\":\"user{event}\",\"user_name\":\"Орлова Ольга\",\"event\":{{\"type\":\"disk_fs-store\",\
                 \"status\":\"Success\",\"idempotency_id\":\"{event:032x}\",\"uid\":1130000000000001,\"service\":\"Web\",\
                 \"ip\":\"2001:db8::1/128\",\"occurred_at\":\"2024-01-31T23:59:59+00:00\",\"org_id\":7,\"is_system\":false,\
                 \"request_id\":\"{event:016x}\",\"meta\":{{\"resource_name\":\"Отчёт {event}.xlsx\",\"owner_uid\":\"1\"}}}}}}"
            );
        }
        let key = if end < EVENTS { format!("\"{end}\"") } else { "null".to_owned() };
        let _ = write!(body, "],\"iteration_key\":{key}}}");
        Ok(Response::new(StatusCode::OK, HeaderMap::new(), Bytes::from(body)))
    }
}

/// A line of what the kernel shows of this process, in bytes.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Arc::new(Endless)).build();
    let audit = Audit::new(client, OrgId::try_from(7)?);
    let (idle, start) = (memory("VmRSS:"), Instant::now());
    let mut events = audit.events().list().stream();
    let mut count = 0_u64;
    while let Some(event) = events.try_next().await? {
        if event.event.idempotency_id != format!("{count:032x}") {
            return Err(format!("event {count} is not the one that was expected").into());
        }
        count += 1;
    }
    let (peak, seconds) = (memory("VmHWM:"), start.elapsed().as_secs_f64());
    println!("{{\"events\":{count},\"idle_bytes\":{idle},\"peak_bytes\":{peak},\"seconds\":{seconds:.1}}}");
    Ok(())
}
