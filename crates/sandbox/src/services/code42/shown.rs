//! An organisation as the calls show it.

use serde_json::{Value, json};

use crate::{
    services::times::utc,
    spec::Checked,
    store::{Branch, Tenant},
};

/// Which optional blocks were asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Blocks {
    settings: bool,
    device_defaults: bool,
    inherited: bool,
}

impl Blocks {
    pub(super) fn of(call: &Checked) -> Self {
        let all = call.flag("incAll");
        Self {
            settings: all || call.flag("incSettings"),
            device_defaults: all || call.flag("incDeviceDefaults"),
            inherited: all || call.flag("incInheritedOrgInfo"),
        }
    }
}

/// An organisation with the blocks that were asked for; its settings are two numbers without theirs.
pub(super) fn organization(tenant: &Tenant, branch: &Branch, blocks: Blocks) -> Value {
    let parent = tenant.organizations.get(&branch.parent);
    let mut shown = json!({
        "orgId": branch.id,
        "orgUid": branch.uid,
        "orgGuid": branch.guid,
        "orgName": branch.name,
        "orgExtRef": branch.external_reference,
        "notes": branch.notes,
        "status": if branch.active { "Active" } else { "Deactivated" },
        "active": branch.active,
        "blocked": branch.blocked,
        "parentOrgId": parent.map(|parent| parent.id),
        "parentOrgUid": parent.map(|parent| &parent.uid),
        "parentOrgGuid": parent.map(|parent| &parent.guid),
        "type": "ENTERPRISE",
        "classification": "BASIC",
        "externalId": branch.uid,
        "hierarchyCounts": {},
        "configInheritanceCounts": {},
        "creationDate": utc(branch.created),
        "modificationDate": utc(branch.modified),
        "deactivationDate": branch.deactivated.map(utc),
        "registrationKey": branch.registration_key,
        "reporting": {"orgManagers": []},
        "customConfig": false,
        "settings": slim(&branch.settings),
        "settingsInherited": {"maxSeats": "", "maxBytes": ""},
        "settingsSummary": slim(&in_force(tenant, branch).settings),
    });
    if blocks.settings {
        shown["settings"] = branch.settings.clone();
        shown["settingsSummary"] = in_force(tenant, branch).settings.clone();
    }
    if blocks.device_defaults {
        shown["deviceDefaults"] = branch.device_defaults.clone();
    }
    if blocks.inherited {
        shown["orgInheritDto"] = json!({
            "orgId": branch.id, "orgUid": branch.uid,
            "orgIdProvidingOrg": parent.map(|parent| parent.id),
            "orgUidProvidingOrg": parent.map(|parent| &parent.uid),
            "orgNameProvidingOrg": parent.map(|parent| &parent.name),
        });
    }
    shown
}

fn slim(settings: &Value) -> Value {
    json!({"maxSeats": settings["maxSeats"], "maxBytes": settings["maxBytes"]})
}

/// The organisation whose quota holds.
fn in_force<'a>(tenant: &'a Tenant, branch: &'a Branch) -> &'a Branch {
    let mut branch = branch;
    while branch.settings["isUsingQuotaDefaults"] == true {
        match tenant.organizations.get(&branch.parent) {
            Some(parent) => branch = parent,
            None => break,
        }
    }
    branch
}
