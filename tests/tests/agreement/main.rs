//! The agreement with `spec/`.
//!
//! Every declared operation is what `spec/` states: its route, what it takes, and what it makes of the answer. What
//! differs stands in `reasons.rs`, with its reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod compare;
mod conformance;
mod document;
mod limits;
mod reasons;
mod refusals;
mod samples;
mod twice;

use std::collections::BTreeSet;

use compare::{Comparison, Difference};
use document::Documents;
use orglib::OperationMeta;
use reasons::{LEFT_OUT, REASONS, Reason};

/// Every operation of every crate, on each of its hosts.
fn declared() -> Vec<&'static OperationMeta> {
    let homes = orglib::OPERATIONS.iter().copied().flatten();
    homes.flat_map(|(current, legacy)| std::iter::once(*current).chain(*legacy)).collect()
}

#[test]
fn every_operation_is_what_its_document_states() {
    let documents = Documents::read();
    let mut comparison = Comparison::new(&documents);
    for meta in declared() {
        comparison.compare(meta);
    }
    let mut used = vec![false; REASONS.len()];
    let mut unexplained = Vec::new();
    for Difference { operation, field, what } in comparison.found() {
        let explains = |reason: &Reason| {
            reason.operations.iter().any(|pattern| matches(pattern, &operation))
                && reason.fields.iter().any(|pattern| matches(pattern, &field))
                && matches(reason.what, &what)
        };
        match REASONS.iter().position(explains) {
            Some(index) => used[index] = true,
            None => unexplained.push(format!("{operation}: {field}: {what}")),
        }
    }
    assert!(unexplained.is_empty(), "these differ from spec/:\n  {}", unexplained.join("\n  "));
    let idle: Vec<_> =
        REASONS.iter().zip(used).filter(|(_, used)| !used).map(|(reason, _)| reason.because).collect();
    assert!(idle.is_empty(), "nothing differs for these reasons any more: {idle:#?}");
}

/// Whether a text is what a pattern says, where `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[test]
fn no_operation_is_declared_twice() {
    let mut ids: Vec<_> = declared().iter().map(|meta| meta.id).collect();
    ids.sort_unstable();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

/// Every operation of the documents has a type, or stands among those that are left out.
#[test]
fn every_operation_of_the_documents_has_a_type_or_a_reason_to_have_none() {
    let documents = Documents::read();
    let typed: BTreeSet<_> = declared().iter().map(|meta| meta.id).collect();
    let mut used = BTreeSet::new();
    let mut missing = Vec::new();
    for (id, stated) in documents.operations.iter().filter(|(id, _)| !typed.contains(id.as_str())) {
        match LEFT_OUT.iter().find(|(pattern, _)| matches(pattern, id)) {
            Some((pattern, _)) => _ = used.insert(*pattern),
            None => missing.push(format!("{}: {id}: {} {}", stated.document, stated.method, stated.path)),
        }
    }
    assert!(missing.is_empty(), "{} have no type yet:\n  {}", missing.len(), missing.join("\n  "));
    assert_eq!(used, LEFT_OUT.iter().map(|(pattern, _)| *pattern).collect(), "these have one");
}
