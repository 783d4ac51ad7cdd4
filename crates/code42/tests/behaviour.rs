//! Organisations of a sandbox tenant.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::sync::Arc;

use orglib_code42::{
    FULL_DISK_ACCESS, Gateway, OrgGuid, OrgNumber, OrgReference, Organizations, SignIn, Tenant,
    model::{Organization, OrganizationRecord, Quota},
    prelude::*,
};
use orglib_core::Client;
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, MockTransport, When};

fn tenant() -> (Organizations, Sandbox) {
    let sandbox = Sandbox::builder().users(1).check_answers(true).build();
    let access = &sandbox.info().code42;
    let door = Client::builder(sandbox.transport()).build();
    let credentials = SignIn::user(door.clone(), &access.user, access.password.as_str()).unwrap();
    (Tenant::new(door.with_credentials(Arc::new(credentials))).organizations(), sandbox)
}

fn reference(text: impl ToString) -> OrgReference {
    text.to_string().parse().unwrap()
}

#[tokio::test]
async fn any_id_finds_the_organization_beyond_the_first_page_too() {
    let (organizations, _) = tenant();
    let all = organizations.list().try_collect().await.unwrap();
    assert_eq!(all.len(), 620);
    for wanted in [&all[0], &all[499], &all[619]] {
        let guid = wanted.org_guid.clone().unwrap();
        for text in [wanted.org_id.to_string(), wanted.org_uid.to_string(), guid.to_string()] {
            let found = organizations.resolve(&reference(&text)).await.unwrap();
            assert_eq!(found.org_uid, wanted.org_uid, "{text}");
        }
        assert_eq!(organizations.get(guid).send().await.unwrap().org_id, wanted.org_id);
    }
}

#[tokio::test]
async fn an_organization_that_was_not_asked_for_is_refused() {
    const OTHER: &str = r#"{"data":{"orgId":7,"orgUid":"900000000000000007",
        "orgGuid":"a9578c3d-736b-4d96-80e5-71edd8a11ea3"}}"#;
    for asked in ["944755074379520217", "8"] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::json(OTHER));
        let organizations = Tenant::new(Client::builder(mock.shared()).build()).organizations();
        let error = organizations.guid(&reference(asked)).await.unwrap_err().to_string();
        assert!(error.contains(asked) && error.contains("answered with 7"), "{error}");
    }
}

#[tokio::test]
async fn an_unknown_id_of_any_kind_is_not_found() {
    let (organizations, _) = tenant();
    for text in ["1", "999999", "944755074379520217", "ADMIN", "a9578c3d-736b-4d96-80e5-71edd8a11ea3"] {
        let error = organizations.resolve(&reference(text)).await.unwrap_err();
        assert!(error.is_not_found(), "{text}: {error}");
    }
    let guid: OrgGuid = "a9578c3d-736b-4d96-80e5-71edd8a11ea3".parse().unwrap();
    assert_eq!(organizations.get(guid).find().await.unwrap(), None);
}

#[tokio::test]
async fn one_page_is_read_by_its_number() {
    let (organizations, sandbox) = tenant();
    for (number, size, items) in [(2, 100, 100), (7, 100, 20), (8, 100, 0), (1, 1, 1)] {
        sandbox.reset();
        let page = organizations.page(number, size).await.unwrap();
        assert_eq!((page.items.len(), page.total()), (items, Some(620)), "{number} of {size}");
        assert_eq!(sandbox.stats().requests_of("OrgV1_List"), 1);
    }
    for (number, size) in [(0, 10), (1, 0), (1, 501)] {
        assert!(organizations.page(number, size).await.is_err(), "{number} of {size}");
    }
}

async fn made(organizations: &Organizations, name: &str, parent: OrgGuid) -> Organization {
    let record = OrganizationRecord::new(name).parent_org_guid(parent);
    organizations.create(record).send().await.unwrap()
}

#[tokio::test]
async fn an_organization_is_made_below_the_top_one_or_below_its_parent() {
    let (organizations, _) = tenant();
    let top = organizations.current().send().await.unwrap();
    let new = made(&organizations, "New", organizations.top().await.unwrap()).await;
    assert_eq!(new.parent_org_id, Some(top.org_id));
    let below = made(&organizations, "Below", new.org_guid.unwrap()).await;
    assert_eq!(below.parent_org_id, Some(new.org_id));
    let unnamed = OrganizationRecord::new(" ").parent_org_guid(top.org_guid.unwrap());
    let unnamed = organizations.create(unnamed).send().await.unwrap_err();
    assert!(unnamed.to_string().contains("ORG_NAME_MISSING"), "{unnamed}");
}

#[tokio::test]
async fn a_change_keeps_what_is_not_edited_and_reads_back_what_is() {
    let (organizations, sandbox) = tenant();
    let record = OrganizationRecord::new("Old").org_ext_ref("REF".to_owned()).notes("n".to_owned());
    let record = record.parent_org_guid(organizations.top().await.unwrap());
    let guid = organizations.create(record).send().await.unwrap().org_guid.unwrap();
    let renamed = organizations.change(guid.clone()).edit(|texts| texts.name = "New".to_owned());
    let renamed = renamed.send().await.unwrap();
    assert!(renamed.is_kept() && renamed.before.name == "Old");
    let updated = renamed.answer.unwrap();
    let texts = (updated.org_name, updated.org_ext_ref, updated.notes);
    assert_eq!(texts, ("New".into(), Some("REF".into()), Some("n".into())));
    let cleared = organizations.change(guid.clone()).edit(|texts| texts.notes = Some(String::new()));
    assert!(cleared.send().await.unwrap().is_kept(), "an empty text and none are the same");
    sandbox.reset();
    let nothing = organizations.change(guid).edit(|texts| texts.name = "New".to_owned());
    assert!(nothing.send().await.unwrap().answer.is_none());
    assert_eq!(sandbox.stats().requests_of("OrgV3_Update"), 0);
}

#[tokio::test]
async fn a_block_reaches_those_below_and_a_deactivated_one_can_be_found_and_activated() {
    let (organizations, _) = tenant();
    let above = made(&organizations, "Above", organizations.top().await.unwrap()).await.org_guid.unwrap();
    let below = made(&organizations, "Below", above.clone()).await.org_guid.unwrap();
    let blocked = || async { organizations.get(below.clone()).send().await.unwrap().blocked };
    organizations.block(above.clone()).send().await.unwrap();
    assert_eq!(blocked().await, Some(true));
    organizations.unblock(above.clone()).send().await.unwrap();
    assert_eq!(blocked().await, Some(false));

    organizations.deactivate(above.clone()).send().await.unwrap();
    let gone = organizations.list().active(false).try_collect().await.unwrap();
    assert_eq!(gone.len(), 2);
    assert_eq!(organizations.list().try_collect().await.unwrap().len(), 620);
    organizations.activate(above.clone()).send().await.unwrap();
    let active = organizations.get(above).send().await.unwrap();
    assert!(active.active == Some(true) && active.deactivation_date.is_none());
}

#[tokio::test]
async fn settings_go_out_part_by_part_and_come_back() {
    let (organizations, sandbox) = tenant();
    let org = OrgNumber::new(4300).unwrap();
    let mut settings = organizations.settings(org).await.unwrap();
    let before = serde_json::to_value(&settings).unwrap();
    let nothing = organizations.update_settings(&settings).await;
    assert!(nothing.t_settings.is_not_needed() && nothing.organization.is_not_needed());

    settings.set_endpoint_monitoring_cloud_sync_enabled(true).unwrap();
    sandbox.reset();
    let update = organizations.update_settings(&settings).await;
    assert!(update.t_settings.is_done() && update.organization.is_not_needed());
    assert_eq!(sandbox.stats().requests_of("OrgV1_Update"), 0);

    let mut settings = organizations.settings(org).await.unwrap();
    assert_eq!(settings.endpoint_monitoring_enabled(), Some(true));
    settings.set_org_backup_quota(Quota::gigabytes(10.5).unwrap()).unwrap();
    settings.set_warning_alert_days(2.0).unwrap();
    let mut set = settings.backup_sets().remove(0);
    set.excluded_files.clear();
    settings.set_backup_set(&set).unwrap();
    sandbox.reset();
    let update = organizations.update_settings(&settings).await;
    assert!(update.t_settings.is_not_needed() && update.organization.is_done());
    assert_eq!(sandbox.stats().requests_of("OrgSettingV1_Update"), 0);

    let mut after = serde_json::to_value(organizations.settings(org).await.unwrap()).unwrap();
    assert_eq!(after["org_backup_quota"], 10.5);
    assert_eq!(after["quota_settings_inherited"], false);
    assert_eq!(after["device_defaults"]["warning_alert_days"], 2);
    assert_eq!(after["device_defaults"]["backup_sets"][0]["excluded_files"], serde_json::json!([]));
    for key in [
        "org_backup_quota",
        "quota_settings_inherited",
        "endpoint_monitoring_enabled",
        "endpoint_monitoring_cloud_sync_enabled",
        "device_defaults",
        "other_settings",
    ] {
        after[key] = before[key].clone();
    }
    assert_eq!(after, before, "nothing else has changed");
}

#[tokio::test]
async fn a_part_that_fails_is_told_and_the_other_is_sent_all_the_same() {
    let (organizations, _) = tenant();
    let org = OrgNumber::new(4300).unwrap();
    let mut settings = organizations.settings(org).await.unwrap();
    settings.set_org_name("").unwrap();
    settings.set_web_restore_enabled(false).unwrap();
    let update = organizations.update_settings(&settings).await;
    assert!(update.t_settings.is_done());
    assert_eq!(update.organization.name(), "failed");
    assert_eq!(update.organization.error().unwrap().status().unwrap(), 400);
    assert!(update.into_result().is_err());
}

#[tokio::test]
async fn agents_tell_whether_they_may_read_the_disk() {
    let (organizations, _) = tenant();
    let org = organizations.id(&reference(4203)).await.unwrap();
    let states = organizations.agent_states(org, FULL_DISK_ACCESS).send().await.unwrap().states;
    assert_eq!(states.len(), 3);
    assert!(states.iter().all(|state| ["true", "false"].contains(&state.value.as_str())));
    assert!(organizations.agent_states(org, "other").send().await.unwrap().states.is_empty());
}

#[tokio::test]
async fn who_has_signed_in_is_told_and_an_api_client_is_nobody() {
    let sandbox = Sandbox::builder().users(1).check_answers(true).build();
    let access = &sandbox.info().code42;
    let door = Client::builder(sandbox.transport()).build();
    let user = SignIn::user(door.clone(), &access.user, access.password.as_str()).unwrap();
    let tenant = Tenant::new(door.with_credentials(Arc::new(user)));
    let told = tenant.current_user().send().await.unwrap();
    assert_eq!((told.username.as_str(), told.quota_in_bytes), (access.user.as_str(), Some(-1)));
    assert!(!tenant.customer().send().await.unwrap().name.is_empty());

    let client = SignIn::api_client(door.clone(), &access.client_id, access.client_secret.as_str()).unwrap();
    let tenant = Tenant::new(door.with_credentials(Arc::new(client)));
    assert!(tenant.current_user().find().await.unwrap().is_none());
}

#[tokio::test]
async fn the_gateway_shows_and_changes_the_same_organizations() {
    let (console, sandbox) = tenant();
    let access = &sandbox.info().code42;
    let door = Client::builder(sandbox.transport()).build();
    let credentials =
        SignIn::gateway(door.clone(), &access.client_id, access.client_secret.as_str()).unwrap();
    let gateway = Gateway::new(door.with_credentials(Arc::new(credentials)));
    let all = gateway.list().try_collect().await.unwrap();
    assert_eq!(all.len(), 620);

    let record = OrganizationRecord::new("Branch").parent_org_guid(all[0].org_guid.clone());
    let made = gateway.create(record).send().await.unwrap();
    let changed =
        gateway.update(made.org_guid.clone(), "Office").notes("moved".to_owned()).send().await.unwrap();
    assert_eq!((changed.org_name.as_str(), changed.notes.as_deref()), ("Office", Some("moved")));
    let shown = console.get(made.org_guid.clone()).send().await.unwrap();
    assert_eq!((shown.org_name.as_str(), shown.notes.as_deref()), ("Office", Some("moved")));
    gateway.deactivate(made.org_guid.clone()).send().await.unwrap();
    assert_eq!(console.get(made.org_guid.clone()).send().await.unwrap().active, Some(false));
    assert_eq!(gateway.list().try_collect().await.unwrap().len(), 621);
    assert_eq!(gateway.list().active(true).try_collect().await.unwrap().len(), 620);
    assert_eq!(gateway.list().active(false).try_collect().await.unwrap().len(), 1);
    gateway.activate(made.org_guid.clone()).send().await.unwrap();
    assert_eq!(gateway.get(made.org_guid).send().await.unwrap().active, Some(true));
    let nobody: OrgGuid = "a9578c3d-736b-4d96-80e5-71edd8a11ea3".parse().unwrap();
    assert!(gateway.get(nobody).find().await.unwrap().is_none());
    // A token of the console is none of the gateway.
    assert!(
        Gateway::new(console.client().clone()).list().try_collect().await.unwrap_err().is_unauthenticated()
    );
}
