//! Organisations of a Code42 tenant, and their settings.

mod account;
mod agent;
mod gateway;
mod id;
mod organization;
mod request;
mod settings;
mod sign_in;

pub use self::{
    account::{Agreement, CurrentUser, Customer},
    agent::{AgentState, AgentStates},
    gateway::GatewayOrganization,
    id::{InvalidOrgReference, OrgGuid, OrgNumber, OrgReference, OrgUid},
    organization::{
        OrgCounts, OrgManager, OrgQuota, OrgReporting, Organization, OrganizationClass, OrganizationStatus,
        OrganizationType,
    },
    request::{OrganizationRecord, OrganizationTexts},
    settings::{
        BackupDestination, BackupSet, OrgSettings, Property, PropertyKind, PropertyPlace, PropertyValue,
        Quota, SettingError, SettingPacket, TSetting, TSettings,
    },
    sign_in::{LoginConfiguration, LoginType, OAuthToken, UserToken},
};
