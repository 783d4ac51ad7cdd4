//! What device agents say of themselves.

use orglib_macros::model;

/// One property of one device's agent.
#[model]
pub struct AgentState {
    /// The device, as text.
    pub device_guid: String,
    /// The property, for instance `fullDiskAccess`.
    pub name: String,
    /// Its value, as text: `true` and `false` for what is a switch.
    pub value: String,
}

/// One property of every device's agent in an organisation.
#[model]
pub struct AgentStates {
    /// The devices, in the service's order.
    #[model(alias = "data")]
    pub states: Vec<AgentState>,
}
