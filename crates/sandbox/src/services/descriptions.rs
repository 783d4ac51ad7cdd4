//! The descriptions of all that is only kept.

use super::collections::Collection;

pub(super) const COLLECTIONS: &[Collection] = &[
    Collection {
        name: "offices",
        id: "office_id",
        list: "get-offices",
        create: "post-office",
        update: "patch-office",
        delete: "delete-office",
        filters: &[("ids", "id")],
        unique: &[],
        refers: &[],
    },
    Collection {
        name: "rooms",
        id: "room_id",
        list: "get-rooms",
        create: "post-room",
        update: "patch-room",
        delete: "delete-room",
        filters: &[("ids", "id"), ("office_ids", "office_id")],
        unique: &["email"],
        refers: &[("office_id", "offices")],
    },
];
