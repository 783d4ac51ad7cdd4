//! Meeting rooms of an organisation.

use orglib_core::{Page, handle, operation};
use orglib_models::{Created, OfficeId, OrgId, RoomId, directory::Room};

handle! {
    /// Meeting rooms of one organisation. Made by [`Directory::rooms`](crate::Directory::rooms).
    Rooms(org: OrgId) {
        /// Lists meeting rooms.
        fn list() -> List<ListRooms>;
        /// Creates a meeting room; give it a name.
        fn create() -> Call<CreateRoom>;
        /// Changes a meeting room; what is not given stays as it is. Its address cannot be changed.
        fn update(id: RoomId) -> Call<UpdateRoom>;
        /// Deletes a meeting room.
        fn delete(id: RoomId) -> Call<DeleteRoom>;
    }
}

/// List meeting rooms.
#[operation(
    id = "get-rooms", get = "/v1/directory/organizations/{org_id}/rooms", host = Cloud,
    scopes = any("directory:read_rooms", "directory:write_rooms"),
    list = "items", paging = offset(1000), output = Page<Room>
)]
pub struct ListRooms {
    #[path]
    org_id: OrgId,
    /// Only these rooms.
    #[query]
    ids: Vec<RoomId>,
    /// Only rooms in these offices.
    #[query]
    office_ids: Vec<OfficeId>,
}

/// Create a meeting room.
#[operation(
    id = "post-room", post = "/v1/directory/organizations/{org_id}/rooms", host = Cloud,
    scopes = all("directory:write_rooms"), output = Created<RoomId>
)]
pub struct CreateRoom {
    #[path]
    org_id: OrgId,
    /// The name.
    #[body]
    name: Option<String>,
    /// The room's address, by which it is invited. It cannot be changed later.
    #[body]
    email: Option<String>,
    /// The office that it is in.
    #[body]
    office_id: Option<OfficeId>,
    /// How many people it holds.
    #[body]
    capacity: Option<i64>,
    /// The floor.
    #[body]
    floor: Option<i64>,
    /// Whether it can be booked.
    #[body]
    can_book: Option<bool>,
    /// A free description.
    #[body]
    description: Option<String>,
}

/// Change a meeting room. What is not given stays as it is.
#[operation(
    id = "patch-room", patch = "/v1/directory/organizations/{org_id}/rooms/{room_id}", host = Cloud,
    scopes = all("directory:write_rooms"), idempotent = true, output = ()
)]
pub struct UpdateRoom {
    #[path]
    org_id: OrgId,
    /// The room.
    #[path]
    room_id: RoomId,
    /// The new name.
    #[body]
    name: Option<String>,
    /// The office that it moves to.
    #[body]
    office_id: Option<OfficeId>,
    /// How many people it holds.
    #[body]
    capacity: Option<i64>,
    /// The floor.
    #[body]
    floor: Option<i64>,
    /// Whether it can be booked.
    #[body]
    can_book: Option<bool>,
    /// The new description.
    #[body]
    description: Option<String>,
}

/// Delete a meeting room.
#[operation(
    id = "delete-room", delete = "/v1/directory/organizations/{org_id}/rooms/{room_id}", host = Cloud,
    scopes = all("directory:write_rooms"), output = ()
)]
pub struct DeleteRoom {
    #[path]
    org_id: OrgId,
    /// The room.
    #[path]
    room_id: RoomId,
}
