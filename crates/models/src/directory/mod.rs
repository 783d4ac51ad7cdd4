//! Organisations, users, departments and groups.

mod department;
mod group;
mod organization;
mod user;

pub use self::{
    department::Department,
    group::{
        Group, GroupMember, GroupMembers, GroupType, MemberType, ShortDepartment, ShortExternalContact,
        ShortGroup, ShortSharedMailbox,
    },
    organization::Organization,
    user::{Contact, ContactType, Gender, ShortUser, User, UserName},
};
