//! What device agents say of themselves.

use serde::{Deserialize, Serialize};

use crate::lenient;

/// One property of one device's agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct AgentState {
    /// The device, as text.
    #[serde(alias = "deviceGuid", deserialize_with = "lenient::text")]
    pub device_guid: String,
    /// The property, for instance `fullDiskAccess`.
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// Its value, as text: `true` and `false` for what is a switch.
    #[serde(deserialize_with = "lenient::text")]
    pub value: String,
}

/// One property of every device's agent in an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct AgentStates {
    /// The devices, in the service's order.
    #[serde(alias = "data", deserialize_with = "lenient::list")]
    pub states: Vec<AgentState>,
}
