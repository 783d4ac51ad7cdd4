//! What each operation does. One file for each thing that the services know; each file lists its operations.

mod departments;
mod fields;
mod groups;
mod organizations;
mod paging;
mod public_admin;
mod public_own;
mod shared;
mod times;
mod users;

use std::{collections::HashMap, sync::OnceLock};

use serde_json::Value;

use crate::{
    dialect::Refusal,
    spec::Checked,
    store::{Organization, Store},
};

/// Does one operation: the answer's body, or why not.
pub(crate) type Handler = fn(&Store, &Checked) -> Result<Value, Refusal>;

/// Operations by id, and what does them.
type Handlers = &'static [(&'static str, Handler)];

/// What does the operation with this id, if anything does.
pub(crate) fn handler(operation: &str) -> Option<Handler> {
    static TABLE: OnceLock<HashMap<&str, Handler>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        const ALL: [Handlers; 6] = [
            organizations::HANDLERS,
            users::HANDLERS,
            departments::HANDLERS,
            groups::HANDLERS,
            public_admin::HANDLERS,
            public_own::HANDLERS,
        ];
        ALL.into_iter().flatten().copied().collect()
    });
    table.get(operation).copied()
}

/// The organisation that the parameter of this name means, if the caller administers it.
fn organization<'a>(store: &'a Store, call: &Checked, name: &str) -> Result<&'a Organization, Refusal> {
    let id = call.id(name)?;
    let administered = call.caller.organizations.contains(&id);
    store
        .organizations
        .get(&id)
        .filter(|_| administered)
        .ok_or_else(|| Refusal::forbidden(format!("No permission for organization {id}")))
}
