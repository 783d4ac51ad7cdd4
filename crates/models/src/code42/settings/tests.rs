use serde_json::json;

use super::*;

fn document() -> Value {
    json!({
        "orgId": 4200, "orgUid": "944755074379520217", "orgName": "Old", "orgExtRef": null, "notes": "n",
        "registrationKey": "AAAA-BBBB-CCCC-DDDD", "unknown": {"kept": [1, 2.5]},
        "settings": {
            "isUsingQuotaDefaults": true, "isUsingReportingDefaults": true, "maxSeats": null, "maxBytes": "",
            "archiveHoldDays": 365, "defaultUserMaxBytes": 1_500_000_000, "recipients": ["a@b.c"],
            "destinations": [{"guid": "43", "destinationName": "One"}, {"guid": "632540230984925185"}],
        },
        "deviceDefaults": {"serviceBackupConfig": {
            "warningEmailEnabled": "true",
            "minutesUntilWarning": {"@locked": "true", "#text": "4320"},
            "minutesUntilSevere": {"@nil": "true"},
            "backupConfig": {"backupSets": [
                {"@id": "1", "name": "Files", "destinations": [{"@id": "43", "@locked": "true"}],
                 "backupPaths": {
                    "pathset": [{"@os": "Windows", "path": {"@include": "C:/"}}],
                    "excludeUser": {"@locked": "true", "patternList": {"pattern": [{"@regex": ".*1"}, {"@regex": ".*2"}],
                                    "windows": [], "macintosh": [], "linux": []}},
                }},
                {"@id": "2", "@locked": "true", "name": {"@locked": "true", "#text": "Locked"},
                 "destinations": {"@cleared": "true"},
                 "backupPaths": {"pathset": [{"@cleared": "true", "@os": "Linux"}], "excludeUser": [{"windows": []}]}},
                {"@id": "3", "destinations": {"@locked": "true", "destination": [{"@id": "43"}]}},
            ]},
        }},
    })
}

fn t_settings() -> TSettings {
    serde_json::from_value(json!({
        "org-securityTools-enable": {"scope": "ORG", "value": "false", "locked": true, "id": 1},
        "org-securityTools-cloud-detection-enable": {"value": "true"},
        "device_org_winAppActivity_binaryWhitelist": {"value": "a.exe, b.exe,"},
        "device_upgrade_delay": {"value": "60", "locked": null},
        "odd": {"value": ["x"]}, "none": null,
    }))
    .unwrap()
}

fn settings() -> OrgSettings {
    OrgSettings::new(document(), t_settings()).unwrap()
}

#[test]
fn the_properties_are_read_from_both_stores() {
    let settings = settings();
    assert_eq!(settings.org_id().get(), 4200);
    assert_eq!(settings.org_name().as_deref(), Some("Old"));
    assert_eq!(settings.external_reference(), None);
    assert_eq!((settings.maximum_user_subscriptions(), settings.org_backup_quota()), (None, None));
    assert_eq!(settings.user_backup_quota().and_then(Quota::to_gigabytes), Some(1.5));
    assert_eq!(settings.endpoint_monitoring_enabled(), Some(false));
    assert_eq!(settings.web_restore_enabled(), None);
    assert_eq!(settings.endpoint_monitoring_custom_applications_win().unwrap(), ["a.exe", "b.exe"]);
    assert_eq!((settings.warning_alert_days(), settings.critical_alert_days()), (Some(3.0), None));
    assert!(!settings.is_changed());
}

#[test]
fn a_t_setting_alone_changes_nothing_of_the_organization_and_the_other_way_round() {
    let mut one = settings();
    one.set_web_restore_enabled(true).unwrap();
    assert_eq!((one.packets().len(), one.changed_organization()), (1, None));
    let mut other = settings();
    other.set_org_name("New").unwrap();
    assert!(other.packets().is_empty());
    let sent = other.changed_organization().unwrap();
    let mut expected = document();
    expected["orgName"] = "New".into();
    assert_eq!(*sent, expected, "everything else goes back as it came");
    assert!(sent["deviceDefaults"].get("settings").is_none());
}

#[test]
fn each_object_counts_its_own_changes() {
    let with = |name: &str| {
        let mut document = document();
        document["orgName"] = name.into();
        OrgSettings::new(document, TSettings::default()).unwrap()
    };
    let (mut first, mut second) = (with("A"), with("C"));
    first.set_org_name("B").unwrap();
    second.set_org_name("A").unwrap();
    assert!(first.is_changed() && second.is_changed());
}

#[test]
fn what_is_set_back_is_no_change() {
    for property in OrgSettings::PROPERTIES {
        let mut settings = settings();
        let read = settings.get(property);
        let other = match property.kind {
            PropertyKind::Flag => PropertyValue::Flag(read != Some(PropertyValue::Flag(true))),
            PropertyKind::Number => PropertyValue::Number(77),
            PropertyKind::Text => PropertyValue::Text("other".into()),
            PropertyKind::List => PropertyValue::List(vec!["other".into()]),
            PropertyKind::Quota => PropertyValue::Quota(Quota::Bytes(77)),
            PropertyKind::Days => PropertyValue::Days(7.0),
        };
        settings.set(property, other.clone()).unwrap();
        assert_eq!(settings.get(property), Some(other), "{}", property.name);
        assert!(settings.is_changed(), "{}", property.name);
        let alone = !matches!(property.effect, Effect::Monitoring | Effect::PartOfMonitoring);
        if let Some(read) = read.filter(|_| alone) {
            settings.set(property, read).unwrap();
            assert!(!settings.is_changed(), "{}", property.name);
        }
    }
}

#[test]
fn a_quota_of_ones_own_ends_the_inheritance_unless_that_is_said_by_itself() {
    let mut settings = settings();
    settings.set_org_backup_quota(Quota::gigabytes(1.5).unwrap()).unwrap();
    let sent = settings.changed_organization().unwrap();
    assert_eq!(sent["settings"]["maxBytes"], json!(1_500_000_000));
    assert_eq!(sent["settings"]["isUsingQuotaDefaults"], json!(false));
    assert_eq!(sent["settings"]["isUsingReportingDefaults"], json!(true));
    settings.set_quota_settings_inherited(true).unwrap();
    assert_eq!(settings.quota_settings_inherited(), Some(true));
    settings.set_backup_warning_email_days(5).unwrap();
    assert_eq!(settings.reporting_settings_inherited(), Some(false));
}

#[test]
fn endpoint_monitoring_takes_its_parts_along() {
    let keys = |settings: &OrgSettings| {
        settings.packets().into_iter().map(|packet| (packet.key, packet.value)).collect::<BTreeMap<_, _>>()
    };
    let mut on = settings();
    on.set_endpoint_monitoring_removable_media_enabled(true).unwrap();
    let sent = keys(&on);
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert!(sent.values().all(|value| value == "true"));
    assert!(on.packets().iter().any(|packet| packet.key == properties::MONITORING && packet.locked));

    let mut off = settings();
    off.set_endpoint_monitoring_enabled(false).unwrap();
    let sent = keys(&off);
    assert!(!sent.contains_key(properties::MONITORING), "it is off already");
    assert_eq!(sent.len(), 5, "{sent:?}");
    assert!(sent.values().all(|value| value == "false"));
}

#[test]
fn a_value_is_read_as_people_type_it() {
    let parse = |name: &str, text: &str| OrgSettings::property(name).unwrap().parse(text);
    assert_eq!(parse("org_backup_quota", "unlimited"), Ok(PropertyValue::Quota(Quota::Unlimited)));
    assert_eq!(parse("org_backup_quota", "-1"), Ok(PropertyValue::Quota(Quota::Unlimited)));
    assert_eq!(parse("device_defaults.warning_alert_days", "0.5"), Ok(PropertyValue::Days(0.5)));
    assert_eq!(
        parse("backup_alert_recipient_emails", "a@b, c@d"),
        Ok(PropertyValue::List(vec!["a@b".into(), "c@d".into()]))
    );
    for (name, text, expected) in [
        ("web_restore_enabled", "yes", "true or false"),
        ("archive_hold_days", "1.5", "whole number"),
        ("org_backup_quota", "-2", "gigabytes"),
        ("org_backup_quota", "NaN", "gigabytes"),
        ("device_defaults.warning_alert_days", "-1", "days"),
    ] {
        let message = parse(name, text).unwrap_err().to_string();
        assert!(message.contains(name) && message.contains(expected), "{message}");
    }
    let unknown = OrgSettings::property("name").unwrap_err();
    assert_eq!(unknown.to_string(), "there is no setting `name`");
}

#[test]
fn a_lock_on_a_device_default_stays() {
    let mut settings = settings();
    settings.set_warning_alert_days(2.0).unwrap();
    settings.set_critical_alert_days(0.5).unwrap();
    let sent = &settings.changed_organization().unwrap()["deviceDefaults"]["serviceBackupConfig"];
    assert_eq!(sent["minutesUntilWarning"], json!({"@locked": "true", "#text": "2880"}));
    assert_eq!(sent["minutesUntilSevere"], json!("720"));
    let mut bare = OrgSettings::new(json!({"orgId": "7"}), TSettings::default()).unwrap();
    assert_eq!(bare.set_warning_alert_days(2.0), Err(SettingError::NoDeviceDefaults));
    assert!(bare.backup_sets().is_empty());
}

#[test]
fn backup_sets_are_read_in_every_shape() {
    let sets = settings().backup_sets();
    assert_eq!(sets.iter().map(|set| set.id.as_str()).collect::<Vec<_>>(), ["1", "2"], "no legal hold");
    assert_eq!(sets[0].included_files, ["C:/"]);
    assert_eq!(sets[0].filename_exclusions, [".*1", ".*2"]);
    assert_eq!((sets[0].destinations[0].name.as_str(), sets[0].destinations[0].locked), ("One", true));
    assert_eq!((sets[1].name.as_str(), sets[1].locked), ("Locked", true));

    let mut document = document();
    let config = &mut document["deviceDefaults"]["serviceBackupConfig"]["backupConfig"];
    let only = config["backupSets"][0].clone();
    config["backupSets"] = json!({"@locked": "true", "backupSet": only});
    let mut nested = OrgSettings::new(document, TSettings::default()).unwrap();
    let mut set = nested.backup_sets().remove(0);
    set.included_files.push("D:/".into());
    nested.set_backup_set(&set).unwrap();
    assert_eq!(nested.backup_sets(), [set]);
}

#[test]
fn a_backup_set_is_written_in_the_one_shape_that_the_service_takes() {
    let mut settings = settings();
    let read = settings.backup_sets().remove(0);
    let mut set = read.clone();
    set.excluded_files.push("C:/tmp".into());
    set.destinations = vec![BackupDestination::new("632540230984925185")];
    settings.set_backup_set(&set).unwrap();
    let sent = &settings.changed_organization().unwrap()["deviceDefaults"]["serviceBackupConfig"];
    let sent = &sent["backupConfig"]["backupSets"][0];
    assert_eq!(
        sent["backupPaths"]["pathset"],
        json!({"paths": {"@os": "Windows", "@cleared": "false", "path": [
            {"@include": "C:/", "@und": "false"}, {"@exclude": "C:/tmp", "@und": "false"}]}})
    );
    assert_eq!(sent["destinations"], json!([{"@id": "632540230984925185"}]));
    assert_eq!(sent["backupPaths"]["excludeUser"]["@locked"], "true", "what was not touched stays");
    settings.set_backup_set(&read).unwrap();
    assert!(!settings.is_changed());
}

#[test]
fn a_backup_set_that_cannot_be_changed_so_says_why() {
    let mut settings = settings();
    let mut locked = settings.backup_sets().remove(1);
    locked.destinations = vec![BackupDestination::new("43").locked(true)];
    assert_eq!(settings.set_backup_set(&locked), Ok(()), "destinations of a locked set can be chosen");
    locked.included_files = vec!["/".into()];
    assert_eq!(settings.set_backup_set(&locked), Err(SettingError::LockedBackupSet("2".into())));
    let mut set = settings.backup_sets().remove(0);
    set.destinations = vec![BackupDestination::new("44")];
    assert_eq!(settings.set_backup_set(&set), Err(SettingError::UnknownDestination("44".into())));
    set.id = "3".into();
    assert_eq!(settings.set_backup_set(&set), Err(SettingError::UnknownBackupSet("3".into())));
}

#[test]
fn settings_show_themselves_by_name() {
    let shown = serde_json::to_value(settings()).unwrap();
    assert_eq!(shown["user_backup_quota"], json!(1.5));
    assert_eq!(shown["device_defaults"]["warning_alert_days"], json!(3));
    assert_eq!(shown["device_defaults"]["backup_sets"][0]["destinations"][0]["guid"], "43");
    let others = shown["other_settings"].as_array().unwrap();
    assert_eq!(others.iter().map(|one| &one["key"]).collect::<Vec<_>>(), ["device_upgrade_delay", "odd"]);
}
