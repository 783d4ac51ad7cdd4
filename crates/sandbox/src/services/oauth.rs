//! The token service, and whose token it is.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::StatusCode;
use serde_json::{Value, json};

use super::{Answerers, Handlers, Writers, service_applications};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::{Code, Device, Store, Token, full_name},
};

pub(super) const HANDLERS: Handlers = &[("user-information", info)];

pub(super) const ANSWERERS: Answerers = &[("authorize", authorize)];

pub(super) const WRITERS: Writers =
    &[("token", token), ("screen-code-oauth", start_device), ("token-invalidate", revoke)];

/// How long an exchanged token lives, and one that a person gave.
const EXCHANGED: Duration = Duration::from_secs(3600);
const GRANTED: Duration = Duration::from_secs(365 * 24 * 3600);

/// How long a confirmation code lives.
const CODE: Duration = Duration::from_secs(600);

/// Who refuses, whatever is asked for: a login to hint at.
const REFUSES: &str = "nobody";

/// How long a device's code lives, and how often the device may ask.
const DEVICE_CODE: Duration = Duration::from_secs(300);
const INTERVAL: Duration = Duration::from_secs(5);

/// How long the person takes to type the code.
const TYPING: Duration = Duration::from_secs(3);

fn token(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    authenticate(store, call)?;
    match text(call, "grant_type") {
        "device_code" => of_device(store, call),
        "refresh_token" => refreshed(store, call),
        "urn:ietf:params:oauth:grant-type:token-exchange" => exchanged(store, call),
        _ => of_code(store, call),
    }
}

/// The page, on which the administrator agrees at once: it leads on with a code, or with what is wrong.
fn authorize(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let given = |name: &str| call.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let redirect =
        given("redirect_uri").unwrap_or_else(|| "https://oauth.yandex.ru/verification_code".to_owned());
    let mut query: Vec<(&str, String)> = Vec::new();
    if given("client_id").as_deref() != Some(&*store.oauth.client_id) {
        query.push(("error", "unauthorized_client".to_owned()));
    } else if given("response_type").as_deref() != Some("code") {
        query.push(("error", "unsupported_response_type".to_owned()));
    } else if given("login_hint").as_deref() == Some(REFUSES) {
        query.push(("error", "access_denied".to_owned()));
        query.push(("error_description", "User denied access".to_owned()));
    } else {
        let code = store.oauth.secret("code");
        let asked = Code {
            challenge: given("code_challenge"),
            is_plain: given("code_challenge_method").as_deref() == Some("plain"),
            is_of_device: call.has("device_id"),
            ends_at: call.now.since_start + CODE,
        };
        store.oauth.codes.insert(code.clone(), asked);
        query.push(("code", code));
    }
    query.extend(given("state").map(|state| ("state", state)));
    let pairs: Vec<_> = query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let separator = if redirect.contains('?') { '&' } else { '?' };
    let address = format!("{redirect}{separator}{}", pairs.join("&"));
    Ok(Answer { status: StatusCode::FOUND, content: Payload::Elsewhere(address) })
}

fn encoded(text: &str) -> impl std::fmt::Display + '_ {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
}

/// A code serves once, and only whoever began the sign-in.
fn of_code(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let asked = store.oauth.codes.remove(text(call, "code"));
    let asked = asked.filter(|asked| call.now.since_start < asked.ends_at);
    let asked = asked.ok_or_else(|| grant("Code has expired"))?;
    let verifier = text(call, "code_verifier");
    let proof = if asked.is_plain { verifier.to_owned() } else { super::digests::challenge(verifier) };
    if asked.challenge.as_ref().is_some_and(|challenge| *challenge != proof) {
        return Err(grant("Code verifier does not match"));
    }
    let uid = administrator(store).ok_or_else(|| grant("User is not found"))?;
    let token = granted(store, call, uid);
    if !(asked.is_of_device || call.has("device_id")) {
        store.oauth.of_devices.remove(token["access_token"].as_str().unwrap_or_default());
    }
    Ok(token)
}

/// A token of an employee for the organisation's service application.
fn exchanged(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let subject = text(call, "subject_token");
    let by_id = text(call, "subject_token_type").ends_with(":uid");
    let org = store.organizations.get(&store.oauth.org).ok_or_else(|| grant("No such organization"))?;
    let uid = if by_id { subject.parse().ok() } else { org.holder("users", subject) };
    let person = uid.and_then(|uid| org.person(uid)).ok_or_else(|| grant("User is not found"))?;
    if !person.flag("is_enabled") || person.flag("is_dismissed") {
        return Err(grant("User is blocked"));
    }
    let refused = || Refusal::invalid("Service application is unauthorized").with_code("unauthorized_client");
    let scopes = service_applications::scopes(org, &store.oauth.client_id).ok_or_else(refused)?;
    let (uid, org, scope) = (person.number("id"), org.id, scopes.join(" "));
    let secret = store.oauth.secret("t1");
    let access_token = format!("t1.{uid}.{secret}");
    let ends = Some(call.now.since_start + EXCHANGED);
    store.tokens.add(access_token.clone(), Token { uid, scopes: scopes.into_iter().collect(), ends });
    note(store, call, org, "id_nondevice_token.issued", uid);
    Ok(json!({
        "access_token": access_token,
        "expires_in": EXCHANGED.as_secs(),
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "scope": scope,
        "token_type": "bearer",
    }))
}

fn start_device(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    if text(call, "client_id") != store.oauth.client_id {
        return Err(client("Client not found"));
    }
    let (device_code, user_code) = (store.oauth.secret("device"), store.oauth.user_code());
    let now = call.now.since_start;
    let device = Device { confirmed_at: now + TYPING, ends_at: now + DEVICE_CODE };
    store.oauth.devices.insert(device_code.clone(), device);
    Ok(json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_url": "https://ya.ru/device",
        "interval": INTERVAL.as_secs(),
        "expires_in": DEVICE_CODE.as_secs(),
    }))
}

/// The administrator types every code, a little after it was given out.
fn of_device(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let code = text(call, "code");
    let now = call.now.since_start;
    let device = store.oauth.devices.get(code).filter(|device| now < device.ends_at);
    let device = device.ok_or_else(|| grant("Code has expired"))?;
    if now < device.confirmed_at {
        let text = "User has not yet authorized your application";
        return Err(Refusal::invalid(text).with_code("authorization_pending"));
    }
    store.oauth.devices.remove(code);
    let uid = administrator(store).ok_or_else(|| grant("User is not found"))?;
    Ok(granted(store, call, uid))
}

/// A refresh token is good for one time.
fn refreshed(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let uid = store.oauth.refresh_tokens.remove(text(call, "refresh_token"));
    let uid = uid.ok_or_else(|| grant("expired_token"))?;
    Ok(granted(store, call, uid))
}

/// A token that a person gave to a device, with every scope that the documents name.
fn granted(store: &mut Store, call: &Checked, uid: u64) -> Value {
    let (access_token, refresh_token) = (store.oauth.secret("y0"), store.oauth.secret("1"));
    let scopes = crate::spec::spec().scopes().map(str::to_owned).collect();
    let ends = Some(call.now.since_start + GRANTED);
    store.tokens.add(access_token.clone(), Token { uid, scopes, ends });
    store.oauth.refresh_tokens.insert(refresh_token.clone(), uid);
    store.oauth.of_devices.insert(access_token.clone());
    note(store, call, store.oauth.org, "id_device_token.issued", uid);
    json!({
        "token_type": "bearer",
        "access_token": access_token,
        "expires_in": GRANTED.as_secs(),
        "refresh_token": refresh_token,
    })
}

fn revoke(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    authenticate(store, call)?;
    let token = text(call, "access_token");
    if !store.oauth.revoked.contains(token) {
        if store.tokens.find(token, call.now.since_start).is_none() {
            return Err(grant("expired_token"));
        }
        if !store.oauth.of_devices.contains(token) {
            let text = "Token was issued without device_id";
            return Err(Refusal::invalid(text).with_code("unsupported_token_type"));
        }
        store.tokens.remove(token);
        store.oauth.revoked.insert(token.to_owned());
    }
    Ok(json!({"status": "ok"}))
}

fn info(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let header = call.text("Authorization").and_then(|value| value.split_once(' '));
    let header =
        header.filter(|(scheme, _)| ["oauth", "bearer"].contains(&scheme.to_ascii_lowercase().as_str()));
    let token = header.map(|(_, token)| token.trim()).or_else(|| call.text("oauth_token"));
    let token = token.and_then(|token| store.tokens.find(token, call.now.since_start));
    let token = token.ok_or_else(Refusal::unauthorized)?;
    if call.text("format").is_some_and(|format| format != "json") {
        return Err(Refusal::invalid("the sandbox writes JSON only"));
    }
    if !store.may_work(token.uid) {
        return Err(Refusal::unauthorized());
    }
    let found = store.organizations.values().find_map(|org| Some((org, org.person(token.uid)?)));
    let (org, person) = found.ok_or_else(Refusal::unauthorized)?;
    let mut shown = json!({
        "id": token.uid.to_string(),
        "login": person.text("nickname"),
        "client_id": store.oauth.client_id,
        "psuid": format!("1.AA.{:x}", token.uid),
    });
    if token.scopes.contains("login:info") {
        shown["display_name"] = person.text("nickname").into();
        shown["real_name"] = full_name(person, ["first", "last"]).into();
        shown["first_name"] = person["name"]["first"].clone();
        shown["last_name"] = person["name"]["last"].clone();
        shown["sex"] = person["gender"].clone();
    }
    if token.scopes.contains("login:email") {
        shown["default_email"] = org.address_of(person).into();
        shown["emails"] = json!([org.address_of(person)]);
    }
    Ok(shown)
}

/// The application, by a Basic header or by the form.
fn authenticate(store: &Store, call: &Checked) -> Result<(), Refusal> {
    let oauth = &store.oauth;
    let (id, secret) = match call.text("Authorization") {
        Some(header) => basic(header).ok_or_else(|| {
            Refusal::new(StatusCode::UNAUTHORIZED, "").with_code("Malformed Authorization header")
        })?,
        None => (text(call, "client_id").to_owned(), text(call, "client_secret").to_owned()),
    };
    match (id == oauth.client_id, secret == oauth.client_secret) {
        (false, _) => Err(client("Client not found")),
        (true, false) => Err(client("Wrong client secret")),
        (true, true) => Ok(()),
    }
}

fn basic(header: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(header.strip_prefix("Basic ")?.trim()).ok()?;
    let (id, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

fn administrator(store: &Store) -> Option<u64> {
    store.organizations.get(&store.oauth.org).map(|org| org.administrator)
}

fn note(store: &mut Store, call: &Checked, org: u64, kind: &'static str, uid: u64) {
    store.audit.logs_mut(org).events.add(call.now.milliseconds(), kind, uid);
}

fn text<'a>(call: &'a Checked, name: &str) -> &'a str {
    call.body_text(name).unwrap_or_default()
}

fn grant(text: &str) -> Refusal {
    Refusal::invalid(text).with_code("invalid_grant")
}

fn client(text: &str) -> Refusal {
    Refusal::invalid(text).with_code("invalid_client")
}
