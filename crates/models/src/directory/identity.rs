//! How people of an organisation sign in at an identity provider of its own. The service calls it a preview.

use orglib_macros::model;

/// The identity federation of an organisation.
#[model]
pub struct OrganizationIdentity {
    /// The id of its record.
    pub entity_id: Option<String>,
    /// The identity provider.
    pub idp: IdentityProvider,
}

/// An identity provider.
#[model]
pub struct IdentityProvider {
    /// Whether people sign in there.
    pub enabled: Option<bool>,
    /// What belongs to OAuth.
    pub oauth_config: IdentityOauth,
    /// What belongs to SAML.
    pub saml_config: IdentitySaml,
}

/// What belongs to OAuth.
#[model]
pub struct IdentityOauth {
    /// The id of the application.
    pub client_id: Option<String>,
}

/// What belongs to SAML.
#[model]
pub struct IdentitySaml {
    /// Where people sign in.
    pub sso: IdentitySso,
    /// Where they sign out.
    pub logout_url: Option<String>,
    /// The certificates.
    pub x509_cert: IdentityCertificates,
    /// Whether escapes in requests are in small letters.
    pub lowercase_urlencoding: Option<bool>,
    /// Whether no account is made at somebody's first sign-in.
    pub disable_jit_provisioning: Option<bool>,
    /// What it means is not documented.
    pub allow_portal_account_extension: Option<bool>,
}

/// Where people sign in.
#[model]
pub struct IdentitySso {
    /// The address.
    pub url: Option<String>,
    /// The binding of SAML.
    pub binding: Option<String>,
}

/// Certificates of SAML.
#[model]
pub struct IdentityCertificates {
    /// The new one.
    pub new: Option<String>,
    /// The old one.
    pub old: Option<String>,
}
