//! The descriptions of all settings.

use super::{Act, Setting};

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
        name: "ip_allow_list",
        operations: &[
            ("MailAntispamIpAllowlistService_Get", Act::Get),
            ("MailAntispamIpAllowlistService_Create", Act::Update),
            ("MailAntispamIpAllowlistService_Delete", Act::Clear("allow_list")),
        ],
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
