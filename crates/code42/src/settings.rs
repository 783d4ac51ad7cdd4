//! Settings of an organisation.

use orglib_core::{Client, Error, Operation, OperationMeta, RawResponse, RequestBuilder, operation};
use orglib_models::code42::{OrgNumber, OrgSettings, TSettings};
use serde_json::{Value, json};

use crate::{Organizations, lookup, organizations::ReadOrganization};

impl Organizations {
    /// Reads the settings of an organisation: its document with settings and device defaults, and its T-settings.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn settings(&self, id: OrgNumber) -> Result<OrgSettings, Error> {
        let document = self.client.execute(&ReadDocument::new(id)).await?;
        let t_settings = self.client.execute(&GetTSettings::new(id)).await?;
        OrgSettings::new(document, t_settings)
            .map_err(|error| Error::build(ReadOrganization::META.id, error.to_string()))
    }

    /// Sends what has changed of the settings: the T-settings that differ, and the organisation's document where it
    /// does. Each part stands for itself: where the first fails the second is sent all the same, and what is returned
    /// says of each how it went.
    pub async fn update_settings(&self, settings: &OrgSettings) -> SettingsUpdate {
        let id = settings.org_id();
        let packets = settings.packets();
        let t_settings = if packets.is_empty() {
            Sent::NotNeeded
        } else {
            sent(&self.client, PutTSettings::new(id, json!({"packets": packets}))).await
        };
        let organization = match settings.changed_organization() {
            Some(document) => {
                sent(&self.client, PutOrganization::new(id.to_string(), document.clone())).await
            }
            None => Sent::NotNeeded,
        };
        SettingsUpdate { t_settings, organization }
    }
}

async fn sent<O: Operation<Output = ()>>(client: &Client, operation: O) -> Sent {
    match client.execute(&operation).await {
        Ok(()) => Sent::Done,
        Err(error) => Sent::Failed(error),
    }
}

/// How an update of settings went, part by part.
#[derive(Debug)]
#[must_use = "a part may have failed"]
#[non_exhaustive]
pub struct SettingsUpdate {
    /// The T-settings.
    pub t_settings: Sent,
    /// The organisation's document.
    pub organization: Sent,
}

impl SettingsUpdate {
    /// The first part that failed.
    ///
    /// # Errors
    /// Its error.
    pub fn into_result(self) -> Result<(), Error> {
        for part in [self.t_settings, self.organization] {
            if let Sent::Failed(error) = part {
                return Err(error);
            }
        }
        Ok(())
    }
}

/// How one part of an update went.
#[derive(Debug)]
#[non_exhaustive]
pub enum Sent {
    /// Nothing had changed, so that nothing was sent.
    NotNeeded,
    /// It was sent, and taken.
    Done,
    /// It was not taken, or could not be sent.
    Failed(Error),
}

impl Sent {
    /// Whether nothing had changed.
    pub fn is_not_needed(&self) -> bool {
        matches!(self, Self::NotNeeded)
    }

    /// Whether it was sent, and taken.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// Why it failed, if it did.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// The state in a word: `not_needed`, `sent` or `failed`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::Done => "sent",
            Self::Failed(_) => "failed",
        }
    }
}

/// Reads the whole document of an organisation, with settings and device defaults, to be changed and sent back.
///
/// It is [`ReadOrganization`] with everything that it can add. The current call for one organisation is not known to
/// give more of the settings than two numbers.
#[derive(Clone, Debug)]
pub struct ReadDocument(ReadOrganization);

impl ReadDocument {
    /// The operation with what it needs.
    #[must_use]
    pub fn new(org_id: OrgNumber) -> Self {
        let read = lookup::by_id(org_id);
        Self(read.settings(true).device_defaults(true).inherited_org_info(true))
    }
}

impl Operation for ReadDocument {
    const META: &'static OperationMeta = ReadOrganization::META;
    type Output = Value;

    fn encode(&self, request: &mut RequestBuilder<'_>) -> Result<(), Error> {
        self.0.encode(request)
    }

    fn decode(&self, response: RawResponse) -> Result<Value, Error> {
        response.within("data").json()
    }
}

/// Show the T-settings of an organisation.
#[operation(
    id = "OrgSettingV1_Get", get = "/api/v1/OrgSetting/{orgId}", host = Code42, within = "data", output = TSettings
)]
pub struct GetTSettings {
    /// The organisation, by its number.
    #[path]
    org_id: OrgNumber,
}

/// Change the T-settings that are given. What the service answers is not documented, and not read.
#[operation(id = "OrgSettingV1_Update", put = "/api/v1/OrgSetting/{orgId}", host = Code42, output = ())]
pub struct PutTSettings {
    /// The organisation, by its number.
    #[path]
    org_id: OrgNumber,
    /// The settings, as the service has them.
    #[body(whole)]
    packets: Value,
}

/// Replace an organisation's document.
#[operation(id = "OrgV1_Update", put = "/api/v1/Org/{orgId}", host = Code42, output = ())]
pub struct PutOrganization {
    /// The organisation, by its number or its uid.
    #[path]
    org_id: String,
    /// The whole document, as it was read.
    #[body(whole)]
    document: Value,
}
