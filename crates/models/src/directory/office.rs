//! Offices and the meeting rooms in them.

use crate::{OfficeId, RoomId};
use orglib_macros::model;

/// An office of an organisation.
#[model]
pub struct Office {
    /// The id.
    #[model(required)]
    pub id: OfficeId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: Option<String>,
    /// The city.
    pub city: Option<String>,
}

/// A meeting room.
#[model]
pub struct Room {
    /// The id.
    #[model(required)]
    pub id: RoomId,
    /// The name.
    pub name: String,
    /// The room's address, by which it is invited.
    pub email: Option<String>,
    /// The office that it is in.
    pub office_id: Option<OfficeId>,
    /// How many people it holds.
    pub capacity: Option<i64>,
    /// The floor.
    pub floor: Option<i64>,
    /// Whether it can be booked.
    pub can_book: Option<bool>,
    /// A free description.
    pub description: Option<String>,
}
