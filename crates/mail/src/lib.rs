#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access;
mod delegated;
mod mailboxes;
mod organization;
mod rules;
mod shared;
mod user_settings;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::{MailListId, MailboxId, OrgId, TaskId, UserId, mail as model};

pub use crate::{
    access::{GetAccessTask, ListActors, ListReachable, SetAccess},
    delegated::{DelegatedMailboxes, DisableDelegation, EnableDelegation, ListDelegatedMailboxes},
    mailboxes::Mailboxes,
    organization::{
        GetMailListPermissions, GetMailSettings, MailList, MailRoutes, RemoveRoutes, SearchRoutes, SetRoutes,
        UpdateMailListPermissions, UpdateMailSettings,
    },
    rules::{
        AllowList, DeleteAllowList, GetAllowList, ListDomainPolicies, ListRoutingRules, MailPolicies,
        MailRules, ReplaceAllowList, ReplaceDomainPolicies, ReplaceRoutingRules,
    },
    shared::{
        CreateSharedMailbox, DeleteSharedMailbox, GetSharedMailbox, ListSharedMailboxes, SharedMailboxes,
        UpdateSharedMailbox,
    },
    user_settings::{
        CreateUserRule, DeleteUserRule, GetAddressBook, GetSenderInfo, ListUserRules, UpdateAddressBook,
        UpdateSenderInfo, UserSettings,
    },
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        access::SetAccessOptions,
        organization::{SearchRoutesOptions, UpdateMailSettingsOptions},
        user_settings::{CreateUserRuleOptions, UpdateSenderInfoOptions},
    };
}

operations! { pub:
    ListSharedMailboxes,
    GetSharedMailbox,
    CreateSharedMailbox,
    UpdateSharedMailbox,
    DeleteSharedMailbox,
    ListDelegatedMailboxes,
    EnableDelegation,
    DisableDelegation,
    ListActors,
    ListReachable,
    SetAccess,
    GetAccessTask,
    GetSenderInfo,
    UpdateSenderInfo,
    GetAddressBook,
    UpdateAddressBook,
    ListUserRules,
    CreateUserRule,
    DeleteUserRule,
    ListRoutingRules,
    ReplaceRoutingRules,
    ListDomainPolicies,
    ReplaceDomainPolicies,
    GetAllowList,
    ReplaceAllowList,
    DeleteAllowList,
    GetMailSettings,
    UpdateMailSettings,
    SearchRoutes,
    SetRoutes,
    RemoveRoutes,
    GetMailListPermissions,
    UpdateMailListPermissions,
}

handle! {
    /// The mail of one organisation.
    Mail(org: OrgId) {
        /// Shared and delegated mailboxes.
        fn mailboxes() -> Mailboxes;
        /// Settings of one person.
        fn user(id: UserId) -> UserSettings;
        /// Rules that all letters pass.
        fn rules() -> MailRules;
        /// Rules of senders.
        fn policies() -> MailPolicies;
        /// Servers whose letters are no spam.
        fn allow_list() -> AllowList;
        /// Shows the settings of the organisation.
        fn settings() -> Call<GetMailSettings>;
        /// Changes the settings of the organisation; what is not given stays as it is.
        fn update_settings() -> Call<UpdateMailSettings>;
        /// The way out for letters.
        fn routes() -> MailRoutes;
        /// Who may write to a mailing list: `email_id` of a group or department, and not its id.
        fn list(id: MailListId) -> MailList;
    }
}
