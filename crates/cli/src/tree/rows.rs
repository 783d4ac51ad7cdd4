//! The rows of the tree, object by object.

use orglib::directory::statistics_are_cut;

use super::Row;

/// The objects whose commands are all made from rows, and what their help says.
pub(super) const OBJECTS: &[(&str, &str)] = &[
    ("users two-factor", "Two-factor sign-in of an employee"),
    ("organizations identity", "How people sign in at an identity provider of the organisation's own"),
    ("departments", "Departments"),
    ("departments two-factor", "Whether 2FA is demanded of a department's people"),
    ("departments aliases", "Other names of a department's mailing list"),
    ("groups admins", "Managers of a group"),
    ("groups two-factor", "Whether 2FA is demanded of a group's employees"),
    ("users aliases", "Other names before the @ of an employee's address"),
    ("users default", "The default address of an employee, and the name that is shown"),
    ("contacts", "Shared contacts: people outside whom everybody finds in the address book"),
    ("contacts emails", "Their addresses"),
    ("contacts phones", "Their phones"),
    ("offices", "Offices"),
    ("rooms", "Meeting rooms"),
    ("domains", "Domains of the organisation"),
    ("domains status", "How far they are connected"),
    ("domains dkim", "Signatures of letters"),
    ("domains dns", "Their DNS records"),
    ("mail", "Mail: rules, settings, the way out"),
    ("mail sender", "As whom somebody writes: name, address, signatures"),
    ("mail address-book", "Whether addresses that somebody writes to are collected"),
    ("mail user-rules", "Rules of one person: what is answered by itself, and what is sent on"),
    ("mail autoreplies", "What is answered by itself"),
    ("mail forwards", "What is sent on to another address"),
    ("mail rules", "Rules that all letters pass"),
    ("mail policies", "Rules of senders: whose letters are taken, and whose refused"),
    ("mail allow-list", "Servers whose letters are no spam"),
    ("mail settings", "Mail settings of the organisation"),
    ("mail routes", "The way out for letters"),
    ("mail lists", "Who may write to mailing lists"),
    ("code42 user", "The user who has signed in"),
    ("code42 tenant", "The tenant"),
    ("code42 gateway", "What API clients see"),
    ("code42 gateway orgs", "Organisations, as API clients see them"),
    ("disk info", "How large the Disk of the token's owner is"),
    ("disk resources", "Files and folders of the token's owner"),
    ("disk files", "Every file of the token's owner, whatever folder it is in"),
    ("disk uploads", "What the token's owner uploaded last"),
    ("disk trash", "What the token's owner has deleted"),
    ("disk shared-disks", "Disks that the organisation shares"),
    ("disk shared-disks reachable", "Those that the token's owner may use"),
    ("disk shared-disks creation", "How far the making of one is"),
    ("disk shared-disks access", "Who may do what on one"),
    ("disk shared-disks resources", "Files and folders on one"),
    ("disk shared-disks trash", "What was deleted on one"),
    ("disk links", "What others share with everybody who has the link"),
    ("disk public own", "How the token's owner shares"),
    ("disk operations", "What Disk goes on doing after it has answered"),
    ("statistics", "How much the services are used"),
    ("statistics users", "By employee"),
    ("statistics organization", "Of the organisation as a whole"),
    ("users avatar", "The portrait of an employee"),
    ("users auth-type", "Whether an employee signs in with a password or by an identity provider"),
    ("users two-factor phone", "The security phone of an employee"),
    ("users two-factor enforcement", "Whether a second factor is forced on an employee"),
    ("security two-factor", "Obligatory two-factor sign-in"),
    ("security two-factor settings", "The same in the words of the current host"),
    ("security passwords", "What passwords must keep to"),
    ("security sessions", "How long people stay signed in"),
    ("security oauth-restriction", "Whether people may sign in to external services by OAuth"),
];

/// A GUID in examples.
const GUID: &str = "a9578c3d-736b-4d96-80e5-71edd8a11ea3";

/// The order of the commands in the help.
pub(super) const ORDER: &[&str] = &[
    "exposure",
    "report",
    "users",
    "groups",
    "departments",
    "contacts",
    "offices",
    "rooms",
    "mailboxes",
    "mail",
    "domains",
    "security",
    "organizations",
    "disk",
    "audit",
    "statistics",
    "auth",
    "config",
    "code42",
    "doctor",
    "api",
    "operations",
    "explain",
    "help",
    "sandbox",
    "completions",
    "man",
];

/// Every command that is one operation.
pub(crate) const ROWS: &[Row] = &[
    Row::list(
        "users list",
        "get-users",
        &["id", "email", "name_last", "name_first", "department_id", "is_enabled", "is_admin"],
    )
    .example("--format csv"),
    Row::show("users get", "UserService_Get").example("anna@example.org"),
    Row::change("users create", "UserService_Create").places(&["nickname"]).example(
        "zoya --department-id 1 --name.first Zoya --name.last Kim --password-file password.txt \
         --password-change-required",
    ),
    Row::change("users update", "UserService_Update")
        .asks(&["password", "is_enabled", "is_admin"])
        .example("anna@example.org --department-id 3"),
    Row::take("users disable", "UserService_Update")
        .fixed("Block an employee, who can sign in no longer", &[("is_enabled", "false")])
        .example("anna@example.org"),
    Row::change("users enable", "UserService_Update")
        .fixed("Unblock an employee", &[("is_enabled", "true")])
        .example("anna@example.org"),
    Row::take("users delete", "UserService_Delete").example("anna@example.org"),
    Row::change("users default update", "patch-user")
        .example("anna@example.org --default-email anna@example.com"),
    Row::change("users aliases add", "post-user-alias")
        .places(&["alias"])
        .example("anna@example.org anna.kim"),
    Row::take("users aliases remove", "delete-user-alias").example("anna@example.org anna.kim"),
    Row::take("users contacts delete", "delete-user-contacts").example("anna@example.org"),
    Row::show("users two-factor get", "UserService_Get2fa").example("anna@example.org"),
    Row::take("users two-factor phone delete", "UserService_Delete2fa").example("anna@example.org"),
    Row::show("users two-factor enforcement get", "UserService_GetDomain2fa").example("anna@example.org"),
    Row::change("users two-factor enforcement enable", "UserService_UpdateDomain2fa")
        .fixed("Force a second factor on an employee", &[("is2fa_enabled", "true")])
        .example("anna@example.org"),
    Row::take("users two-factor enforcement disable", "UserService_UpdateDomain2fa")
        .fixed("Force a second factor on an employee no longer", &[("is2fa_enabled", "false")])
        .example("anna@example.org"),
    Row::show("users auth-type get", "UserService_GetUserAuthType").example("anna@example.org"),
    Row::change("users auth-type update", "UserService_ChangeUserAuthType")
        .asks(&["password", "drop_otp"])
        .example("anna@example.org --auth-type portal --password-file password.txt"),
    Row::take("users sign-out", "DomainSessionsService_UserLogout").example("anna@example.org"),
    Row::show("security two-factor get", "Domain2FAV2Service_Get"),
    Row::change("security two-factor enable", "Domain2FAV2Service_Enable")
        .asks(&["logout_users"])
        .example("--duration 86400 --scope per_domain"),
    Row::take("security two-factor disable", "Domain2FAV2Service_Disable"),
    Row::show("security two-factor settings get", "get-2fa"),
    Row::take("security two-factor settings update", "put-2fa")
        .example("--enabled --setup-grace-period-seconds 86400 --enforcement-mode per_domain"),
    Row::show("security passwords get", "DomainPasswordsService_Get"),
    Row::change("security passwords update", "DomainPasswordsService_Update")
        .example("--change-frequency 90"),
    Row::show("security sessions get", "DomainSessionsService_Get"),
    Row::change("security sessions update", "DomainSessionsService_Update").example("--auth-ttl 1209600"),
    Row::take("security sessions sign-out-all", "post-2fa"),
    Row::show("security oauth-restriction get", "OauthAccessRestrictionsService_Get"),
    Row::take("security oauth-restriction enable", "OauthAccessRestrictionsService_Enable"),
    Row::take("security oauth-restriction disable", "OauthAccessRestrictionsService_Disable"),
    Row::show("security service-applications get", "ServiceApplicationsService_Get"),
    Row::take("security service-applications replace", "ServiceApplicationsService_Create")
        .whole_of("ServiceApplicationsService_Get")
        .example("--body-file applications.yaml"),
    Row::take("security service-applications delete", "ServiceApplicationsService_Delete"),
    Row::change("security service-applications activate", "ServiceApplicationsService_Activate"),
    Row::take("security service-applications deactivate", "ServiceApplicationsService_Deactivate"),
    Row::show("mailboxes shared get", "MailboxService_GetShared").example("info@example.org"),
    Row::take("mailboxes shared delete", "MailboxService_DeleteShared").example("info@example.org"),
    Row::list(
        "organizations list",
        "OrganizationsService_List",
        &["id", "name", "email", "language", "subscription_plan"],
    ),
    Row::show("organizations identity get", "OrganizationsService_GetIdentity"),
    Row::list("departments list", "get-departments", &["id", "name", "parent_id", "members_count", "email"])
        .example("--format csv"),
    Row::show("departments get", "get-department-info").example("sales@example.org"),
    Row::change("departments create", "DepartmentService_Create")
        .places(&["name"])
        .example("Sales --parent-id 1 --label sales"),
    Row::change("departments update", "DepartmentService_Update").example("sales@example.org --parent-id 3"),
    Row::take("departments delete", "DepartmentService_Delete").example("sales@example.org"),
    Row::change("departments two-factor update", "patch-department-info")
        .example("sales@example.org --is-2fa-enabled"),
    Row::change("departments aliases add", "DepartmentService_CreateAlias")
        .places(&["alias"])
        .example("sales@example.org orders"),
    Row::take("departments aliases remove", "DepartmentService_DeleteAlias")
        .example("sales@example.org orders"),
    Row::change("groups create", "GroupService_Create")
        .places(&["name"])
        .example("Managers --label managers --members 1130000000000007,type=user"),
    Row::change("groups update", "GroupService_Update")
        .example("managers@example.org --description Everybody"),
    Row::take("groups delete", "GroupService_Delete").example("managers@example.org"),
    Row::change("groups two-factor update", "patch-group-info")
        .example("managers@example.org --is-2fa-enabled"),
    Row::change("groups admins replace", "GroupService_UpdateAdmins")
        .example("managers@example.org --admin-ids anna@example.org"),
    Row::take("groups admins delete", "GroupService_DeleteAdmins").example("managers@example.org"),
    Row::take("groups members replace", "put-group-members")
        .example("managers@example.org --members 1130000000000007,type=user"),
    Row::take("groups members delete", "delete-group-members").example("managers@example.org"),
    Row::list(
        "contacts list",
        "ExternalContactService_List",
        &["id", "last_name", "first_name", "company", "emails"],
    ),
    Row::show("contacts get", "ExternalContactService_Get").example("c-17"),
    Row::change("contacts create", "ExternalContactService_Create")
        .example("--first-name Anna --last-name Kim --emails anna@partner.example,type=work,main"),
    Row::change("contacts update", "ExternalContactService_Update").example("c-17 --company Partner"),
    Row::change("contacts emails replace", "ExternalContactService_UpdateEmails")
        .example("c-17 --emails anna@partner.example,main --emails kim@home.example"),
    Row::change("contacts phones replace", "ExternalContactService_UpdatePhones")
        .example("c-17 --phones +7495000,type=work,main"),
    Row::take("contacts delete", "ExternalContactService_Delete").example("c-17"),
    Row::list("offices list", "get-offices", &["id", "name", "city", "address"]),
    Row::change("offices create", "post-office").example("--name Main --city Moscow"),
    Row::change("offices update", "patch-office").example("3c2f4f9e-0001 --city Kazan"),
    Row::take("offices delete", "delete-office").example("3c2f4f9e-0001"),
    Row::list("rooms list", "get-rooms", &["id", "name", "email", "office_id", "floor", "capacity"])
        .example("--office-ids 3c2f4f9e-0001"),
    Row::change("rooms create", "post-room").example("--name Baikal --floor 3 --capacity 8 --can-book"),
    Row::change("rooms update", "patch-room").example("9a41c7de-0001 --can-book=false"),
    Row::take("rooms delete", "delete-room").example("9a41c7de-0001"),
    Row::list("domains list", "DomainService_List", &["name", "master", "verified", "mx", "delegated"]),
    Row::change("domains create", "DomainService_Create").places(&["domain"]).example("example.org"),
    Row::take("domains delete", "DomainService_Delete").example("example.org"),
    Row::show("domains status get", "DomainService_Status").example("example.org"),
    Row::show("domains dkim get", "DomainService_DKIMStatus").example("example.org"),
    Row::change("domains dkim enable", "DomainService_DKIMEnable").example("example.org"),
    Row::take("domains dkim disable", "DomainService_DKIMDisable").example("example.org"),
    Row::list("domains dns list", "DomainDNSService_List", &["record_id", "type", "name", "ttl"])
        .where_any(&["address", "target", "exchange", "preference", "text", "value"])
        .example("example.org"),
    Row::change("domains dns create", "DomainDNSService_Create")
        .example("example.org --type TXT --name _acme-challenge --ttl 300 --text token"),
    Row::change("domains dns update", "DomainDNSService_Edit")
        .example("example.org 17 --type A --name www --ttl 300 --address 192.0.2.1"),
    Row::take("domains dns delete", "DomainDNSService_Delete").example("example.org 17"),
    Row::change("disk resources copy", "CopyResource")
        .places(&["from", "path"])
        .example("/Plan.docx /Plan-2.docx"),
    Row::show("mail sender get", "MailUserSettingsService_GetSenderInfo").example("anna@example.org"),
    Row::change("mail sender update", "MailUserSettingsService_SetSenderInfo")
        .example("anna@example.org --from-name Anna --default-from anna@example.org"),
    Row::show("mail address-book get", "MailUserSettingsService_GetAddressBook").example("anna@example.org"),
    Row::change("mail address-book update", "MailUserSettingsService_SetAddressBook")
        .example("anna@example.org --collect-addresses=false"),
    Row::show("mail user-rules get", "MailUserSettingsService_GetRules").example("anna@example.org"),
    Row::change("mail autoreplies create", "MailUserSettingsService_CreateRule")
        .only("Answer a person's letters by itself", &["autoreply"])
        .example("anna@example.org --autoreply.rule-name away --autoreply.text Monday"),
    Row::take("mail forwards create", "MailUserSettingsService_CreateRule")
        .only("Send a person's letters on to another address", &["forward"])
        .example(
            "anna@example.org --forward.address igor@example.org --forward.rule-name away --forward.with-store",
        ),
    Row::take("mail user-rules delete", "MailUserSettingsService_DeleteRule").example("anna@example.org 17"),
    Row::show("mail rules get", "RoutingService_GetRules"),
    Row::take("mail rules replace", "RoutingService_SetRules")
        .whole_of("RoutingService_GetRules")
        .example("--body-file rules.yaml"),
    Row::show("mail policies get", "DomainPolicies_Get"),
    Row::take("mail policies replace", "DomainPolicies_Set")
        .whole_of("DomainPolicies_Get")
        .example("--body-file policies.yaml"),
    Row::show("mail allow-list get", "MailAntispamIpAllowlistService_Get"),
    Row::take("mail allow-list replace", "MailAntispamIpAllowlistService_Create")
        .places(&["allow_list"])
        .whole_of("MailAntispamIpAllowlistService_Get")
        .example("77.88.54.0/23 2a02:6b8::/32"),
    Row::take("mail allow-list delete", "MailAntispamIpAllowlistService_Delete"),
    Row::show("mail settings get", "get-settings"),
    Row::change("mail settings update", "patch-settings").example("--enable-imap=false"),
    Row::list(
        "mail routes list",
        "search-routes",
        &["recipient_domain", "relay", "recipient_category", "description"],
    )
    .example("--items example.org"),
    Row::change("mail routes update", "set-routes")
        .example("--items example.org,relay=smtp.example.org,recipient_category=ALL_RECIPIENTS"),
    Row::take("mail routes delete", "remove-routes").example("--items example.org"),
    Row::show("mail lists get", "get-mailing-list").example("1130000080000003"),
    Row::take("mail lists update", "post-mailing-list").example("1130000080000003 --body-file senders.yaml"),
    Row::show("disk info get", "GetDisk"),
    Row::show("disk resources get", "GetResource").places(&["path"]).example("/Plan.docx"),
    Row::change("disk resources create", "CreateResource").places(&["path"]).example("/Plans"),
    Row::change("disk resources update", "UpdateResource")
        .places(&["path"])
        .example("/Plan.docx --custom-properties {\"project\":\"7\"}"),
    Row::take("disk resources delete", "DeleteResource").places(&["path"]).example("/Plan.docx"),
    Row::change("disk resources move", "MoveResource")
        .places(&["from", "path"])
        .example("/Plan.docx /Plans/Plan.docx"),
    Row::change("disk resources fetch", "UploadExternalResource")
        .places(&["url", "path"])
        .example("https://example.org/plan.pdf /Plans/plan.pdf"),
    Row::list("disk files list", "GetFlatFilesList", &["path", "size", "modified", "media_type"])
        .example("--media-type document"),
    Row::list("disk uploads list", "GetLastUploadedFilesList", &["path", "size", "created"])
        .example("--limit 20"),
    Row::change("disk public enable", "PublishResource").places(&["path"]).example("/Plan.docx"),
    Row::take("disk public disable", "UnpublishResource").places(&["path"]).example("/Plan.docx"),
    Row::show("disk trash get", "GetTrashResource").places(&["path"]).example("trash:/Plan.docx_7c0ffee"),
    Row::change("disk trash restore", "RestoreFromTrash")
        .places(&["path"])
        .example("trash:/Plan.docx_7c0ffee"),
    Row::take("disk trash delete", "ClearTrash").places(&["path"]).example("trash:/Plan.docx_7c0ffee"),
    Row::take("disk trash clear", "ClearTrash")
        .fixed("Delete everything in the trash for good", &[("force_async", "true")]),
    // Sharing.
    Row::change("disk public update", "public-settings-change-admin")
        .words_for(&[("user_id", "user"), ("public_key", "key")])
        .asks(&["accesses", "password"])
        .example("--user anna@example.org --path /Plan.docx --available-until 1900000000"),
    Row::take("disk public revoke", "unpublish-admin-phash")
        .places(&["public_key"])
        .example("https://disk.yandex.ru/d/5c3f9a2b7e1d"),
    Row::show("disk public own get", "public-settings-get-available").places(&["path"]).example("/Plan.docx"),
    Row::change("disk public own update", "UpdatePublicSettings")
        .places(&["path"])
        .asks(&["accesses", "password"])
        .example("/Plan.docx --available-until 1900000000"),
    Row::show("disk links get", "GetPublicResource")
        .places(&["public_key"])
        .example("https://disk.yandex.ru/d/5c3f9a2b7e1d"),
    Row::change("disk links copy", "SaveToDiskPublicResource")
        .places(&["public_key"])
        .example("https://disk.yandex.ru/d/5c3f9a2b7e1d --save-path /Plans"),
    // Shared disks.
    Row::list(
        "disk shared-disks list",
        "shd-list-for-org",
        &["vd_hash", "name", "used_space", "total_space"],
    ),
    Row::list("disk shared-disks reachable list", "shd-list-for-user", &["vd_hash", "name", "permissions"]),
    Row::show("disk shared-disks get", "shd-info").places(&["vd_hash"]).example("9Uyws5pZmXgDNA"),
    Row::change("disk shared-disks create", "shd-create"),
    Row::show("disk shared-disks creation get", "shd-create-state")
        .places(&["resource_id"])
        .example("0a3e2b1c-1111-4222-8333-444455556666"),
    Row::take("disk shared-disks delete", "shd-del").places(&["vd_hash"]).example("9Uyws5pZmXgDNA"),
    Row::list("disk shared-disks access list", "shd-permisinfo", &["type", "id", "rights"])
        .places(&["vd_hash"])
        .example("9Uyws5pZmXgDNA"),
    Row::change("disk shared-disks access update", "shd-permisedit")
        .places(&["vd_hash"])
        .asks(&["items"])
        .example("9Uyws5pZmXgDNA --items {\"type\":\"group\",\"id\":5,\"rights\":[\"read\"]}"),
    Row::show("disk shared-disks resources get", "meta_shd")
        .places(&["path"])
        .example("vd:9Uyws5pZmXgDNA:disk:/Plan.docx"),
    Row::change("disk shared-disks resources create", "create-folder_shd")
        .places(&["path"])
        .example("vd:9Uyws5pZmXgDNA:disk:/Plans"),
    Row::take("disk shared-disks resources delete", "delete_shd")
        .places(&["path"])
        .example("vd:9Uyws5pZmXgDNA:disk:/Plan.docx"),
    Row::change("disk shared-disks resources copy", "copy_shd")
        .places(&["from", "path"])
        .example("vd:9Uyws5pZmXgDNA:disk:/Plan.docx vd:9Uyws5pZmXgDNA:disk:/Plan-2.docx"),
    Row::change("disk shared-disks resources move", "move_shd")
        .places(&["from", "path"])
        .example("vd:9Uyws5pZmXgDNA:disk:/Plan.docx vd:9Uyws5pZmXgDNA:disk:/Plans/Plan.docx"),
    Row::change("disk shared-disks resources fetch", "upload-ext_shd")
        .places(&["url", "path"])
        .example("https://example.org/plan.pdf vd:9Uyws5pZmXgDNA:disk:/Plan.pdf"),
    Row::show("disk shared-disks trash get", "meta_shd-trash")
        .places(&["path"])
        .example("vd:9Uyws5pZmXgDNA:trash:/"),
    Row::take("disk shared-disks trash delete", "trash-delete_shd")
        .places(&["path"])
        .example("vd:9Uyws5pZmXgDNA:trash:/Plan.docx_7c0ffee"),
    Row::show("disk operations get", "GetOperationStatus").example("33ca7d03"),
    Row::list(
        "statistics users list",
        "get-user-statistics",
        &["date", "nickname", "is_enabled", "mail_received_letters_count", "disk_last_usage_date"],
    )
    .example("--start-date 7d --end-date yesterday"),
    Row::list("statistics organization list", "get-org-statistics", &["date", "users_count"])
        .example("--start-date 30d --end-date yesterday"),
    Row::show("statistics users export", "get-user-statistics-export")
        .is_cut(statistics_are_cut)
        .example("--start-date 30d --end-date yesterday --output users.csv"),
    Row::change("users avatar replace", "UserService_UpdateAvatar")
        .places(&["avatar"])
        .example("anna@example.org anna.png"),
    Row::list(
        "code42 orgs list",
        "OrgV1_List",
        &["org_id", "org_uid", "org_name", "status", "blocked", "parent_org_id", "creation_date"],
    )
    .words_for(&[("q", "search")])
    .example("--active --search Branch"),
    Row::show("code42 user get", "UserV1_My"),
    Row::show("code42 tenant get", "CustomerV3_My"),
    Row::show("code42 orgs current", "OrgV1_GetMy"),
    Row::take("code42 orgs block", "OrgV3_Block").example("4300"),
    Row::change("code42 orgs unblock", "OrgV3_Unblock").example("4300"),
    Row::take("code42 orgs deactivate", "OrgV3_Deactivate").example("4300"),
    Row::change("code42 orgs activate", "OrgV3_Activate").example("4300"),
    Row::list(
        "code42 gateway orgs list",
        "GatewayOrgs_List",
        &["org_guid", "org_name", "active", "user_count", "computer_count", "parent_org_guid"],
    )
    .example("--active"),
    Row::show("code42 gateway orgs get", "GatewayOrgs_Get").example(GUID),
    Row::change("code42 gateway orgs create", "GatewayOrgs_Create")
        .example("--org-name Branch --parent-org-guid a9578c3d-736b-4d96-80e5-71edd8a11ea3"),
    Row::change("code42 gateway orgs update", "GatewayOrgs_Update")
        .example("a9578c3d-736b-4d96-80e5-71edd8a11ea3 --org-name Branch --notes moved"),
    Row::take("code42 gateway orgs deactivate", "GatewayOrgs_Deactivate").example(GUID),
    Row::change("code42 gateway orgs activate", "GatewayOrgs_Activate").example(GUID),
    Row::take("mailboxes delegated disable", "MailboxService_DeleteDelegated").example("anna@example.org"),
    Row::change("mailboxes delegated enable", "MailboxService_CreateDelegated")
        .places(&["resource_id"])
        .example("anna@example.org"),
    Row::list("groups list", "get-groups", &["id", "name", "members_count", "email"]),
    Row::show("groups get", "get-group-info").example("everybody@example.org"),
];
