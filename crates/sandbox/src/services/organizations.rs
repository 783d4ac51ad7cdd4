//! Organisations.

use serde_json::{Value, json};

use super::Handlers;
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Organization, Store},
};

pub(super) const HANDLERS: Handlers = &[("OrganizationsService_List", list)];

/// The page token is the id of the last organisation of the page before.
fn list(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let size = call.number("pageSize")?.unwrap_or(10);
    let after = match call.text("pageToken").filter(|token| !token.is_empty()) {
        Some(token) => token.parse().map_err(|_| Refusal::invalid("pageToken: not from this list"))?,
        None => 0,
    };
    let mut rest = store.administered_by(call.caller.uid).filter(|org| org.id > after).peekable();
    if rest.peek().is_none() && after == 0 {
        return Err(Refusal::forbidden("The caller administers no organization"));
    }
    let page: Vec<_> = rest.by_ref().take(usize::try_from(size).unwrap_or(usize::MAX)).collect();
    let more = rest.peek().and(page.last()).map(|org| org.id.to_string());
    Ok(json!({
        "organizations": page.into_iter().map(show).collect::<Vec<_>>(),
        "nextPageToken": more.unwrap_or_default(),
    }))
}

fn show(org: &Organization) -> Value {
    json!({
        "id": org.id,
        "name": org.name,
        "email": org.address("info"),
        "phone": org.phone,
        "fax": "",
        "language": "ru",
        "subscriptionPlan": "corporate_maximum",
    })
}
