//! Settings of organisations, in their two places.

use serde_json::{Map, Value, json};

use super::{
    Handlers, Writers, branch_mut, by_id,
    shown::{Blocks, organization},
    v1,
};
use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Store, TSetting},
};

pub(in crate::services) const HANDLERS: Handlers = &[("OrgSettingV1_Get", t_settings)];

pub(in crate::services) const WRITERS: Writers =
    &[("OrgSettingV1_Update", put_t_settings), ("OrgV1_Update", put_document)];

fn t_settings(store: &Store, call: &Checked) -> Result<Value, Refusal> {
    let id = by_id(&store.code42, call)?.id;
    let settings = store.code42.t_settings(id).into_iter().map(|(key, (setting, from))| {
        let shown = json!({"scope": "ORG", "value": setting.value, "locked": setting.locked, "id": from});
        (key.to_owned(), shown)
    });
    Ok(v1(Value::Object(settings.collect::<Map<_, _>>())))
}

fn put_t_settings(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let id = by_id(&store.code42, call)?.id;
    let branch = branch_mut(&mut store.code42, id)?;
    for packet in call.body["packets"].as_array().into_iter().flatten() {
        let text = |name: &str| match &packet[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let setting = TSetting { value: text("value"), locked: packet["locked"] == true };
        branch.t_settings.insert(text("key"), setting);
    }
    Ok(v1(Value::Null))
}

/// What the whole document replaces; what of it is told only is of no account.
fn put_document(store: &mut Store, call: &Checked) -> Result<Value, Refusal> {
    let id = by_id(&store.code42, call)?.id;
    let branch = branch_mut(&mut store.code42, id)?;
    if call.body["orgUid"] != branch.uid.as_str() {
        return Err(Refusal::invalid("the document is another organization's"));
    }
    let text = |name: &str| call.body_text(name).filter(|text| !text.is_empty()).map(str::to_owned);
    branch.name = text("orgName").ok_or_else(|| Refusal::invalid("ORG_NAME_MISSING"))?;
    branch.external_reference = text("orgExtRef");
    branch.notes = text("notes");
    branch.settings = call.body["settings"].clone();
    if let Some(defaults) = call.body["deviceDefaults"].as_object() {
        let mut defaults = defaults.clone();
        // A second copy that a public client adds.
        defaults.remove("settings");
        branch.device_defaults = Value::Object(defaults);
    }
    branch.modified = call.now.milliseconds() / 1000;
    let tenant = &store.code42;
    let branch = by_id(tenant, call)?;
    Ok(v1(organization(tenant, branch, Blocks::of(call))))
}
