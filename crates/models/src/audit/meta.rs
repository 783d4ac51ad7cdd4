//! What an event tells beside its common fields.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{UserId, lenient};

/// What an event tells beside its common fields, whole and as it came; what it holds depends on the event's type.
///
/// The methods read what is known of some types. They give nothing where a field is missing, or is not what it is known
/// to be; [`get`](Self::get) and [`as_value`](Self::as_value) give what there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuditEventMeta(Value);

impl lenient::Read for AuditEventMeta {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl AuditEventMeta {
    /// All of it.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// One field, as it came.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    fn number(&self, name: &str) -> Option<u64> {
        let value = self.get(name)?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    fn user(&self, name: &str) -> Option<UserId> {
        self.number(name).and_then(UserId::new)
    }

    /// Sign-ins: the device.
    pub fn device_id(&self) -> Option<&str> {
        self.text("device_id")
    }

    /// Disk: the time, in seconds of the Unix era.
    pub fn unixtime(&self) -> Option<u64> {
        self.number("unixtime")
    }

    /// Disk: the target, as `disk:/path` or `{uid}:/disk/path`.
    pub fn target_address(&self) -> Option<&str> {
        self.text("tgt_rawaddress")
    }

    /// Disk: the source of a copy or a move.
    pub fn source_address(&self) -> Option<&str> {
        self.text("src_rawaddress")
    }

    /// Disk: the name of the file or folder.
    pub fn resource_name(&self) -> Option<&str> {
        self.text("resource_name")
    }

    /// Disk: the kind of resource, such as `file`.
    pub fn resource_type(&self) -> Option<&str> {
        self.text("resource_type")
    }

    /// Disk: the category, such as `document` or `spreadsheet`.
    pub fn resource_media_type(&self) -> Option<&str> {
        self.text("resource_media_type")
    }

    /// Disk: how far a published resource reaches, `employees` or `all`.
    pub fn public_macros(&self) -> Option<&str> {
        self.get("public_rights")?.get("macros")?.as_str()
    }

    /// Disk: what is allowed with a published resource, such as `read`.
    pub fn public_rights(&self) -> Option<&str> {
        self.get("public_rights")?.get("rights")?.as_str()
    }

    /// Disk: the owner of the resource.
    pub fn owner_id(&self) -> Option<UserId> {
        self.user("owner_uid")
    }

    /// Disk: who acted.
    pub fn actor_id(&self) -> Option<UserId> {
        self.user("uid")
    }

    /// Telemost: the meeting.
    pub fn conference_id(&self) -> Option<&str> {
        self.text("conference_id")
    }

    /// Telemost: when the meeting began, in milliseconds of the Unix era.
    pub fn conference_start(&self) -> Option<u64> {
        self.number("conference_start")
    }

    /// Telemost: the broadcast.
    pub fn live_stream_id(&self) -> Option<&str> {
        self.text("live_stream_id")
    }

    /// Telemost: the participant's role; it is told under two names.
    pub fn role(&self) -> Option<&str> {
        self.text("role").or_else(|| self.text("peer_role"))
    }

    /// Telemost: the new level of access.
    pub fn access_level(&self) -> Option<&str> {
        self.text("access_level")
    }

    /// Messenger: the chat.
    pub fn chat_id(&self) -> Option<&str> {
        self.text("chat_id")
    }

    /// Messenger: the name of the chat.
    pub fn chat_name(&self) -> Option<&str> {
        self.get("chat_info")?.get("name")?.as_str()
    }

    /// Messenger: the kind of chat, such as `channel` or `group`.
    pub fn chat_type(&self) -> Option<&str> {
        self.get("chat_info")?.get("type")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(json: &str) -> AuditEventMeta {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_is_known_is_typed_and_all_of_it_is_kept() {
        let json = r#"{"owner_uid":"1130000000000001","uid":1130000000000002,"unixtime":"17","peer_role":"guest",
            "public_rights":{"macros":"all","rights":"read"},"chat_info":{"name":"Общий","new":[1]},"brand_new":{"x":null}}"#;
        let meta = meta(json);
        assert_eq!(meta.owner_id(), UserId::new(1_130_000_000_000_001));
        assert_eq!(meta.actor_id(), UserId::new(1_130_000_000_000_002));
        assert_eq!((meta.unixtime(), meta.role()), (Some(17), Some("guest")));
        assert_eq!((meta.public_macros(), meta.public_rights()), (Some("all"), Some("read")));
        assert_eq!(meta.chat_name(), Some("Общий"));
        let written: Value = serde_json::to_value(&meta).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(json).unwrap());
    }

    #[test]
    fn what_is_not_as_it_is_known_gives_nothing_and_is_kept() {
        for json in
            ["null", "[]", "\"text\"", r#"{"uid":[],"chat_info":7,"public_rights":null,"device_id":""}"#]
        {
            let meta = meta(json);
            assert_eq!(
                (meta.actor_id(), meta.chat_name(), meta.public_rights()),
                (None, None, None),
                "{json}"
            );
            assert_eq!(meta.device_id(), None);
            assert_eq!(serde_json::to_string(&meta).unwrap().len(), json.len());
        }
    }
}
