//! Meeting rooms of an organisation.

use orglib_core::{Call, Client, List, Page, operation};
use orglib_models::{Created, OfficeId, OrgId, RoomId, directory::Room};

/// Meeting rooms of one organisation. Made by [`Directory::rooms`](crate::Directory::rooms).
#[derive(Clone, Debug)]
pub struct Rooms {
    client: Client,
    org: OrgId,
}

impl Rooms {
    pub(crate) fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Lists meeting rooms.
    pub fn list(&self) -> List<ListRooms> {
        self.client.list(ListRooms::new(self.org))
    }

    /// Creates a meeting room; give it a name.
    pub fn create(&self) -> Call<CreateRoom> {
        self.client.call(CreateRoom::new(self.org))
    }

    /// Changes a meeting room; what is not given stays as it is. Its address cannot be changed.
    pub fn update(&self, id: RoomId) -> Call<UpdateRoom> {
        self.client.call(UpdateRoom::new(self.org, id))
    }

    /// Deletes a meeting room.
    pub fn delete(&self, id: RoomId) -> Call<DeleteRoom> {
        self.client.call(DeleteRoom::new(self.org, id))
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
