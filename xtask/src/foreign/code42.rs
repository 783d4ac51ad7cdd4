//! py42: every method of its organisations, signed in as a user and as an API client.

use std::path::Path;

use serde_json::Value;

use super::{compare::difference, served::Served};
use crate::workspace::Result;

const SCRIPT: &str = "xtask/foreign/py42_orgs.py";

/// The variables of the script, and where the server tells their values.
const THEIRS: [(&str, &str); 4] = [
    ("CODE42_USER", "/code42/user"),
    ("CODE42_PASSWORD", "/code42/password"),
    ("CODE42_CLIENT_ID", "/code42/client_id"),
    ("CODE42_CLIENT_SECRET", "/code42/client_secret"),
];

/// Our variables for signing in as a user.
const AS_USER: [(&str, &str); 2] =
    [("ORGLIB_CODE42_USER", "/code42/user"), ("ORGLIB_CODE42_PASSWORD", "/code42/password")];

/// Our variables for signing in as an API client.
const AS_CLIENT: [(&str, &str); 2] = [
    ("ORGLIB_CODE42_CLIENT_ID", "/code42/client_id"),
    ("ORGLIB_CODE42_CLIENT_SECRET", "/code42/client_secret"),
];

/// Runs the script against a server and compares.
pub(super) fn check(python: &Path, program: &Path) -> Result<String> {
    let served = Served::start(program)?;
    let read = served.script(python, SCRIPT, &[], &THEIRS)?;
    let mut compared = Vec::new();
    // The user's run is the second: the first has not seen what it made.
    for (way, variables) in [("api_client", &AS_CLIENT), ("user", &AS_USER)] {
        let ours = Ours { served: &served, variables };
        let theirs = &read[way];
        compared.push(format!("{} answers as {way}", ours.compare(theirs, way == "user")?));
    }
    Ok(format!("{} equal ours", compared.join(" and ")))
}

/// Our program, signed in one way.
struct Ours<'a> {
    served: &'a Served,
    variables: &'a [(&'a str, &'a str)],
}

impl Ours<'_> {
    fn compare(&self, theirs: &Value, is_last: bool) -> Result<usize> {
        let number = |key: &str| theirs[key].to_string();
        let uid = theirs["by_uid"]["orgUid"].as_str().unwrap_or_default();
        let mut asked: Vec<(&str, Vec<String>)> = vec![
            ("by_id", words(&["get", &number("created")])),
            ("by_uid", words(&["get", uid])),
            ("agent_state", words(&["agent-state", &number("agent_id")])),
            (
                "full_disk_access",
                words(&["agent-state", &number("agent_id"), "--property", "fullDiskAccess"]),
            ),
            ("top_settings", words(&["settings", "get", &theirs["top_settings"]["org_id"].to_string()])),
            ("settings", words(&["settings", "get", &number("settings_id")])),
        ];
        // What the other one changed afterwards shows in the organisations below.
        if is_last {
            asked.push(("page", words(&["list", "--page", "2", "--page-size", "10"])));
            asked.push(("all", words(&["list"])));
            asked.push(("current", words(&["current"])));
        }
        for (name, arguments) in &asked {
            let mut ours = self.read(arguments)?;
            forget_what_they_cannot_show(&mut ours);
            if let Some(difference) = difference(&ours, &theirs[*name]) {
                return Err(format!("{name} ({}): {difference}", arguments.join(" ")).into());
            }
        }
        self.compare_map(&theirs["id_map"])?;
        let changed = theirs["was_blocked"] == true && theirs["was_active"] == false;
        if !changed || theirs["parts_updated"] != Value::from(vec![true, true]) {
            return Err("block, deactivate or update_settings had no effect".into());
        }
        Ok(asked.len() + 1)
    }

    /// They see 500 organisations at most; those must be ours.
    fn compare_map(&self, theirs: &Value) -> Result {
        let all = self.read(&words(&["list"]))?;
        let ours = |id: &str| {
            let mut all = all.as_array().into_iter().flatten();
            let id: u64 = id.parse().ok()?;
            all.find(|org| org["org_id"] == id).map(|org| &org["org_guid"])
        };
        let mut pairs = theirs.as_object().into_iter().flatten();
        match pairs.find(|(id, guid)| ours(id) != Some(*guid)) {
            Some((id, _)) => Err(format!("id_map: {id} has another guid").into()),
            None => Ok(()),
        }
    }

    fn read(&self, arguments: &[String]) -> Result<Value> {
        let command = [words(&["code42", "orgs"]), arguments.to_vec()].concat();
        self.served.read(&command, self.variables)
    }
}

/// Settings without a name, and names of backup sets, which py42 does not show.
fn forget_what_they_cannot_show(ours: &mut Value) {
    let Some(fields) = ours.as_object_mut() else { return };
    fields.remove("other_settings");
    let sets = fields.get_mut("device_defaults").and_then(|defaults| defaults.get_mut("backup_sets"));
    for set in sets.and_then(Value::as_array_mut).into_iter().flatten() {
        set.as_object_mut().and_then(|set| set.remove("name"));
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
