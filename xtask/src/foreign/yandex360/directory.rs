//! `DirectoryClient`.

use serde_json::{Value, json};

use super::{Both, list, with_id};
use crate::workspace::Result;

/// What the older host tells of a group and the current one, which we read, does not.
const OLDER_HOST_ONLY: [&str; 2] = ["type", "members"];

/// What we read before they changed anything.
pub(super) struct Before {
    pub(super) users: Value,
    groups: Value,
    /// The members of each group, in the order of the groups.
    members: Vec<Value>,
}

impl Before {
    pub(super) fn read(both: &Both<'_>) -> Result<Self> {
        let users = both.ours(&["users", "list"])?;
        let groups = both.ours(&["groups", "list"])?;
        let id = |group: &Value| group["id"].to_string();
        let members = list(&groups).iter().map(|group| both.ours(&["groups", "members", "list", &id(group)]));
        let members = members.collect::<Result<_>>()?;
        Ok(Self { users, groups, members })
    }
}

pub(super) fn compare(both: &mut Both<'_>, before: &Before, theirs: &Value) -> Result {
    let count = json!({"count": list(&before.users).len(), "page_users": list(&before.users).len()});
    both.equal("users list", &count, &json!({"count": theirs["count"], "page_users": theirs["page_users"]}))?;
    both.equal("users list", &ordered(&before.users, &theirs["users"]), &theirs["users"])?;
    groups(both, before, theirs)?;
    for (user, state) in theirs["two_factor"].as_object().into_iter().flatten() {
        both.compare(&["users", "two-factor", "get", user], state)?;
    }
    contacts(both, before, &theirs["contacts"])?;
    added(both, &theirs["added"])
}

/// Ours in their order: the hosts sort differently.
fn ordered(ours: &Value, theirs: &Value) -> Value {
    list(theirs).iter().map(|one| with_id(list(ours), &one["id"]).clone()).collect()
}

fn groups(both: &mut Both<'_>, before: &Before, theirs: &Value) -> Result {
    let mut known = theirs["groups"].clone();
    for group in known.as_array_mut().into_iter().flatten() {
        let fields = group.as_object_mut();
        fields
            .into_iter()
            .for_each(|fields| fields.retain(|name, _| !OLDER_HOST_ONLY.contains(&name.as_str())));
    }
    both.equal("groups list", &ordered(&before.groups, &known), &known)?;
    for (group, members) in list(&before.groups).iter().zip(&before.members) {
        let id = group["id"].to_string();
        let of_kind = |kind: &str| -> Value {
            list(members).iter().filter(|member| member["type"] == kind).cloned().collect()
        };
        let ids = |members: &Value| -> Value {
            list(members).iter().map(|member| json!({"id": member["id"]})).collect()
        };
        for (kind, theirs) in
            [("user", &theirs["members"][&id]["users"]), ("group", &theirs["members"][&id]["groups"])]
        {
            let theirs = ids(theirs);
            both.equal(&format!("groups members list {id}"), &ordered(&of_kind(kind), &theirs), &theirs)?;
            if list(&of_kind(kind)).len() != list(&theirs).len() {
                return Err(format!("groups members list {id}: another number of members").into());
            }
        }
    }
    Ok(())
}

/// They added a contact, and then put one in the place of all.
fn contacts(both: &mut Both<'_>, before: &Before, theirs: &Value) -> Result {
    let user = with_id(list(&before.users), &theirs["user"]);
    both.equal("contacts before", &entered(&user["contacts"]), &theirs["before"])?;
    let kept = [list(&theirs["before"]), &[json!(["phone", "+7 495 111-22-33"])]].concat();
    both.equal("contacts kept", &kept.into(), &theirs["kept"])?;
    let now = both.ours(&["users", "contacts", "list", theirs["user"].as_str().unwrap_or_default()])?;
    both.equal("users contacts list", &entered(&now), &theirs["replaced"])
}

/// Contacts that somebody entered, as type and value.
fn entered(contacts: &Value) -> Value {
    let entered = list(contacts).iter().filter(|contact| contact["synthetic"] != true);
    entered.map(|contact| json!([contact["type"], contact["value"]])).collect()
}

/// They made somebody a member of a group.
fn added(both: &mut Both<'_>, theirs: &Value) -> Result {
    let group = theirs["group"].to_string();
    let members = both.ours(&["groups", "members", "list", &group])?;
    let is_member = !with_id(list(&members), &theirs["user"]).is_null();
    let ours =
        json!({"is_member": is_member, "answer": {"added": true, "id": theirs["user"], "type": "user"}});
    both.equal(
        &format!("groups members list {group}"),
        &ours,
        &json!({"is_member": true, "answer": theirs["answer"]}),
    )
}
