//! The descriptions of all settings.

use serde_json::{Value, json};

use super::{Act, Setting, service_applications, two_factor};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "password_policy",
        operations: &[
            ("DomainPasswordsService_Get", Act::Get),
            ("DomainPasswordsService_Update", Act::Update),
        ],
        begin: |field| match field {
            "enabled" => true.into(),
            _ => 0.into(),
        },
        ..Setting::PLAIN
    },
    Setting {
        name: "sessions",
        operations: &[("DomainSessionsService_Get", Act::Get), ("DomainSessionsService_Update", Act::Update)],
        begin: |_| 0.into(),
        ..Setting::PLAIN
    },
    Setting {
        name: "oauth_restriction",
        operations: &[
            ("OauthAccessRestrictionsService_Get", Act::Get),
            ("OauthAccessRestrictionsService_Enable", Act::Enable("restricted")),
            ("OauthAccessRestrictionsService_Disable", Act::Disable("restricted")),
        ],
        begin: |_| false.into(),
        ..Setting::PLAIN
    },
    Setting {
        name: two_factor::NAME,
        operations: &[
            ("Domain2FAService_Get", Act::Get),
            ("Domain2FAService_Enable", Act::Enable("enabled")),
            ("Domain2FAService_Disable", Act::Disable("enabled")),
            ("Domain2FAV2Service_Get", Act::Get),
            ("Domain2FAV2Service_Enable", Act::Enable("enabled")),
            ("Domain2FAV2Service_Disable", Act::Disable("enabled")),
            ("get-2fa", Act::Get),
            ("put-2fa", Act::Update),
        ],
        names: two_factor::NAMES,
        derive: two_factor::derive,
        settle: two_factor::settle,
        ..Setting::PLAIN
    },
    Setting {
        name: service_applications::NAME,
        operations: &[
            ("ServiceApplicationsService_Get", Act::Get),
            ("ServiceApplicationsService_Create", Act::Update),
            ("ServiceApplicationsService_Delete", Act::Clear("applications")),
            ("ServiceApplicationsService_Activate", Act::Enable("is_active")),
            ("ServiceApplicationsService_Deactivate", Act::Disable("is_active")),
        ],
        admit: service_applications::admit,
        settle: service_applications::settle,
        ..Setting::PLAIN
    },
    Setting {
        name: "ip_allow_list",
        operations: &[
            ("MailAntispamIpAllowlistService_Get", Act::Get),
            ("MailAntispamIpAllowlistService_Create", Act::Update),
            ("MailAntispamIpAllowlistService_Delete", Act::Clear("allow_list")),
        ],
        ..Setting::PLAIN
    },
    Setting {
        name: "sender_info",
        of: Some(("user_id", "users")),
        operations: &[
            ("MailUserSettingsService_GetSenderInfo", Act::Get),
            ("MailUserSettingsService_SetSenderInfo", Act::Update),
        ],
        begin: |field| match field {
            "signs" => Value::Array(Vec::new()),
            "sign_position" => "bottom".into(),
            _ => Value::Null,
        },
        ..Setting::PLAIN
    },
    Setting {
        name: "routing_rules",
        operations: &[("RoutingService_GetRules", Act::Get), ("RoutingService_SetRules", Act::Update)],
        ..Setting::PLAIN
    },
    Setting {
        name: "domain_policies",
        operations: &[("DomainPolicies_Get", Act::Get), ("DomainPolicies_Set", Act::Update)],
        begin: |field| match field {
            "revision" => 1.into(),
            _ => Value::Null,
        },
        settle: |_, _, before, after| {
            after.insert("revision", before.number("revision").max(1) + 1);
            Ok(())
        },
        ..Setting::PLAIN
    },
    Setting {
        name: "identity",
        operations: &[
            ("OrganizationsService_GetIdentity", Act::Get),
            ("OrganizationsService_ChangeIdentity", Act::Update),
        ],
        begin: |field| match field {
            "idp" => json!({"enabled": false}),
            _ => Value::Null,
        },
        ..Setting::PLAIN
    },
    Setting {
        name: "mail_settings",
        operations: &[("get-settings", Act::Get), ("patch-settings", Act::Update)],
        begin: |field| {
            matches!(field, "enable_imap" | "show_external_contact_notification_on_compose").into()
        },
        ..Setting::PLAIN
    },
    Setting {
        name: "address_book",
        of: Some(("user_id", "users")),
        operations: &[
            ("MailUserSettingsService_GetAddressBook", Act::Get),
            ("MailUserSettingsService_SetAddressBook", Act::Update),
        ],
        begin: |_| true.into(),
        ..Setting::PLAIN
    },
];
