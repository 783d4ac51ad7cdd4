#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod contacts;
mod departments;
mod external_contacts;
mod groups;
mod members;
mod offices;
mod organizations;
mod resolver;
mod rooms;
mod statistics;
mod user_security;
mod users;

/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
use orglib_core::{handle, operations};
pub use orglib_models::{
    Created, DepartmentId, ExternalContactId, GroupId, OfficeId, OrgId, RoomId, UserId, directory as model,
};

pub use crate::{
    contacts::{Contacts, DeleteContacts, ReplaceContacts},
    departments::{
        CreateDepartment, CreateDepartmentAlias, DeleteDepartment, DeleteDepartmentAlias, DepartmentOrder,
        Departments, GetDepartment, ListDepartments, UpdateDepartment, UpdateDepartmentTwoFactor,
    },
    external_contacts::{
        CreateExternalContact, DeleteExternalContact, ExternalContacts, GetExternalContact,
        ListExternalContacts, ReplaceExternalContactEmails, ReplaceExternalContactPhones,
        UpdateExternalContact,
    },
    groups::{
        CreateGroup, DeleteGroup, DeleteGroupAdmins, GetGroup, Groups, ListGroups, ReplaceGroupAdmins,
        UpdateGroup, UpdateGroupTwoFactor,
    },
    members::{
        AddGroupMember, AddGroupMembers, ClearGroupMembers, DeleteGroupMember, DeleteGroupMembers,
        ListGroupMembers, ListStructureMembers, Members, ReplaceGroupMembers,
    },
    offices::{CreateOffice, DeleteOffice, ListOffices, Offices, UpdateOffice},
    organizations::{GetIdentity, ListOrganizations, Organizations},
    resolver::Resolver,
    rooms::{CreateRoom, DeleteRoom, ListRooms, Rooms, UpdateRoom},
    statistics::{
        ExportUserStatistics, ListOrganizationStatistics, ListUserStatistics, Statistics, statistics_are_cut,
    },
    user_security::{
        ChangeAuthType, DropSecurityPhone, GetAuthType, GetTwoFactorEnforcement, UpdateTwoFactorEnforcement,
        UserSecurity,
    },
    users::{
        CreateUser, CreateUserAlias, DeleteUser, DeleteUserAlias, GetTwoFactorState, GetUser, ListUsers,
        ReplaceAvatar, UpdateUser, UpdateUserDefault, Users,
    },
};

/// The setters of optional arguments, for calls and lists.
pub mod prelude {
    pub use crate::{
        departments::{CreateDepartmentOptions, ListDepartmentsOptions, UpdateDepartmentOptions},
        external_contacts::{CreateExternalContactOptions, UpdateExternalContactOptions},
        groups::{CreateGroupOptions, ListGroupsOptions, UpdateGroupOptions},
        members::{AddGroupMembersOptions, DeleteGroupMembersOptions},
        offices::{CreateOfficeOptions, ListOfficesOptions, UpdateOfficeOptions},
        rooms::{CreateRoomOptions, ListRoomsOptions, UpdateRoomOptions},
        user_security::ChangeAuthTypeOptions,
        users::{CreateUserOptions, ListUsersOptions, UpdateUserDefaultOptions, UpdateUserOptions},
    };
}

operations! { pub:
    ListOrganizations,
    GetIdentity,
    ListUsers,
    GetUser,
    GetTwoFactorState,
    ReplaceAvatar,
    CreateUser,
    UpdateUser,
    UpdateUserDefault,
    DeleteUser,
    CreateUserAlias,
    DeleteUserAlias,
    ReplaceContacts,
    DeleteContacts,
    DropSecurityPhone,
    GetTwoFactorEnforcement,
    UpdateTwoFactorEnforcement,
    GetAuthType,
    ChangeAuthType,
    ListDepartments,
    GetDepartment,
    CreateDepartment,
    UpdateDepartment,
    UpdateDepartmentTwoFactor,
    DeleteDepartment,
    CreateDepartmentAlias,
    DeleteDepartmentAlias,
    ListGroups,
    GetGroup,
    CreateGroup,
    UpdateGroup,
    UpdateGroupTwoFactor,
    DeleteGroup,
    ReplaceGroupAdmins,
    DeleteGroupAdmins,
    ListGroupMembers,
    ListStructureMembers,
    AddGroupMember,
    AddGroupMembers,
    DeleteGroupMembers,
    DeleteGroupMember,
    ReplaceGroupMembers,
    ClearGroupMembers,
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
    ListUserStatistics,
    ListOrganizationStatistics,
    ExportUserStatistics,
}

handle! {
    /// The directory of one organisation.
    Directory(org: OrgId) {
        /// Employees.
        fn users() -> Users;
        /// Departments.
        fn departments() -> Departments;
        /// Groups.
        fn groups() -> Groups;
        /// Shared contacts.
        fn external_contacts() -> ExternalContacts;
        /// Offices.
        fn offices() -> Offices;
        /// Meeting rooms.
        fn rooms() -> Rooms;
        /// The ids of those who are named by address.
        fn resolver() -> Resolver;
        /// How much the services are used.
        fn statistics() -> Statistics;
    }
}

impl Directory {
    /// The organisations that the token's owner administers.
    pub fn organizations(&self) -> Organizations {
        Organizations::new(self.client.clone())
    }
}
