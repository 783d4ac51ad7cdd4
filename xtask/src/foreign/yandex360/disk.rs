//! `DiskAdminClient` and `DiskClient`.

use serde_json::Value;

use super::{Both, list};
use crate::workspace::Result;

/// Says how many settings they refused for what they have no word for.
pub(super) fn compare(both: &mut Both<'_>, theirs: &Value) -> Result<usize> {
    let admin = &theirs["disk_admin"];
    for (user, resources) in fields(&admin["resources"]) {
        both.compare(&["disk", "public", "list", "--user", user], resources)?;
    }
    let mut refused = 0;
    for way in ["by_path", "by_key"] {
        for (key, settings) in fields(&admin[way]) {
            refused += usize::from(!compare_settings(both, &["--key", key], settings)?);
        }
    }
    let mut own = theirs["disk"]["resources"].clone();
    own.as_array_mut().into_iter().flatten().for_each(forget_what_they_make_up);
    both.compare(&["disk", "public", "list", "--own"], &own)?;
    for (path, settings) in fields(&theirs["disk"]["settings"]) {
        let path = path.trim_start_matches("disk:");
        refused += usize::from(!compare_settings(both, &["--own", "--path", path], settings)?);
    }
    Ok(refused)
}

/// Whether they could read the settings. They cannot where somebody outside has access by name; ours must show that.
fn compare_settings(both: &mut Both<'_>, which: &[&str], theirs: &Value) -> Result<bool> {
    let command = [&["disk", "public", "settings"], which].concat();
    let ours = both.ours(&command)?;
    let has_outer_user = list(&ours["accesses"]).iter().any(|access| access["type"] == "outer_user");
    match (has_outer_user, theirs["unreadable"] == "outer_user") {
        (true, true) => Ok(false),
        (false, false) => both.equal(&command.join(" "), &ours, theirs).map(|()| true),
        _ => Err(format!(
            "{}: they refuse what has no `outer_user`, or the other way round",
            command.join(" ")
        )
        .into()),
    }
}

/// They give a directory the size 0; the service gives it none.
fn forget_what_they_make_up(resource: &mut Value) {
    if resource["type"] == "dir" && resource["size"] == 0 {
        resource["size"].take();
    }
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
