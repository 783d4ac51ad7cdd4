//! Settings of one person: as whom one writes, what is collected, and rules.

use orglib_core::{handle, operation};
use orglib_models::{
    OrgId, UserId,
    mail::{
        AddressBook, NewAutoreply, NewForward, NewSignature, RuleRef, SenderInfo, SignPosition, UserRules,
    },
};

handle! {
    /// Mail settings of one person. Made by [`Mail::user`](crate::Mail::user).
    UserSettings(org: OrgId, user: UserId) {
        /// Tells as whom the person writes: name, address, signatures.
        fn sender() -> Call<GetSenderInfo>;
        /// Changes as whom the person writes. Whether the service keeps what is left out is not documented: give all.
        fn update_sender() -> Call<UpdateSenderInfo>;
        /// Tells whether addresses that the person writes to are collected.
        fn address_book() -> Call<GetAddressBook>;
        /// Has addresses collected that the person writes to, or no longer.
        fn update_address_book(collect_addresses: impl Into<bool>) -> Call<UpdateAddressBook>;
        /// Lists the person's rules: what is answered by itself, and what is sent on.
        fn rules() -> Call<ListUserRules>;
        /// Makes a rule: an answer or an address to send on to, one of the two.
        fn create_rule() -> Call<CreateUserRule>;
        /// Deletes a rule.
        fn delete_rule(rule: impl Into<u64>) -> Call<DeleteUserRule>;
    }
}

/// Tell as whom a person writes: name, address, signatures.
#[operation(
    id = "MailUserSettingsService_GetSenderInfo",
    get = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/sender_info", host = Api360,
    scopes = any("ya360_admin:mail_read_user_settings"), output = SenderInfo
)]
pub struct GetSenderInfo {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
}

/// Change as whom a person writes. Whether the service keeps what is left out is not documented: give all.
#[operation(
    id = "MailUserSettingsService_SetSenderInfo",
    post = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/sender_info", host = Api360,
    scopes = any("ya360_admin:mail_write_user_settings"), idempotent = true, check = Self::check, output = SenderInfo
)]
pub struct UpdateSenderInfo {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// The name that is shown.
    #[body]
    from_name: Option<String>,
    /// The address that is used unless another one is chosen.
    #[body]
    default_from: Option<String>,
    /// Signatures, in place of all that there are.
    #[body]
    signs: Option<Vec<NewSignature>>,
    /// Where the signature stands.
    #[body]
    sign_position: Option<SignPosition>,
}

impl UpdateSenderInfo {
    fn check(&self) -> Result<(), String> {
        let is_empty = self.from_name.is_none()
            && self.default_from.is_none()
            && self.signs.is_none()
            && self.sign_position.is_none();
        if is_empty {
            return Err("nothing to change; give from_name, default_from, signs or sign_position".to_owned());
        }
        Ok(())
    }
}

/// Tell whether addresses that a person writes to are collected.
#[operation(
    id = "MailUserSettingsService_GetAddressBook",
    get = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/address_book", host = Api360,
    scopes = any("ya360_admin:mail_read_user_settings"), output = AddressBook
)]
pub struct GetAddressBook {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
}

/// Have addresses collected that a person writes to, or no longer.
#[operation(
    id = "MailUserSettingsService_SetAddressBook",
    post = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/address_book", host = Api360,
    scopes = any("ya360_admin:mail_write_user_settings"), idempotent = true, output = AddressBook
)]
pub struct UpdateAddressBook {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// Whether they are collected.
    #[body]
    collect_addresses: bool,
}

/// List a person's rules: what is answered by itself, and what is sent on.
#[operation(
    id = "MailUserSettingsService_GetRules",
    get = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/user_rules", host = Api360,
    scopes = any("ya360_admin:mail_read_user_settings"), output = UserRules
)]
pub struct ListUserRules {
    #[path]
    org_id: OrgId,
    #[path]
    user_id: UserId,
}

/// Create a rule of a person: an answer that is sent by itself, or an address to send on to; one of the two.
#[operation(
    id = "MailUserSettingsService_CreateRule",
    post = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/user_rules", host = Api360,
    scopes = any("ya360_admin:mail_write_user_settings"), check = Self::check, output = RuleRef
)]
pub struct CreateUserRule {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// What is answered by itself.
    #[body]
    autoreply: Option<NewAutoreply>,
    /// Where letters are sent on to.
    #[body]
    forward: Option<NewForward>,
}

impl CreateUserRule {
    fn check(&self) -> Result<(), String> {
        match (&self.autoreply, &self.forward) {
            (Some(_), None) | (None, Some(_)) => Ok(()),
            _ => Err("a rule is one of autoreply and forward".to_owned()),
        }
    }
}

/// Delete a rule of a person.
#[operation(
    id = "MailUserSettingsService_DeleteRule",
    delete = "/admin/v1/org/{orgId}/mail/users/{userId}/settings/user_rules/{ruleId}", host = Api360,
    scopes = any("ya360_admin:mail_write_user_settings"), output = ()
)]
pub struct DeleteUserRule {
    #[path]
    org_id: OrgId,
    /// Whose.
    #[path]
    user_id: UserId,
    /// The rule's id.
    #[path]
    rule_id: u64,
}
