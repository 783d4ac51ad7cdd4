//! Mailboxes that several people use.

use serde_json::Value;

use super::FOUNDED;
use crate::store::{Organization, Record, SharedMailbox};

/// Opens shared mailboxes, those that groups have for members among them, and the mailboxes of two employees. Call after
/// the groups.
pub(super) fn open(org: &mut Organization) {
    let works = |person: &&Record| person.flag("is_enabled") && !person.flag("is_robot");
    let people: Vec<_> = org.people().filter(works).map(|person| person.number("id")).collect();
    let groups = org.records.of("groups");
    let of_groups: Vec<_> = groups.flat_map(|group| group.items("members")).filter_map(member).collect();
    for (id, name) in of_groups {
        let mailbox = shared(org, "contractors", &name);
        org.mail.keep_shared(SharedMailbox { id, ..mailbox });
    }
    let info = shared(org, "hello", "Общая почта");
    let info = org.mail.add_shared(info);
    let sales = shared(org, "orders", "Заказы");
    let sales = org.mail.add_shared(sales);
    for (mailbox, actor, roles) in [
        (info, 1, &["shared_mailbox_owner"][..]),
        (info, 2, &["shared_mailbox_reader", "shared_mailbox_half_sender"]),
        (sales, 2, &["shared_mailbox_imap_admin", "shared_mailbox_sender"]),
    ] {
        people.get(actor).into_iter().for_each(|actor| org.mail.give(mailbox, *actor, roles));
    }
    for owner in people.iter().skip(1).take(2) {
        org.mail.delegate(*owner);
    }
    if let [_, owner, _, actor, ..] = people[..] {
        org.mail.give(owner, actor, &["shared_mailbox_imap_admin"]);
    }
}

fn member(member: &Value) -> Option<(u64, String)> {
    let is_mailbox = member["type"] == "shared_mailbox";
    Some((member["id"].as_u64().filter(|_| is_mailbox)?, member["name"].as_str()?.to_owned()))
}

fn shared(org: &Organization, label: &str, name: &str) -> SharedMailbox {
    let created = (FOUNDED + 86_400 * 30) * 1000 + 125;
    SharedMailbox {
        id: 0,
        email: org.address(label),
        name: name.to_owned(),
        description: String::new(),
        created,
        // Seen so in a live answer.
        updated: created - 512,
    }
}
