//! The descriptions of all that is only kept.

use super::{Collection, Verb};

pub(super) const COLLECTIONS: &[Collection] = &[
    Collection {
        name: "contacts",
        id: "contactId",
        operations: &[
            ("ExternalContactService_List", Verb::List),
            ("ExternalContactService_Get", Verb::Get),
            ("ExternalContactService_Create", Verb::Create),
            ("ExternalContactService_Update", Verb::Update),
            ("ExternalContactService_UpdateEmails", Verb::Update),
            ("ExternalContactService_UpdatePhones", Verb::Update),
            ("ExternalContactService_Delete", Verb::Delete),
        ],
        filters: &[],
        unique: &[],
        refers: &[],
    },
    Collection {
        name: "offices",
        id: "office_id",
        operations: &[
            ("get-offices", Verb::List),
            ("post-office", Verb::Create),
            ("patch-office", Verb::Update),
            ("delete-office", Verb::Delete),
        ],
        filters: &[("ids", "id")],
        unique: &[],
        refers: &[],
    },
    Collection {
        name: "rooms",
        id: "room_id",
        operations: &[
            ("get-rooms", Verb::List),
            ("post-room", Verb::Create),
            ("patch-room", Verb::Update),
            ("delete-room", Verb::Delete),
        ],
        filters: &[("ids", "id"), ("office_ids", "office_id")],
        unique: &["email"],
        refers: &[("office_id", "offices")],
    },
];
