//! What the sign-in calls answer.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    lenient, object,
    open_enum::open_enum,
    shape::{Kind, Shape},
};

/// The token of a user who signed in with a name and a password. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct UserToken {
    /// The token, which lives for 30 minutes.
    pub v3_user_token: String,
}

object! {
    /// The token of a user who signed in with a name and a password.
    UserToken {
        /// The token, which lives for 30 minutes.
        v3_user_token: Shape::of(Kind::Secret),
    }
}

impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserToken([secret])")
    }
}

/// The token of an API client. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct OAuthToken {
    /// The token.
    pub access_token: String,
    /// How many seconds it lives; 900 where the service does not say.
    #[serde(default, deserialize_with = "lenient::read")]
    pub expires_in: Option<u64>,
}

object! {
    /// The token of an API client.
    OAuthToken {
        /// The token.
        access_token: Shape::of(Kind::Secret),
        /// How many seconds it lives; 900 where the service does not say.
        expires_in: Shape::of(Kind::Integer).optional(),
    }
}

impl fmt::Debug for OAuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthToken").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// How a user signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LoginConfiguration {
    /// The way. A name that nobody has is answered with [`LoginType::LocalTwoFactor`].
    #[serde(alias = "loginType")]
    pub login_type: LoginType,
}

object! {
    /// How a user signs in.
    LoginConfiguration {
        /// The way. A name that nobody has is answered with the way of a password and a one-time code.
        login_type: LoginType::SHAPE,
    }
}

open_enum! {
    /// A way to sign in.
    LoginType {
        /// Name and password.
        Local = "LOCAL",
        /// Name, password and a one-time code.
        LocalTwoFactor = "LOCAL_2FA",
        /// Somewhere else: name and password are not taken.
        SingleSignOn = "CLOUD_SSO",
    }
}
