//! Grows a Code42 tenant: a top organisation, regions below it, and customers below those.

use serde_json::{Value, json};

use super::FOUNDED;
use crate::{
    Code42Access,
    store::{Branch, Code42Ways, TSetting, Tenant},
};

/// How many regions there are.
const REGIONS: usize = 6;

/// How many customers there are in all: more than the largest page of the list holds.
const CUSTOMERS: usize = 613;

const DAY: i64 = 24 * 3600;

/// The tenant behind these ways in.
pub(crate) fn grow(seed: u64, access: &Code42Access, totp: Option<String>) -> Tenant {
    let mut tenant = Tenant {
        seed,
        access: Code42Ways {
            user: access.user.clone(),
            password: access.password.clone(),
            totp,
            client_id: access.client_id.clone(),
            client_secret: access.client_secret.clone(),
        },
        ..Tenant::default()
    };
    let top = settle(&mut tenant, "Severny Most", 0, 0);
    let regions: Vec<_> =
        (0..REGIONS).map(|number| settle(&mut tenant, &format!("Region {}", number + 1), top, 30)).collect();
    for number in 0..CUSTOMERS {
        let name = format!("Customer {:03}", number + 1);
        settle(&mut tenant, &name, regions[number % REGIONS], 60 + number as i64);
    }
    tenant
}

fn settle(tenant: &mut Tenant, name: &str, parent: u64, day: i64) -> u64 {
    let branch = tenant.found(name, parent, FOUNDED + day * DAY);
    let devices =
        (0..branch.id % 4).map(|_| (device_guid(tenant.draw()), !tenant.draw().is_multiple_of(3))).collect();
    let id = branch.id;
    tenant.organizations.insert(id, furnished(Branch { devices, ..branch }));
    id
}

fn device_guid(number: u64) -> String {
    format!("{:018}", 900_000_000_000_000_000 + number % 100_000_000_000_000_000)
}

/// An organisation with the settings that a new one has. The top one has its own, the others inherit.
pub(crate) fn furnished(mut branch: Branch) -> Branch {
    let is_top = branch.parent == 0;
    branch.settings = settings(is_top);
    branch.device_defaults = device_defaults();
    if is_top {
        branch.t_settings = T_SETTINGS
            .iter()
            .map(|(key, value, locked)| {
                ((*key).to_owned(), TSetting { value: (*value).to_owned(), locked: *locked })
            })
            .collect();
    }
    branch
}

const T_SETTINGS: &[(&str, &str, bool)] = &[
    ("org-securityTools-enable", "false", false),
    ("device_advancedExfiltrationDetection_enabled", "false", false),
    ("org-securityTools-device-detection-enable", "false", false),
    ("org-securityTools-cloud-detection-enable", "false", false),
    ("org-securityTools-open-file-detection-enable", "false", false),
    ("org_securityTools_printer_detection_enable", "false", false),
    ("device_fileForensics_enabled", "false", false),
    ("device_fileForensics_scan_enabled", "true", false),
    ("device_fileForensics_enqueue_scan_events_during_ingest", "true", false),
    ("device_background_priority_enabled", "false", false),
    ("device_org_winAppActivity_binaryWhitelist", "notepad.exe,paint.exe", false),
    ("device_org_macAppActivity_binaryWhitelist", "TextEdit.app", false),
    ("device_fileForensics_fileExclusions_org", "{\"macintosh\":[],\"windows\":[],\"linux\":[]}", false),
    ("org_securityTools_detection_monitoring_exclusions", "{}", false),
    ("device_webRestore_enabled", "true", false),
    ("device_upgrade_delay", "60", false),
    ("device_engine_pause_allowedTypes", "[\"legalHold\",\"backup\"]", false),
    ("device_network_utilization_schedule_enabled", "true", true),
    ("org-securityTools-yara-scanner-enable", "true", false),
];

fn settings(is_own: bool) -> Value {
    json!({
        "maxSeats": is_own.then_some(250),
        "maxBytes": is_own.then_some(-1),
        "archiveHoldDays": 365,
        "defaultUserMaxBytes": -1,
        "defaultUserMobileQuota": -1,
        "webRestoreUserLimitMb": 250,
        "webRestoreAdminLimitMb": 500,
        "warnInDays": 3,
        "alertInDays": 5,
        "recipients": ["admin@severny-most.example"],
        "reportLastSent": null,
        "reportSchedule": "SM_WHF_",
        "sendReports": true,
        "usernameIsAnEmail": true,
        "ldapServerIds": [],
        "radiusServerIds": [],
        "ssoIdentityProviderUids": ["0"],
        "securityKeyType": "AccountPassword",
        "securityKeyLocked": false,
        "autoOfferSelf": false,
        "allowLocalFolders": false,
        "defaultRoles": ["PROe User", "Desktop User"],
        "isUsingDestinationDefaults": true,
        "isUsingQuotaDefaults": !is_own,
        "isUsingReportingDefaults": !is_own,
        "destinations": [
            {"destinationId": 10, "guid": "43", "destinationName": "PRO Online", "type": "CLUSTER"},
            {"destinationId": 11, "guid": "632540230984925185", "destinationName": "PRO Online 2", "type": "CLUSTER"},
        ],
    })
}

fn device_defaults() -> Value {
    let window = json!([{"@always": "true", "@days": "SMTWHFS", "@startTimeOfDay": "01:00", "@endTimeOfDay": "06:00"}]);
    json!({
        "@id": "service",
        "@modified": "2021-02-22T08:40:43:000+0000",
        "@version": "8",
        "configDateMs": "1613983243000",
        "orgType": "ENTERPRISE",
        "javaMemoryHeapMax": {"@nil": "true"},
        "userHome": {"@locked": "true", "#text": ""},
        "serviceBackupConfig": {
            "warningEmailEnabled": "false",
            "minutesUntilWarning": "4320",
            "severeEmailEnabled": "true",
            "minutesUntilSevere": {"@locked": "true", "#text": "7200"},
            "backupStatusEmailEnabled": "false",
            "backupStatusEmailFreqInMinutes": "10080",
            "inboundRunWindow": window,
            "backupConfig": {
                "backupSets": [
                    {
                        "@id": "1",
                        "name": "Documents",
                        "priority": "1",
                        "backupPaths": {
                            "lastModified": "0",
                            "pathset": [{"@os": "Linux", "path": [{"@include": "C:/Work/"}, {"@exclude": "C:/Work/tmp/"}]}],
                            "excludeUser": [{"windows": [], "macintosh": [], "linux": [], "pattern": {"@regex": ".*\\.tmp"}}],
                        },
                        "destinations": [{"@id": "43"}],
                        "backupRunWindow": window,
                        "compression": "AUTOMATIC",
                    },
                    {
                        "@id": "2",
                        "@locked": "true",
                        "name": {"@locked": "true", "#text": "Everything"},
                        "backupPaths": {
                            "lastModified": "0",
                            "pathset": {"@locked": "true", "paths": {"@os": "Linux", "path": {"@include": "/"}}},
                            "excludeUser": {"@locked": "true", "patternList": {"windows": [], "macintosh": [], "linux": []}},
                        },
                        "destinations": {"@cleared": "true"},
                    },
                ],
                "numBackupWorkers": "1",
            },
        },
    })
}
