//! Mailboxes that several people use.

use super::FOUNDED;
use crate::store::{Member, Organization, SharedMailbox};

/// Opens shared mailboxes, those that groups have for members among them, and the mailboxes of two employees. Call after
/// the groups.
pub(super) fn open(org: &mut Organization) {
    let people: Vec<_> = org
        .people
        .values()
        .filter(|person| person.is_enabled && !person.is_robot)
        .map(|person| person.uid)
        .collect();
    let of_groups: Vec<_> = org.groups.values().flat_map(|group| &group.members).filter_map(member).collect();
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

fn member(member: &Member) -> Option<(u64, String)> {
    match member {
        Member::Mailbox { id, name } => Some((*id, name.clone())),
        _ => None,
    }
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
