//! y360-orglib: every public method of its clients.

mod audit;
mod directory;
mod disk;

use std::path::Path;

use serde_json::Value;

use super::{compare::difference_in_theirs, served::Served};
use crate::workspace::Result;

/// The variables of the scripts, and where the server tells their values.
const THEIRS: [(&str, &str); 3] = [
    ("TOKEN", "/token"),
    ("CLIENT_ID", "/service_app/client_id"),
    ("CLIENT_SECRET", "/service_app/client_secret"),
];

/// Ours.
const OURS: [(&str, &str); 3] = [
    ("ORGLIB_TOKEN", "/token"),
    ("ORGLIB_CLIENT_ID", "/service_app/client_id"),
    ("ORGLIB_CLIENT_SECRET", "/service_app/client_secret"),
];

/// Runs the scripts against a server and compares.
pub(super) fn check(python: &Path, program: &Path) -> Result<String> {
    let served = Served::start(program)?;
    let org = served.ready["org_id"].to_string();
    let mut both = Both { served: &served, org: &org, equal: 0 };

    let before = directory::Before::read(&both)?;
    let directory_disk = both.script(python, "xtask/foreign/y360_directory_disk.py", &[])?;
    directory::compare(&mut both, &before, &directory_disk["directory"])?;
    let refused = disk::compare(&mut both, &directory_disk)?;
    audit::check(&mut both, python, &before)?;
    Ok(format!(
        "{} answers of its directory, Disk, audit and service application clients equal ours; {refused} that it \
         refuses for the `outer_user` in them ours reads",
        both.equal
    ))
}

/// Both clients, before one organisation.
struct Both<'a> {
    served: &'a Served,
    org: &'a str,
    /// How many answers were equal until now.
    equal: usize,
}

impl Both<'_> {
    /// What their client reads.
    fn script(&self, python: &Path, script: &str, arguments: &[&str]) -> Result<Value> {
        let arguments = [&[self.org], arguments].concat();
        self.served.script(python, script, &arguments, &THEIRS)
    }

    /// What a command of ours reads.
    fn ours(&self, command: &[&str]) -> Result<Value> {
        let command = [command, &["--org", self.org]].concat();
        self.served.read(&command, &OURS)
    }

    /// Runs a command of ours and compares with what they read.
    fn compare(&mut self, command: &[&str], theirs: &Value) -> Result {
        let ours = self.ours(command)?;
        self.equal(&command.join(" "), &ours, theirs)
    }

    /// Counts an answer that is equal.
    fn equal(&mut self, what: &str, ours: &Value, theirs: &Value) -> Result {
        if let Some(difference) = difference_in_theirs(ours, theirs) {
            return Err(format!("{what}: {difference}").into());
        }
        self.equal += 1;
        Ok(())
    }
}

/// The elements of a list; none where it is not one.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The element with this id, however it is written.
fn with_id<'a>(list: &'a [Value], id: &Value) -> &'a Value {
    let text = |value: &Value| value.to_string().replace('"', "");
    list.iter().find(|one| text(&one["id"]) == text(id)).unwrap_or(&Value::Null)
}
