//! What differs from `spec/`, and why.

/// Why operations differ in some fields.
pub(crate) struct Reason {
    /// The operations; `*` stands for any text.
    pub(crate) operations: &'static [&'static str],
    /// The fields, as differences name them; `*` stands for any text.
    pub(crate) fields: &'static [&'static str],
    /// What differs; `*` stands for any text.
    pub(crate) what: &'static str,
    /// Why.
    pub(crate) because: &'static str,
}

pub(crate) const REASONS: &[Reason] = &[
    Reason {
        operations: &["get-logs"],
        fields: &["query ended_at"],
        what: "required: false*",
        because: "the handle sets the present, and without an end nothing is sent: the operation refuses it",
    },
    Reason {
        operations: &["put-user-contacts", "UserService_UpdateContacts", "post-user-alias"],
        fields: &[
            "body contacts.isForCompletionKeyLink",
            "answer contacts.isForCompletionKeyLink",
            "answer isAgreementAccepted",
        ],
        what: "*",
        because: "the page names it once and says nothing of what it means",
    },
    Reason {
        operations: &["delete-user-contacts", "UserService_DeleteContacts"],
        fields: &["answer"],
        what: "not read",
        because: "the answered employee is a copy of what `users get` reads; to be given back with the other changes of an employee",
    },
    Reason {
        operations: &["get-departments", "get-department-info", "patch-department-info"],
        fields: &["answer parent"],
        what: "not read",
        because: "the page names the parent in two ways; both are read into `parent_id`",
    },
    Reason {
        operations: &[
            "GroupService_List",
            "GroupService_Get",
            "GroupService_Create",
            "GroupService_Update",
            "GroupService_*Admins",
        ],
        fields: &["answer authorId"],
        what: "not read",
        because: "the current host has nothing like it, and nobody has said what it is good for",
    },
    Reason {
        operations: &["post-group-members", "GroupService_*"],
        fields: &["body type", "body id", "body members.type", "body members.id"],
        what: "required: true*",
        because: "the document marks nothing as required; a member without a kind or an id is none",
    },
    Reason {
        operations: &[
            "MailUserSettingsService_SetSenderInfo",
            "MailUserSettingsService_CreateRule",
            "RoutingService_SetRules",
            "post-mailing-list",
        ],
        fields: &[
            "body signs.text",
            "body autoreply.*",
            "body forward.*",
            "body rules.*",
            "body role_actions.subjects.*",
        ],
        what: "required: true*",
        because: "the documents mark nothing of these as required; a rule, a signature or a subject without it is none",
    },
    Reason {
        operations: &["UserService_Create"],
        fields: &["body name.first", "body name.last"],
        what: "required: true*",
        because: "clients that make people send both, and nobody has seen a person made without",
    },
    Reason {
        operations: &["UserService_Create"],
        fields: &["body isAdmin", "body isEnabled"],
        what: "never sent",
        because: "deprecated: gone from the newest page; a change after the creation does it",
    },
    Reason {
        operations: &["GroupService_Create", "GroupService_Update"],
        fields: &["body adminIds"],
        what: "never sent",
        because: "deprecated: gone from the newest pages; the call for managers does it",
    },
    Reason {
        operations: &["patch-user"],
        fields: &["scopes"],
        what: "*",
        because: "the page lists the scope for reading as enough, though it writes",
    },
    Reason {
        operations: &["UserService_UpdateDomain2fa", "UserService_ChangeUserAuthType"],
        fields: &["query is2faEnabled", "body authType"],
        what: "required: true*",
        because: "the document marks nothing as required; a change that does not say what to is none",
    },
    Reason {
        operations: &["ExternalContactService_*"],
        fields: &["body emails.email", "body phones.phone"],
        what: "required: true*",
        because: "the document marks nothing as required; an address without its text, or a phone, is none",
    },
    Reason {
        operations: &["ListPublicResources"],
        fields: &["answer *"],
        what: "not read",
        because: "what is published is listed by name, kind, time and key; the other properties of a resource come with the calls for files",
    },
    Reason {
        operations: &[
            "GetResource",
            "GetFlatFilesList",
            "GetLastUploadedFilesList",
            "UpdateResource",
            "GetTrashResource",
            "GetDisk",
        ],
        fields: &["answer *"],
        what: "not read",
        because: "previews, pictures' places, comments, and what belongs to personal plans",
    },
    Reason {
        operations: &["*Resource*", "GetFlatFilesList", "GetLastUploadedFilesList", "*Trash*", "GetDisk"],
        fields: &[
            "query fields",
            "query extra_fields",
            "query preview_size",
            "query preview_crop",
            "query apply_photoslice_filter",
            "query sort",
        ],
        what: "never sent",
        because: "an answer that is trimmed may lack what names it; previews are not read; the trash is sorted where it is shown",
    },
    Reason {
        operations: &["*Resource", "*Trash*", "GetResource*Link"],
        fields: &["scopes"],
        what: "*",
        because: "an application's own folder, which the other scope opens, is none of an administrator's",
    },
    Reason {
        operations: &["PublishResource"],
        fields: &["query allow_address_access", "body*"],
        what: "never sent",
        because: "settings that are sent here were seen to be ignored: they are changed after it is published",
    },
    Reason {
        operations: &["public-settings-change-admin", "UpdatePublicSettings"],
        fields: &["body *verbose", "body read_only", "body external_organization_id", "query fields"],
        what: "never sent",
        because: "the older format, which the service's own list of methods does not have; there is no answer to be trimmed",
    },
    Reason {
        operations: &["unpublish-admin-phash"],
        fields: &["answer", "scopes"],
        what: "*",
        because: "its success body was not seen; it changes, and an application's own folder is none of an administrator's",
    },
    Reason {
        operations: &["GetPublicResource", "meta_shd", "meta_shd-trash"],
        fields: &["answer *", "query fields"],
        what: "n* *",
        because: "previews, pictures' places, comments, what is told of the owner besides the name; what is trimmed may lack what names it",
    },
    Reason {
        operations: &["CopyResource", "GetOperationStatus"],
        fields: &["query fields"],
        what: "never sent",
        because: "an answer that is trimmed may lack what names the operation, or its state",
    },
    Reason {
        operations: &["get-user-statistics-export"],
        fields: &["query format"],
        what: "never sent",
        because: "there is one form only, which is also the service's default",
    },
    Reason {
        operations: &["MailboxService_UpdateShared"],
        fields: &["body name", "body description"],
        what: "required: true*",
        because: "what the service does with a part is not documented, so both are sent",
    },
    Reason {
        operations: &["token"],
        fields: &["body grant_type", "body *"],
        what: "required: true*",
        because: "each grant has a schema of its own in the document; all of them demand it",
    },
    Reason {
        operations: &["user-information"],
        fields: &["query format", "query jwt_secret", "query oauth_token"],
        what: "never sent",
        because: "the answer is read as JSON, and a token stands in a header, never in an address",
    },
    Reason {
        operations: &["user-information"],
        fields: &["answer default_phone", "answer old_social_login", "answer openid_identities"],
        what: "not read",
        because: "they need scopes of services that an administrator's application does not have",
    },
    Reason {
        operations: &["UserV1_My"],
        fields: &["answer emailPromo", "answer licenses"],
        what: "not read",
        because: "advertising, and a list of which nobody has said what stands in it",
    },
    Reason {
        operations: &["OrgV1_Update"],
        fields: &["answer"],
        what: "not read",
        because: "it repeats the document that was sent",
    },
    Reason {
        operations: &["token-invalidate"],
        fields: &["answer"],
        what: "not read",
        because: "it says `ok`, which the status says too",
    },
    Reason {
        operations: &["OrgV*"],
        fields: &["answer *"],
        what: "not read",
        because: "numbers of backups and the settings document, which is read and changed as it came, by `ReadDocument`",
    },
    Reason {
        operations: &["OrgV*"],
        fields: &["query inc*"],
        what: "never sent",
        because: "only the older call is known to answer to them; what they add is read by it",
    },
    Reason {
        operations: &["OrgV3_Update"],
        fields: &["body *"],
        what: "*",
        because: "the record is the one that makes an organisation; a change sends all of it but the parent, as the clients do",
    },
    Reason {
        operations: &["AuthV3_Jwt"],
        fields: &["query useBody"],
        what: "*",
        because: "always sent as `true`: else the token comes in a header",
    },
    Reason {
        operations: &["GatewayOAuth_Token"],
        fields: &["query grant_type", "body"],
        what: "*",
        because: "the guide's examples send the grant in the query and the client in the header, and so do we",
    },
    Reason {
        operations: &[
            "OAuthV3_Token",
            "GatewayOAuth_Token",
            "LoginConfigurationV3_Get",
            "AgentStateV14_ViewByOrganizationId",
        ],
        fields: &["answer *"],
        what: "*",
        because: "of these answers one field is used; `loginType` is read under the name that people see",
    },
];

/// The operations that have no type, with the reason.
pub(crate) const LEFT_OUT: &[(&str, &str)] = &[
    ("authorize", "a page for people, and no call: what leads there is an address"),
    ("OrganizationsService_ChangeIdentity", "neither its body nor its answer is documented"),
    ("Domain2FAService_*", "deprecated: the second version says and does the same"),
    ("OrgV1_Create", "deprecated: `OrgV3_Create`"),
    ("OrgBlockV1_*", "deprecated: `OrgV3_Block` and `OrgV3_Unblock`"),
    ("OrgDeactivationV1_*", "deprecated: `OrgV3_Deactivate` and `OrgV3_Activate`"),
    ("OrgV3_List", "deprecated: it has no pages, and ends after the first hundred; `OrgV1_List`"),
    ("AgentStateV38_ViewByOrganizationId", "a twin of version 14, which is the one that clients in use ask"),
    (
        "GatewayAuth_User",
        "deprecated, and its answer is not documented: API clients sign in by `GatewayOAuth_Token`",
    ),
];
