//! The device flow: a person types a short code on a page of the service.

use std::time::Duration;

use orglib_core::{operation, transport::SecretString};
use orglib_models::{
    object,
    shape::{Kind, Shape},
};
use serde::Deserialize;

use crate::token::seconds;

/// Begin the device flow.
#[operation(id = "screen-code-oauth", post = "/device/code", host = OAuth, rate = "oauth", output = DeviceCode)]
pub struct StartDevice {
    /// The id of the application.
    #[form]
    client_id: String,
    /// An id of one's own for the device, 6 to 50 characters; only a device's token can be revoked.
    #[form]
    device_id: Option<String>,
    /// The name of the device, as the person is shown it.
    #[form]
    device_name: Option<String>,
    /// The scopes, joined by spaces; by default all that the application is registered with.
    #[form]
    scope: Option<String>,
    /// The scopes that the person may refuse, joined by spaces.
    #[form]
    optional_scope: Option<String>,
}

/// The codes of one device flow.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct DeviceCode {
    /// The code that the device asks with.
    #[serde(deserialize_with = "secret")]
    pub device_code: SecretString,
    /// The code that the person types.
    pub user_code: String,
    /// The page that the person types it on.
    #[serde(default, alias = "verification_uri")]
    pub verification_url: String,
    /// The least time between two questions; 5 s where the service does not say.
    #[serde(default = "interval", deserialize_with = "interval_in_seconds")]
    pub interval: Duration,
    /// How long the codes live; 5 minutes where the service does not say.
    #[serde(default = "lifetime", deserialize_with = "lifetime_in_seconds")]
    pub expires_in: Duration,
}

object! {
    /// The codes of one device flow.
    DeviceCode {
        /// The code that the device asks with.
        device_code: Shape::of(Kind::Secret),
        /// The code that the person types.
        user_code: Shape::of(Kind::Text),
        /// The page that the person types it on.
        verification_url: Shape::of(Kind::Text),
        /// The least number of seconds between two questions.
        interval: Shape::of(Kind::Number).optional(),
        /// How many seconds the codes live.
        expires_in: Shape::of(Kind::Number).optional(),
    }
}

fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn interval() -> Duration {
    Duration::from_secs(5)
}

fn lifetime() -> Duration {
    Duration::from_secs(300)
}

/// A device that asked without a pause would ask for ever: an interval of 0 is none.
fn interval_in_seconds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    Ok(seconds(deserializer)?.filter(|interval| !interval.is_zero()).unwrap_or_else(interval))
}

fn lifetime_in_seconds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    Ok(seconds(deserializer)?.unwrap_or_else(lifetime))
}
