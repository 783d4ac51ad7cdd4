//! Events of mailboxes.

use orglib_macros::model;

use crate::{OrgId, OtherFields, Timestamp, UserId, open_enum::open_enum};

/// What happened in a mailbox.
#[model]
pub struct MailEvent {
    /// The event's own id, by which one that comes twice is known.
    pub uniq_id: String,
    /// What kind of event it is.
    pub event_type: MailEventType,
    /// When it happened.
    pub date: Option<Timestamp>,
    /// The organisation.
    pub org_id: Option<OrgId>,
    /// The owner of the mailbox.
    pub user_uid: Option<UserId>,
    /// The owner's login.
    pub user_login: String,
    /// The owner's name.
    pub user_name: String,
    /// Who acted for the owner, in a shared or delegated mailbox.
    pub actor_uid: Option<UserId>,
    /// The address that the request came from.
    #[model(alias = "clientIP")]
    pub client_ip: Option<String>,
    /// What the request came through: `server`, `imap`, `pop3`, `native` were seen.
    pub source: Option<String>,
    /// The id of the request, which several events may share.
    pub request_id: Option<String>,
    /// The message's id within the mailbox.
    pub mid: Option<String>,
    /// The id of the copy, where a message was copied.
    pub dest_mid: Option<String>,
    /// The message's own `Message-ID`.
    pub msg_id: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The sender.
    pub from: Option<String>,
    /// The recipients.
    pub to: Option<String>,
    /// The recipients of copies.
    pub cc: Option<String>,
    /// The recipients of blind copies.
    pub bcc: Option<String>,
    /// The name of the folder.
    pub folder_name: Option<String>,
    /// The kind of folder.
    pub folder_type: MailFolderType,
    /// The service's own labels, such as `seen`, `attached`, `undo`, `delayed`.
    pub labels: Vec<String>,
    /// Fields that this version does not know, as they came.
    #[serde(flatten)]
    pub other: OtherFields,
}

open_enum! {
    /// The type of an event of a mailbox.
    MailEventType {
        /// A message was sent.
        MailboxSend = "mailbox_send",
        /// A message was received.
        MessageReceive = "message_receive",
        /// A message was marked as read.
        MessageSeen = "message_seen",
        /// A message was marked as not read.
        MessageUnseen = "message_unseen",
        /// A message was forwarded.
        MessageForward = "message_forward",
        /// A message was deleted for good.
        MessagePurge = "message_purge",
        /// A message was moved to the trash.
        MessageTrash = "message_trash",
        /// A message was marked as spam.
        MessageSpam = "message_spam",
        /// A message was marked as no spam.
        MessageUnspam = "message_unspam",
        /// A message was moved to another folder.
        MessageMove = "message_move",
        /// A message was copied to another folder.
        MessageCopy = "message_copy",
        /// A message was answered.
        MessageAnswer = "message_answer",
    }
}

open_enum! {
    /// The kind of a folder of a mailbox.
    MailFolderType {
        /// What came in.
        Inbox = "inbox",
        /// What was sent.
        Sent = "sent",
        /// The trash.
        Trash = "trash",
        /// Spam.
        Spam = "spam",
        /// Drafts.
        Drafts = "drafts",
        /// What is being sent.
        Outbox = "outbox",
        /// The archive.
        Archive = "archive",
        /// Templates; the service writes it with an underscore at its end.
        Template = "template_",
        /// Advertisements.
        Discount = "discount",
        /// What was restored.
        Restored = "restored",
        /// What is to be answered later.
        ReplyLater = "reply_later",
        /// A folder of the owner's own.
        User = "user",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_read_in_the_spelling_of_the_service_and_written_in_snake_case() {
        let event: MailEvent = serde_json::from_str(
            r#"{"eventType":"message_copy","date":"2024-01-31T23:59:59Z","orgId":7,"userUid":"1130000000000001",
                "uniqId":"u","clientIP":"192.0.2.1","folderType":"template_","destMid":"5","labels":["seen","new"],
                "actorUid":"","from":"\"Анна\" <anna@example.ru>","brandNew":[1]}"#,
        )
        .unwrap();
        assert_eq!(event.event_type, MailEventType::MessageCopy);
        assert_eq!((event.folder_type.clone(), event.actor_uid), (MailFolderType::Template, None));
        assert_eq!(event.client_ip.as_deref(), Some("192.0.2.1"));
        let written = serde_json::to_value(&event).unwrap();
        assert_eq!((&written["dest_mid"], &written["labels"][1]), (&"5".into(), &"new".into()));
        assert_eq!(written["brandNew"], serde_json::json!([1]));
        assert_eq!(serde_json::from_value::<MailEvent>(written).unwrap(), event);
    }
}
