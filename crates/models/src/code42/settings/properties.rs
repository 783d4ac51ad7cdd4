//! Every property that has a name.

use super::{
    OrgSettings, Property, PropertyKind, SettingError,
    property::{Effect, PropertyPlace::*},
    value::{Kind, Quota},
};

/// The switch of endpoint monitoring as a whole.
pub(super) const MONITORING: &str = "org-securityTools-enable";
/// A switch without a name of its own, which is always as the one of endpoint monitoring.
pub(super) const EXFILTRATION_DETECTION: &str = "device_advancedExfiltrationDetection_enabled";
/// What is switched off with endpoint monitoring.
pub(super) const MONITORED: [&str; 4] = [CLOUD, OPEN_FILES, DEVICES, PRINTERS];

const CLOUD: &str = "org-securityTools-cloud-detection-enable";
const OPEN_FILES: &str = "org-securityTools-open-file-detection-enable";
const DEVICES: &str = "org-securityTools-device-detection-enable";
const PRINTERS: &str = "org_securityTools_printer_detection_enable";

macro_rules! properties {
    ($(
        $(#[$doc:meta])+
        $get:ident, $set:ident: $type:ty = $name:literal, $kind:ident, $place:expr, $effect:ident;
    )+) => {
        impl OrgSettings {
            /// Every property that has a name, in the order of the service's console.
            pub const PROPERTIES: &'static [Property] = &[$(Property {
                name: $name,
                kind: PropertyKind::$kind,
                place: $place,
                effect: Effect::$effect,
            }),+];

            $(
                $(#[$doc])+
                pub fn $get(&self) -> Option<$type> {
                    self.get(Self::property($name).ok()?).and_then(<$type>::of)
                }

                #[doc = concat!("Sets [`", stringify!($get), "`](Self::", stringify!($get), ").")]
                ///
                /// # Errors
                /// As [`set`](Self::set).
                pub fn $set(&mut self, value: impl Into<$type>) -> Result<(), SettingError> {
                    self.set(Self::property($name)?, Kind::value(value.into()))
                }
            )+
        }
    };
}

properties! {
    /// The name.
    org_name, set_org_name: String = "org_name", Text, Organization(&["orgName"]), Nothing;
    /// A reference of the customer's own.
    external_reference, set_external_reference: String
        = "external_reference", Text, Organization(&["orgExtRef"]), Nothing;
    /// Free notes.
    notes, set_notes: String = "notes", Text, Organization(&["notes"]), Nothing;
    /// Whether the quota is that of the organisation above. Writing one of its properties ends it.
    quota_settings_inherited, set_quota_settings_inherited: bool
        = "quota_settings_inherited", Flag, Organization(&["settings", "isUsingQuotaDefaults"]), Inheritance;
    /// How many days archives are kept after a device is deactivated.
    archive_hold_days, set_archive_hold_days: i64
        = "archive_hold_days", Number, Organization(&["settings", "archiveHoldDays"]), Quota;
    /// How many users may have a licence; -1 stands for no limit.
    maximum_user_subscriptions, set_maximum_user_subscriptions: i64
        = "maximum_user_subscriptions", Number, Organization(&["settings", "maxSeats"]), Quota;
    /// How much data the organisation may keep.
    org_backup_quota, set_org_backup_quota: Quota
        = "org_backup_quota", Quota, Organization(&["settings", "maxBytes"]), Quota;
    /// How much data each user may keep.
    user_backup_quota, set_user_backup_quota: Quota
        = "user_backup_quota", Quota, Organization(&["settings", "defaultUserMaxBytes"]), Quota;
    /// How many megabytes an administrator may restore in the browser.
    web_restore_admin_limit, set_web_restore_admin_limit: i64
        = "web_restore_admin_limit", Number, Organization(&["settings", "webRestoreAdminLimitMb"]), Nothing;
    /// How many megabytes a user may restore in the browser.
    web_restore_user_limit, set_web_restore_user_limit: i64
        = "web_restore_user_limit", Number, Organization(&["settings", "webRestoreUserLimitMb"]), Nothing;
    /// Whether reporting is that of the organisation above. Writing one of its properties ends it.
    reporting_settings_inherited, set_reporting_settings_inherited: bool
        = "reporting_settings_inherited", Flag, Organization(&["settings", "isUsingReportingDefaults"]), Inheritance;
    /// After how many days without a backup a warning is sent.
    backup_warning_email_days, set_backup_warning_email_days: i64
        = "backup_warning_email_days", Number, Organization(&["settings", "warnInDays"]), Reporting;
    /// After how many days without a backup an alert is sent.
    backup_critical_email_days, set_backup_critical_email_days: i64
        = "backup_critical_email_days", Number, Organization(&["settings", "alertInDays"]), Reporting;
    /// Who gets alerts.
    backup_alert_recipient_emails, set_backup_alert_recipient_emails: Vec<String>
        = "backup_alert_recipient_emails", List, Organization(&["settings", "recipients"]), Reporting;
    /// Whether endpoints are monitored. Switching it off switches its parts off.
    endpoint_monitoring_enabled, set_endpoint_monitoring_enabled: bool
        = "endpoint_monitoring_enabled", Flag, TSetting(MONITORING), Monitoring;
    /// Whether removable media are monitored. Switching it on switches monitoring on.
    endpoint_monitoring_removable_media_enabled, set_endpoint_monitoring_removable_media_enabled: bool
        = "endpoint_monitoring_removable_media_enabled", Flag, TSetting(DEVICES), PartOfMonitoring;
    /// Whether folders that go to a cloud are monitored. Switching it on switches monitoring on.
    endpoint_monitoring_cloud_sync_enabled, set_endpoint_monitoring_cloud_sync_enabled: bool
        = "endpoint_monitoring_cloud_sync_enabled", Flag, TSetting(CLOUD), PartOfMonitoring;
    /// Whether browsers and other applications are monitored. Switching it on switches monitoring on.
    endpoint_monitoring_browser_and_applications_enabled, set_endpoint_monitoring_browser_and_applications_enabled: bool
        = "endpoint_monitoring_browser_and_applications_enabled", Flag, TSetting(OPEN_FILES), PartOfMonitoring;
    /// Whether printing is monitored. Switching it on switches monitoring on.
    endpoint_monitoring_printer_detection_enabled, set_endpoint_monitoring_printer_detection_enabled: bool
        = "endpoint_monitoring_printer_detection_enabled", Flag, TSetting(PRINTERS), PartOfMonitoring;
    /// Whether metadata of files are collected. Switching it on switches monitoring on.
    endpoint_monitoring_file_metadata_collection_enabled, set_endpoint_monitoring_file_metadata_collection_enabled: bool
        = "endpoint_monitoring_file_metadata_collection_enabled", Flag,
        TSetting("device_fileForensics_enabled"), PartOfMonitoring;
    /// Whether all files are scanned for metadata from time to time.
    endpoint_monitoring_file_metadata_scan_enabled, set_endpoint_monitoring_file_metadata_scan_enabled: bool
        = "endpoint_monitoring_file_metadata_scan_enabled", Flag,
        TSetting("device_fileForensics_scan_enabled"), Nothing;
    /// Whether all files are scanned for metadata when collecting begins.
    endpoint_monitoring_file_metadata_ingest_scan_enabled, set_endpoint_monitoring_file_metadata_ingest_scan_enabled: bool
        = "endpoint_monitoring_file_metadata_ingest_scan_enabled", Flag,
        TSetting("device_fileForensics_enqueue_scan_events_during_ingest"), Nothing;
    /// Whether the agent gives way to other programs.
    endpoint_monitoring_background_priority_enabled, set_endpoint_monitoring_background_priority_enabled: bool
        = "endpoint_monitoring_background_priority_enabled", Flag,
        TSetting("device_background_priority_enabled"), Nothing;
    /// Further applications that are monitored on Windows.
    endpoint_monitoring_custom_applications_win, set_endpoint_monitoring_custom_applications_win: Vec<String>
        = "endpoint_monitoring_custom_applications_win", List,
        TSetting("device_org_winAppActivity_binaryWhitelist"), Nothing;
    /// Further applications that are monitored on a Mac.
    endpoint_monitoring_custom_applications_mac, set_endpoint_monitoring_custom_applications_mac: Vec<String>
        = "endpoint_monitoring_custom_applications_mac", List,
        TSetting("device_org_macAppActivity_binaryWhitelist"), Nothing;
    /// What the collection of metadata leaves out, as the service writes it: regular expressions.
    endpoint_monitoring_file_metadata_collection_exclusions, set_endpoint_monitoring_file_metadata_collection_exclusions: String
        = "endpoint_monitoring_file_metadata_collection_exclusions", Text,
        TSetting("device_fileForensics_fileExclusions_org"), Nothing;
    /// What the detection of exfiltration leaves out, as the service writes it.
    endpoint_monitoring_file_exfiltration_detection_exclusions, set_endpoint_monitoring_file_exfiltration_detection_exclusions: String
        = "endpoint_monitoring_file_exfiltration_detection_exclusions", Text,
        TSetting("org_securityTools_detection_monitoring_exclusions"), Nothing;
    /// Whether files can be restored in the browser.
    web_restore_enabled, set_web_restore_enabled: bool
        = "web_restore_enabled", Flag, TSetting("device_webRestore_enabled"), Nothing;
    /// Device default: whether a warning about missing backups is sent.
    warning_email_enabled, set_warning_email_enabled: bool
        = "device_defaults.warning_email_enabled", Flag,
        DeviceDefaults(&["serviceBackupConfig", "warningEmailEnabled"]), Nothing;
    /// Device default: whether an alert about missing backups is sent.
    critical_email_enabled, set_critical_email_enabled: bool
        = "device_defaults.critical_email_enabled", Flag,
        DeviceDefaults(&["serviceBackupConfig", "severeEmailEnabled"]), Nothing;
    /// Device default: after how many days without a backup the warning is sent.
    warning_alert_days, set_warning_alert_days: f64
        = "device_defaults.warning_alert_days", Days,
        DeviceDefaults(&["serviceBackupConfig", "minutesUntilWarning"]), Nothing;
    /// Device default: after how many days without a backup the alert is sent.
    critical_alert_days, set_critical_alert_days: f64
        = "device_defaults.critical_alert_days", Days,
        DeviceDefaults(&["serviceBackupConfig", "minutesUntilSevere"]), Nothing;
    /// Device default: whether the state of backups is sent from time to time.
    backup_status_email_enabled, set_backup_status_email_enabled: bool
        = "device_defaults.backup_status_email_enabled", Flag,
        DeviceDefaults(&["serviceBackupConfig", "backupStatusEmailEnabled"]), Nothing;
    /// Device default: every how many days the state of backups is sent.
    backup_status_email_frequency_days, set_backup_status_email_frequency_days: f64
        = "device_defaults.backup_status_email_frequency_days", Days,
        DeviceDefaults(&["serviceBackupConfig", "backupStatusEmailFreqInMinutes"]), Nothing;
}
