//! Signing people out. Nobody is signed in here: what is left of it stands in the audit log.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answerers, Writers, collections::not_found, organization};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::Store,
};

pub(super) const WRITERS: Writers = &[("DomainSessionsService_UserLogout", sign_out)];

pub(super) const ANSWERERS: Answerers = &[("post-2fa", sign_out_all)];

fn sign_out(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let uid = call.id("userId")?;
    org.person(uid).ok_or_else(|| not_found("users", uid))?;
    note(store, call, org.id, &[uid]);
    Ok(json!({}))
}

fn sign_out_all(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let org = organization(store, call, "org_id")?;
    let people: Vec<_> = org.people().map(|person| person.number("id")).collect();
    note(store, call, org.id, &people);
    Ok(Answer { status: StatusCode::NO_CONTENT, content: Payload::Nothing })
}

fn note(store: &mut Store, call: &Checked, org: u64, people: &[u64]) {
    let events = &mut store.audit.logs_mut(org).events;
    people.iter().for_each(|uid| events.add(call.now.milliseconds(), "id_account.glogout", *uid));
}
