//! What Disk goes on doing after it has answered.

use orglib_macros::model;

use crate::{NamesTask, TaskId, open_enum::open_enum};

/// An address to go on at: that of a resource which is there now, or of an operation that goes on.
#[model]
pub struct Link {
    /// The address.
    #[model(required)]
    pub href: String,
    /// How it is asked: `GET` or `PUT`.
    pub method: String,
    /// Whether the address is a template (RFC 6570).
    pub templated: Option<bool>,
}

/// An address to put a file's content to, once.
#[model]
pub struct UploadLink {
    /// The address. It is a secret: whoever has it may write there.
    #[model(required)]
    pub href: String,
    /// How it is asked: `PUT`.
    pub method: String,
    /// Whether the address is a template (RFC 6570).
    pub templated: Option<bool>,
    /// The id of the upload, by which its end can be asked for.
    pub operation_id: Option<String>,
}

impl NamesTask for Link {
    /// The id of the operation that the address leads to: the end of the path, or, as one client saw it, `id` in the
    /// query.
    fn names_task(&self) -> Option<TaskId> {
        let (path, query) = self.href.split_once('?').unwrap_or((&self.href, ""));
        let (_, rest) = path.split_once("/disk/operations")?;
        let in_query = query.split('&').find_map(|pair| pair.strip_prefix("id="));
        let id = rest.trim_matches('/');
        TaskId::new(if id.is_empty() { in_query? } else { id }).ok()
    }
}

/// How far an operation is.
#[model]
pub struct OperationStatus {
    /// How far it is.
    pub status: OperationState,
}

open_enum! {
    /// How far an operation of Disk is.
    OperationState {
        /// It goes on.
        InProgress = "in-progress",
        /// It is done.
        Success = "success",
        /// It failed, and what it should have done is not done.
        Failed = "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_operation_and_nothing_else() {
        for (href, id) in [
            ("https://cloud-api.yandex.net/v1/disk/operations/33ca7d03", Some("33ca7d03")),
            ("http://cloud-api.yandex.net/v1/disk/operations?id=33ca7d03", Some("33ca7d03")),
            ("https://cloud-api.yandex.net/v1/disk/operations/33ca7d03?fields=status", Some("33ca7d03")),
            ("https://cloud-api.yandex.net/v1/disk/operations", None),
            ("https://cloud-api.yandex.net/v1/disk/operations/?id=", None),
            ("https://cloud-api.yandex.net/v1/disk/resources?path=disk%3A%2Foperations", None),
            ("", None),
        ] {
            let link = Link { href: href.to_owned(), method: "GET".to_owned(), templated: Some(false) };
            assert_eq!(link.names_task().as_ref().map(TaskId::as_str), id, "{href}");
        }
    }
}
