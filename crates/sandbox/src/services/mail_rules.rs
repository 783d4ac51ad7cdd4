//! Rules of one person, ways out for letters, and who may write to mailing lists.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answerers, Handlers, Writers, collections::not_found, groups, organization, organization_mut};
use crate::{
    dialect::Refusal,
    exchange::{Answer, Payload},
    spec::Checked,
    store::{Organization, Record, Store},
};

pub(super) const HANDLERS: Handlers = &[
    ("MailUserSettingsService_GetRules", user_rules),
    ("search-routes", search_routes),
    ("get-mailing-list", permissions),
];

pub(super) const WRITERS: Writers = &[
    ("MailUserSettingsService_CreateRule", create_rule),
    ("MailUserSettingsService_DeleteRule", delete_rule),
    ("set-routes", set_routes),
    ("remove-routes", remove_routes),
];

pub(super) const ANSWERERS: Answerers = &[("post-mailing-list", update_permissions)];

const RULES: &str = "user_rules";
const ROUTES: &str = "routes";
const LISTS: &str = "mail_lists";

/// The employee that is meant.
fn person(org: &Organization, call: &Checked) -> Result<u64, Refusal> {
    let uid = call.id("userId")?;
    org.person(uid).map(|_| uid).ok_or_else(|| not_found("users", uid))
}

fn user_rules(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "orgId")?;
    let uid = person(org, call)?;
    let of_kind = |kind: &'static str| {
        let rules = org.records.of(RULES).filter(move |rule| rule.number("uid") == uid);
        rules.filter(move |rule| rule.text("kind") == kind)
    };
    let autoreplies: Vec<_> = of_kind("autoreply")
        .map(|rule| json!({"ruleId": rule["id"], "ruleName": rule["ruleName"], "text": rule["text"]}))
        .collect();
    let forwards: Vec<_> = of_kind("forward")
        .map(|rule| {
            json!({"ruleId": rule["id"], "ruleName": rule["ruleName"], "address": rule["address"],
                "withStore": rule["withStore"]})
        })
        .collect();
    Ok(json!({"autoreplies": autoreplies, "forwards": forwards}))
}

fn create_rule(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization_mut(store, call, "orgId")?;
    let uid = person(org, call)?;
    let told = |kind: &str| call.body[kind].as_object().cloned();
    let (kind, mut rule) = match (told("autoreply"), told("forward")) {
        (Some(rule), None) => ("autoreply", Record::from(rule)),
        (None, Some(rule)) => ("forward", Record::from(rule)),
        _ => return Err(Refusal::invalid("one of autoreply and forward is needed")),
    };
    if kind == "forward" && !rule.text("address").contains('@') {
        return Err(Refusal::invalid("forward.address: not an address"));
    }
    rule.insert("kind", kind);
    rule.insert("uid", uid);
    rule.begin("ruleName", "");
    rule.begin("withStore", true);
    Ok(json!({ "ruleId": org.records.add_numbered(RULES, rule) }))
}

fn delete_rule(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization_mut(store, call, "orgId")?;
    let (uid, id) = (person(org, call)?, call.id("ruleId")?);
    let found = org.records.get(RULES, id).filter(|rule| rule.number("uid") == uid);
    found.ok_or_else(|| not_found("rules", id))?;
    org.records.remove(RULES, id);
    Ok(json!({}))
}

/// What stands for the empty domain, which is no id.
fn key(domain: &str) -> String {
    if domain.is_empty() { "*".to_owned() } else { domain.to_ascii_lowercase() }
}

/// The domains that a body names, each once.
fn domains(call: &Checked) -> Result<Vec<String>, Refusal> {
    let mut domains: Vec<String> = Vec::new();
    for item in call.body["items"].as_array().into_iter().flatten() {
        let domain = item["recipient_domain"].as_str().unwrap_or_default();
        if domain.contains(char::is_whitespace) || (!domain.is_empty() && !domain.contains('.')) {
            return Err(Refusal::invalid(format!("recipient_domain: {domain} is no domain")));
        }
        if domains.iter().any(|known| *known == key(domain)) {
            return Err(Refusal::invalid(format!("recipient_domain: {domain} comes twice")));
        }
        domains.push(key(domain));
    }
    Ok(domains)
}

fn search_routes(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let wanted = domains(call)?;
    let is_wanted = |route: &&Record| {
        call.body["items"].is_null()
            || wanted.iter().any(|domain| *domain == key(route.text("recipient_domain")))
    };
    let show = |route: &Record| {
        let fields = ["recipient_domain", "relay", "recipient_category", "description"].into_iter();
        let fields = fields.filter_map(|name| Some((name.to_owned(), route.get(name)?.clone())));
        Value::Object(fields.collect())
    };
    let items: Vec<_> = org.records.of(ROUTES).filter(is_wanted).map(show).collect();
    Ok(json!({ "items": items }))
}

fn set_routes(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization_mut(store, call, "org_id")?;
    let keys = domains(call)?;
    for (key, item) in keys.into_iter().zip(call.body["items"].as_array().into_iter().flatten()) {
        let mut route = Record::from(item.as_object().cloned().unwrap_or_default());
        route.insert("id", key);
        org.records.add(ROUTES, route);
    }
    Ok(json!({"message": "Routes were set"}))
}

fn remove_routes(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization_mut(store, call, "org_id")?;
    let numbers = domains(call)?.into_iter().map(|key| {
        org.records
            .number(ROUTES, &key)
            .ok_or_else(|| not_found("routes", if key == "*" { "" } else { &key }))
    });
    let numbers: Vec<_> = numbers.collect::<Result<_, _>>()?;
    numbers.into_iter().for_each(|number| org.records.remove(ROUTES, number));
    Ok(json!({"message": "Routes were removed"}))
}

/// The mailing list that is meant: of a group or a department with a name for it.
fn list(org: &Organization, call: &Checked, name: &str) -> Result<u64, Refusal> {
    let id = call.id(name)?;
    if groups::has_list(org, id) { Ok(id) } else { Err(not_found("lists", id)) }
}

fn permissions(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let org = organization(store, call, "org_id")?;
    let list = list(org, call, "mail_list_id")?;
    let kept = org.records.get(LISTS, list);
    let grants = kept.map(|list| list.items("grants")).unwrap_or_default();
    let show = |grant: &Value| {
        let roles: Vec<_> =
            grant["roles"].as_array().into_iter().flatten().map(|role| json!({ "name": role })).collect();
        json!({"roles": {"items": roles}, "subject": grant["subject"]})
    };
    let known = grants.iter().filter(|grant| is_there(org, &grant["subject"]));
    Ok(json!({"grants": {"items": known.map(show).collect::<Vec<_>>()}}))
}

/// Who is gone may send no more. Of subjects of other kinds nothing is known.
fn is_there(org: &Organization, subject: &Value) -> bool {
    let collection = match subject["type"].as_str() {
        Some("user") => "users",
        Some("group") => "groups",
        Some("department") => "departments",
        _ => return true,
    };
    let id = subject["id"].as_u64().or_else(|| subject["id"].as_str()?.parse().ok());
    id.is_none_or(|id| org.records.get(collection, id).is_some())
}

/// Roles are given and taken away one after another.
fn update_permissions(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let org = organization_mut(store, call, "org_id")?;
    let list = list(org, call, "email_id")?;
    let mut grants: Vec<Value> =
        org.records.get(LISTS, list).map(|list| list.items("grants").to_vec()).unwrap_or_default();
    for action in call.body["role_actions"].as_array().into_iter().flatten() {
        let roles = action["roles"].as_array().cloned().unwrap_or_default();
        let subjects = action["subjects"].as_array().cloned().unwrap_or_default();
        if action["type"] == "overwrite" {
            let is_of_kind =
                |grant: &Value| subjects.iter().any(|subject| subject["type"] == grant["subject"]["type"]);
            grants.retain(|grant| !is_of_kind(grant));
        }
        for subject in subjects {
            let (own, others): (Vec<_>, _) = grants.into_iter().partition(|grant| {
                grant["subject"]["id"] == subject["id"] && grant["subject"]["type"] == subject["type"]
            });
            grants = others;
            let mut held: Vec<Value> =
                own.iter().flat_map(|grant| grant["roles"].as_array().cloned().unwrap_or_default()).collect();
            held.retain(|role| !roles.contains(role));
            if action["type"] != "revoke" {
                held.extend(roles.iter().cloned());
            }
            if !held.is_empty() {
                grants.push(json!({"roles": held, "subject": subject}));
            }
        }
    }
    let mut record = Record::default();
    record.insert("grants", grants);
    org.records.put_numbered(LISTS, list, record);
    Ok(Answer { status: StatusCode::NO_CONTENT, content: Payload::Nothing })
}
