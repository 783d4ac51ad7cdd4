//! Signing in, and who signed in.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::StatusCode;
use serde_json::{Value, json};

use super::{Handlers, Writers, v1, v3};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Principal, Session, Store},
};

pub(in crate::services) const HANDLERS: Handlers = &[
    ("LoginConfigurationV3_Get", login_configuration),
    ("UserV1_My", current_user),
    ("CustomerV3_My", customer),
];

pub(in crate::services) const WRITERS: Writers =
    &[("AuthV3_Jwt", user_token), ("OAuthV3_Token", client_token), ("GatewayOAuth_Token", gateway_token)];

const USER_TOKEN: Duration = Duration::from_secs(30 * 60);
const CLIENT_TOKEN: Duration = Duration::from_secs(15 * 60);

/// Names that begin so sign in elsewhere.
const SINGLE_SIGN_ON: &str = "sso";

/// Who a `Basic` header speaks of.
pub(super) fn stranger(text: &str) -> Option<Principal> {
    let text = String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some(Principal::Stranger { name: name.to_owned(), password: password.to_owned() })
}

fn given(call: &Checked) -> Option<(&str, &str)> {
    match &call.caller.code42 {
        Some(Principal::Stranger { name, password }) => Some((name, password)),
        _ => None,
    }
}

fn user_token(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let access = &store.code42.access;
    let known = given(call) == Some((access.user.as_str(), access.password.as_str()));
    let has_code = access.totp.is_none() || access.totp.as_deref() == call.text("totp-auth");
    if !known || !has_code {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "Invalid or missing credentials"));
    }
    let token = issue(store, call, Principal::User, USER_TOKEN);
    Ok(v3(json!({"v3_user_token": token})))
}

fn client_token(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let access = &store.code42.access;
    if given(call) != Some((access.client_id.as_str(), access.client_secret.as_str())) {
        return Err(Refusal::unauthorized());
    }
    let token = issue(store, call, Principal::ApiClient, CLIENT_TOKEN);
    Ok(json!({"access_token": token, "token_type": "bearer", "expires_in": CLIENT_TOKEN.as_secs()}))
}

/// The gateway takes its own tokens only, and they are no tokens of the console.
fn gateway_token(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let access = &store.code42.access;
    if given(call) != Some((access.client_id.as_str(), access.client_secret.as_str())) {
        return Err(Refusal::unauthorized());
    }
    let token = issue(store, call, Principal::Gateway, CLIENT_TOKEN);
    Ok(json!({"access_token": token, "token_type": "bearer", "expires_in": CLIENT_TOKEN.as_secs()}))
}

fn issue(store: &mut Store, call: &Checked, principal: Principal, life: Duration) -> String {
    let now = call.now.since_start;
    let token = format!("v3.sandbox.{:016x}{:016x}", store.code42.draw(), store.code42.draw());
    store.code42.sessions.retain(|_, session| now < session.ends);
    store.code42.sessions.insert(token.clone(), Session { principal, ends: now + life });
    token
}

/// Names that nobody has are told to need a code.
fn login_configuration(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let access = &store.code42.access;
    let name = call.text("username").unwrap_or_default();
    let way = match (name == access.user, &access.totp) {
        (true, None) => "LOCAL",
        _ if name.starts_with(SINGLE_SIGN_ON) => "CLOUD_SSO",
        _ => "LOCAL_2FA",
    };
    Ok(json!({"loginType": way}))
}

fn current_user(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let top = store.code42.top().filter(|_| call.caller.code42 == Some(Principal::User));
    let top = top.ok_or_else(|| Refusal::not_found("No such user"))?;
    let user = &store.code42.access.user;
    Ok(v1(json!({
        "userId": 1, "userUid": "920000000000000001", "username": user, "email": user, "status": "Active",
        "active": true, "blocked": false, "orgId": top.id, "orgUid": top.uid, "orgName": top.name,
        "orgType": "ENTERPRISE", "quotaInBytes": -1, "usernameIsAnEmail": true,
    })))
}

fn customer(store: &Store, _call: &Checked) -> Result<Value, Refusal> {
    let top = store.code42.top().ok_or_else(|| Refusal::not_found("No tenant"))?;
    Ok(v3(json!({
        "name": top.name, "registrationKey": top.registration_key, "deploymentModel": "PUBLIC",
        "maintenanceMode": false, "tenantUid": top.guid,
        "masterServicesAgreement": {"accepted": true, "acceptanceRequired": false},
    })))
}
