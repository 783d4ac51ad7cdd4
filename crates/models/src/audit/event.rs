//! Events of an organisation.

use orglib_macros::model;

use super::{AuditEventMeta, AuditEventType};
use crate::{OrgId, OtherFields, Timestamp, UserId, open_enum::open_enum};

/// An event of an organisation, with who caused it.
#[model]
pub struct EnrichedEvent {
    /// The login of who caused it; empty where nobody did.
    pub user_login: String,
    /// The name of who caused it, surname first; empty where nobody did.
    pub user_name: String,
    /// The event itself.
    pub event: AuditEvent,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: OtherFields,
}

/// What happened.
#[model]
pub struct AuditEvent {
    /// The event's own id, by which one that comes twice is known.
    pub idempotency_id: String,
    /// What kind of event it is.
    #[model(name = "type")]
    pub kind: AuditEventType,
    /// How it ended.
    pub status: AuditEventStatus,
    /// When it happened.
    pub occurred_at: Option<Timestamp>,
    /// Who caused it; nothing where it happened by itself.
    pub uid: Option<UserId>,
    /// The organisation.
    pub org_id: Option<OrgId>,
    /// Where the request came from.
    pub service: AuditService,
    /// The address that the request came from, with a length of its prefix (`/128`) at times; `localhost` where it
    /// happened by itself.
    pub ip: Option<String>,
    /// Not used by the service.
    pub is_system: Option<bool>,
    /// The id of the request; for sign-ins several ids, joined by commas.
    pub request_id: Option<String>,
    /// What the event tells beside this, whole.
    pub meta: AuditEventMeta,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: OtherFields,
}

open_enum! {
    /// How an event ended.
    AuditEventStatus {
        /// It was done.
        Success = "Success",
        /// It failed.
        Error = "Error",
    }
}

open_enum! {
    /// Where a request came from.
    AuditService {
        /// The web.
        Web = "Web",
        /// A program on a computer.
        Desktop = "Desktop",
        /// A telephone.
        Mobile = "Mobile",
        /// The API.
        Api = "Api",
        /// Synchronisation with another directory.
        Synchronization = "Synchronization",
        /// Signing in.
        Id = "ID",
        /// The services themselves.
        Internal = "Internal",
        /// The service's own word for what it does not know.
        Unnamed = "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_documents_is_known() {
        assert_eq!(AuditEventType::WORDS.len(), 101);
        assert_eq!(
            AuditEventType::from("telemost_conference.waiting_room.peer.joined"),
            AuditEventType::TelemostConferenceWaitingRoomPeerJoined
        );
    }

    #[test]
    fn nothing_of_an_event_is_lost() {
        let json = serde_json::json!({
            "user_login": "anna", "user_name": "Орлова Анна", "brand_new": {"deep": [1, null]},
            "event": {
                "type": "brand_new.type", "status": "Perhaps", "uid": "1130000000000001", "org_id": 7, "new": 1.5,
                "occurred_at": "2024-01-31T23:59:59+00:00", "service": "Fridge", "ip": "2001:db8::1/128",
                "idempotency_id": "e-1", "request_id": "a,b", "is_system": false, "meta": {"x": {"y": [true]}},
            },
        });
        let event: EnrichedEvent = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(event.event.kind.as_str(), "brand_new.type");
        assert_eq!(event.event.meta.get("x"), Some(&serde_json::json!({"y": [true]})));
        let written = serde_json::to_value(&event).unwrap();
        assert_eq!(written, json);
    }

    #[test]
    fn an_event_may_lack_everything() {
        for json in [
            "{}",
            r#"{"event":null}"#,
            r#"{"event":{},"user_login":null}"#,
            r#"{"event":{"uid":0,"ip":null,"meta":null,"type":null,"service":"","org_id":"","occurred_at":null}}"#,
        ] {
            let event: EnrichedEvent = serde_json::from_str(json).unwrap();
            assert_eq!(event, EnrichedEvent::default(), "{json}");
        }
    }
}
