#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod contacts;
mod departments;
mod external_contacts;
mod groups;
mod offices;
mod organizations;
mod rooms;
mod search;
mod users;

use orglib_core::operations;
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{
    Created, DepartmentId, ExternalContactId, GroupId, OfficeId, OrgId, RoomId, UserId, directory as model,
};

pub use crate::{
    contacts::{Contacts, DeleteContacts, ReplaceContacts},
    departments::{DepartmentOrder, Departments, GetDepartment, ListDepartments},
    external_contacts::{
        CreateExternalContact, DeleteExternalContact, ExternalContacts, GetExternalContact,
        ListExternalContacts, ReplaceExternalContactEmails, ReplaceExternalContactPhones,
        UpdateExternalContact,
    },
    groups::{AddGroupMember, GetGroup, Groups, ListGroupMembers, ListGroups, ListStructureMembers, Members},
    offices::{CreateOffice, DeleteOffice, ListOffices, Offices, UpdateOffice},
    organizations::{ListOrganizations, Organizations},
    rooms::{CreateRoom, DeleteRoom, ListRooms, Rooms, UpdateRoom},
    users::{GetTwoFactorState, GetUser, ListUsers, Users},
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        departments::ListDepartmentsOptions,
        external_contacts::{CreateExternalContactOptions, UpdateExternalContactOptions},
        groups::ListGroupsOptions,
        offices::{CreateOfficeOptions, ListOfficesOptions, UpdateOfficeOptions},
        rooms::{CreateRoomOptions, ListRoomsOptions, UpdateRoomOptions},
        users::ListUsersOptions,
    };
}

operations! { pub:
    ListOrganizations,
    ListUsers,
    GetUser,
    GetTwoFactorState,
    ReplaceContacts,
    DeleteContacts,
    ListDepartments,
    GetDepartment,
    ListGroups,
    GetGroup,
    ListGroupMembers,
    ListStructureMembers,
    AddGroupMember,
    ListExternalContacts,
    GetExternalContact,
    CreateExternalContact,
    UpdateExternalContact,
    ReplaceExternalContactEmails,
    ReplaceExternalContactPhones,
    DeleteExternalContact,
    ListOffices,
    CreateOffice,
    UpdateOffice,
    DeleteOffice,
    ListRooms,
    CreateRoom,
    UpdateRoom,
    DeleteRoom,
}

/// The directory of one organisation.
#[derive(Clone, Debug)]
pub struct Directory {
    client: Client,
    org: OrgId,
}

impl Directory {
    /// The directory of the organisation with this id.
    pub fn new(client: Client, org: OrgId) -> Self {
        Self { client, org }
    }

    /// Employees.
    pub fn users(&self) -> Users {
        Users::new(self.client.clone(), self.org)
    }

    /// Departments.
    pub fn departments(&self) -> Departments {
        Departments::new(self.client.clone(), self.org)
    }

    /// Groups.
    pub fn groups(&self) -> Groups {
        Groups::new(self.client.clone(), self.org)
    }

    /// Shared contacts.
    pub fn external_contacts(&self) -> ExternalContacts {
        ExternalContacts::new(self.client.clone(), self.org)
    }

    /// Offices.
    pub fn offices(&self) -> Offices {
        Offices::new(self.client.clone(), self.org)
    }

    /// Meeting rooms.
    pub fn rooms(&self) -> Rooms {
        Rooms::new(self.client.clone(), self.org)
    }

    /// The organisations that the token's owner administers.
    pub fn organizations(&self) -> Organizations {
        Organizations::new(self.client.clone())
    }
}
