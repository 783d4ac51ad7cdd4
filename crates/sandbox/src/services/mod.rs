//! What each operation does. One file for each thing that the services know; each file lists its operations.

mod audit_events;
mod audit_logs;
pub(crate) mod code42;
mod collections;
mod departments;
mod descriptions;
mod digests;
mod dns;
pub(crate) mod domains;
pub(crate) mod events;
mod fields;
mod files;
mod groups;
mod links;
mod mail_rules;
mod mailbox_access;
mod mailboxes;
mod mounts;
mod oauth;
mod organizations;
mod own;
mod paging;
mod public_admin;
mod public_own;
mod references;
mod resources;
mod service_applications;
mod sessions;
mod setting_descriptions;
mod settings;
mod shared;
pub(crate) mod shared_disks;
mod sharing;
mod statistics;
pub(crate) mod times;
pub(crate) mod transfers;
mod trash;
mod two_factor;
mod usage;
mod users;

use std::{collections::HashMap, sync::OnceLock};

use serde_json::Value;

pub(crate) use self::{
    collections::{Collection, Verb},
    own::put,
    service_applications::register,
    settings::{Act, Setting},
};
use crate::{
    dialect::Refusal,
    exchange::Answer,
    spec::Checked,
    store::{Organization, Store},
};

/// Does one operation: the answer's body, or why not.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    /// Leaves everything as it is.
    Read(Read),
    /// Changes what the services remember. A refusal must leave it as it was.
    Write(Write),
    /// Changes what the services remember, and answers with more than 200 and JSON.
    Answer(Answered),
    /// Does to a collection what its description says.
    Collection(&'static Collection, Verb),
    /// Does to a setting what its description says.
    Setting(&'static Setting, Act),
}

type Read = fn(&Store, &Checked) -> Result<Value, Refusal>;
type Write = fn(&mut Store, &Checked) -> Result<Value, Refusal>;
type Answered = fn(&mut Store, &Checked) -> Result<Answer, Refusal>;

/// Operations that change nothing, by id, and what does them.
type Handlers = &'static [(&'static str, Read)];

/// Operations that change something, by id, and what does them.
type Writers = &'static [(&'static str, Write)];

/// Operations whose answers are more than JSON, by id, and what does them.
type Answerers = &'static [(&'static str, Answered)];

/// What does the operation with this id, if anything does.
pub(crate) fn handler(operation: &str) -> Option<Handler> {
    static TABLE: OnceLock<HashMap<&str, Handler>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        const READERS: &[Handlers] = &[
            organizations::HANDLERS,
            public_admin::HANDLERS,
            public_own::HANDLERS,
            audit_events::HANDLERS,
            audit_logs::HANDLERS,
            oauth::HANDLERS,
            usage::HANDLERS,
            mail_rules::HANDLERS,
            files::HANDLERS,
            trash::HANDLERS,
            links::HANDLERS,
            shared_disks::HANDLERS,
            code42::ORGANIZATIONS,
            code42::GATEWAY,
            code42::SETTINGS,
            code42::SIGN_IN,
        ];
        const WRITERS: &[Writers] = &[
            oauth::WRITERS,
            mail_rules::WRITERS,
            sessions::WRITERS,
            shared_disks::WRITERS,
            code42::ORGANIZATION_WRITERS,
            code42::GATEWAY_WRITERS,
            code42::SETTINGS_WRITERS,
            code42::SIGN_IN_WRITERS,
        ];
        const ANSWERERS: &[Answerers] = &[
            resources::ANSWERERS,
            mail_rules::ANSWERERS,
            sessions::ANSWERERS,
            files::ANSWERERS,
            trash::ANSWERERS,
            transfers::ANSWERERS,
            public_own::ANSWERERS,
            sharing::ANSWERERS,
            links::ANSWERERS,
            shared_disks::ANSWERERS,
            statistics::ANSWERERS,
            oauth::ANSWERERS,
        ];
        let answerers = ANSWERERS.iter().copied().flatten();
        let answerers = answerers.map(|(id, answer)| (*id, Handler::Answer(*answer)));
        let readers = READERS.iter().copied().flatten().map(|(id, read)| (*id, Handler::Read(*read)));
        let writers = WRITERS.iter().copied().flatten().map(|(id, write)| (*id, Handler::Write(*write)));
        let described = descriptions::COLLECTIONS.iter().flat_map(|collection| {
            let operations = collection.operations.iter();
            operations.map(|(id, verb)| (*id, Handler::Collection(collection, *verb)))
        });
        let settings = setting_descriptions::SETTINGS.iter().flat_map(|setting| {
            let operations = setting.operations.iter();
            operations.map(|(id, act)| (*id, Handler::Setting(setting, *act)))
        });
        readers.chain(writers).chain(answerers).chain(described).chain(settings).collect()
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

/// The same organisation, to be changed.
fn organization_mut<'a>(
    store: &'a mut Store,
    call: &Checked,
    name: &str,
) -> Result<&'a mut Organization, Refusal> {
    let id = organization(store, call, name)?.id;
    let found = store.organizations.get_mut(&id);
    found.ok_or_else(|| Refusal::not_found(format!("Organization {id} not found")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What cannot be emulated, with the reason.
    const NOT_SERVED: &[(&str, &str)] =
        &[("GatewayAuth_User", "deprecated, and its answer is not documented")];

    #[test]
    fn every_operation_of_the_documents_is_served_or_has_a_reason_not_to_be() {
        let operations = crate::spec::spec().operations();
        let mut without: Vec<_> = operations.map(|one| &*one.id).filter(|id| handler(id).is_none()).collect();
        without.sort_unstable();
        let mut expected: Vec<_> = NOT_SERVED.iter().map(|(id, _)| *id).collect();
        expected.sort_unstable();
        assert_eq!(without, expected);
    }
}
