//! A Code42 tenant.

mod gateway;
mod organizations;
mod settings;
mod shown;
mod sign_in;

use http::{HeaderMap, header};
use serde_json::{Value, json};

pub(super) use self::{
    gateway::{HANDLERS as GATEWAY, WRITERS as GATEWAY_WRITERS},
    organizations::{HANDLERS as ORGANIZATIONS, WRITERS as ORGANIZATION_WRITERS},
    settings::{HANDLERS as SETTINGS, WRITERS as SETTINGS_WRITERS},
    sign_in::{HANDLERS as SIGN_IN, WRITERS as SIGN_IN_WRITERS},
};
use super::{Handlers, Writers};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Branch, Principal, Session, Store, Tenant},
};

/// Operations that take no token: four trade a `Basic` header for one, one tells how somebody signs in.
const OPEN: [&str; 5] =
    ["AuthV3_Jwt", "OAuthV3_Token", "LoginConfigurationV3_Get", "GatewayOAuth_Token", "GatewayAuth_User"];

/// Who asks, as the headers say.
pub(crate) fn principal(
    store: &Store,
    operation: &str,
    headers: &HeaderMap,
    now: std::time::Duration,
) -> Result<Option<Principal>, Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.split_once(' '));
    if OPEN.contains(&operation) {
        let basic = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"));
        return Ok(basic.and_then(|(_, text)| sign_in::stranger(text)));
    }
    let token =
        given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer")).map(|(_, token)| token.trim());
    let session = token.and_then(|token| store.code42.sessions.get(token));
    let is_of_gateway = |session: &Session| session.principal == Principal::Gateway;
    let session = session.filter(|session| is_of_gateway(session) == operation.starts_with("Gateway"));
    match session.filter(|session| now < session.ends) {
        Some(session) => Ok(Some(session.principal.clone())),
        None => Err(Refusal::unauthorized()),
    }
}

/// The wrapper of the older calls.
fn v1(data: Value) -> Value {
    json!({"metadata": {"timestamp": "2026-01-01T00:00:00.000-05:00", "params": {}}, "data": data})
}

/// The wrapper of the current calls.
fn v3(data: Value) -> Value {
    json!({"data": data, "error": null, "warnings": null})
}

fn by_guid(tenant: &Tenant, call: &Checked) -> Result<u64, Refusal> {
    let guid = call.text("orgGuid").unwrap_or_default();
    tenant.id_of_guid(guid).ok_or_else(|| Refusal::not_found(format!("No organization {guid}")))
}

fn by_id<'a>(tenant: &'a Tenant, call: &Checked) -> Result<&'a Branch, Refusal> {
    let id = call.number("orgId").ok().flatten();
    let branch = id.and_then(|id| tenant.organizations.get(&id));
    branch.ok_or_else(|| Refusal::not_found("No such organization"))
}

fn branch_mut(tenant: &mut Tenant, id: u64) -> Result<&mut Branch, Refusal> {
    tenant.organizations.get_mut(&id).ok_or_else(|| Refusal::not_found("No such organization"))
}
