//! Where a path leads: to the caller's own Disk, or to a disk that an organisation shares.

use http::StatusCode;
use serde_json::{Value, json};

use super::{files, resources, shared_disks};
use crate::{
    dialect::Refusal,
    exchange::Answer,
    spec::Checked,
    store::{Node, Store},
};

/// How many characters the name of a file or folder has at most.
const NAME: usize = 255;

/// Which Disk is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mount {
    /// The caller's own.
    Own,
    /// The shared disk of this label.
    Shared(String),
}

/// A place on a Disk.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) mount: Mount,
    /// Under what it is kept: the owner's id, or the number of the shared disk.
    pub(super) holder: u64,
    /// From the root of that Disk; empty for the root.
    pub(super) path: String,
}

/// What is to be done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Read,
    Write,
}

impl Spot {
    /// The place that a parameter names. `scheme` is `disk` or `trash`.
    pub(super) fn of(
        store: &Store,
        call: &Checked,
        name: &str,
        scheme: &str,
        need: Need,
    ) -> Result<Self, Refusal> {
        let given = call.text(name).unwrap_or_default();
        if !call.is_under("/v1/disk/virtual-disks") {
            let path =
                rooted(name, given.strip_prefix(scheme).and_then(|rest| rest.strip_prefix(':')), given)?;
            return Ok(Self { mount: Mount::Own, holder: call.caller.uid, path });
        }
        let parts = given.strip_prefix("vd:").and_then(|rest| rest.split_once(':'));
        let parts =
            parts.and_then(|(label, rest)| Some((label, rest.strip_prefix(scheme)?.strip_prefix(':')?)));
        let Some((label, path)) = parts else {
            return Err(Refusal::invalid(format!("{name}: not of the form vd:<vd_hash>:{scheme}:/<path>")));
        };
        let path = rooted(name, Some(path), path)?;
        let holder = shared_disks::reached(store, call, label, need)?.number;
        Ok(Self { mount: Mount::Shared(label.to_owned()), holder, path })
    }

    /// A place on the caller's own Disk.
    pub(super) fn own(call: &Checked, path: String) -> Self {
        Self { mount: Mount::Own, holder: call.caller.uid, path }
    }

    /// The folder that it is in.
    pub(super) fn parent(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// Another place on the same Disk.
    pub(super) fn at(&self, path: String) -> Self {
        Self { path, ..self.clone() }
    }

    /// A link to what is there now.
    pub(super) fn link(&self, status: StatusCode) -> Answer {
        match &self.mount {
            Mount::Own => resources::link_to(status, &self.path),
            Mount::Shared(label) => {
                let path = format!("vd:{label}:disk:{}", self.path);
                let path: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
                resources::link(status, &format!("virtual-disks/resources?path={path}"))
            }
        }
    }
}

impl Mount {
    /// A path as answers show it, which is not how it is sent where the Disk is shared.
    pub(super) fn shown(&self, scheme: &str, path: &str) -> String {
        let path = if path.is_empty() { "/" } else { path };
        match self {
            Self::Own => format!("{scheme}:{path}"),
            Self::Shared(label) => format!("vd:/{label}/{scheme}{path}"),
        }
    }

    /// A file or folder as it is shown to those who work on the Disk.
    pub(super) fn show(&self, path: &str, node: &Node<'_>) -> Value {
        let mut shown = files::show(path, node);
        shown["path"] = json!(self.shown("disk", path));
        shown
    }
}

fn rooted(name: &str, bare: Option<&str>, given: &str) -> Result<String, Refusal> {
    let path = bare.unwrap_or(given);
    if path.split('/').any(|part| part.chars().count() > NAME) {
        return Err(Refusal::invalid(format!("{name}: a name has at most {NAME} characters")));
    }
    match path.starts_with('/') {
        true => Ok(path.trim_end_matches('/').to_owned()),
        false => Err(Refusal::invalid(format!("{name}: not an absolute path"))),
    }
}
