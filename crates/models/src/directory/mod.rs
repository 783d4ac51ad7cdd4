//! Organisations, users, departments and groups.

mod department;
mod external_contact;
mod group;
mod identity;
mod office;
mod organization;
mod removed;
mod request;
mod statistics;
mod user;
mod user_security;

pub use self::{
    department::Department,
    external_contact::{
        ExternalContact, ExternalContactEmail, ExternalContactEmailType, ExternalContactPhone,
        ExternalContactPhoneType, NewExternalContactEmail, NewExternalContactPhone,
    },
    group::{
        Group, GroupMember, GroupMembers, GroupType, MemberAdded, MemberType, ShortDepartment,
        ShortExternalContact, ShortGroup, ShortSharedMailbox,
    },
    identity::{
        IdentityCertificates, IdentityOauth, IdentityProvider, IdentitySaml, IdentitySso,
        OrganizationIdentity,
    },
    office::{Office, Room},
    organization::Organization,
    removed::{AliasRemoved, DepartmentRemoved, GroupRemoved, MemberDeleted, UserDeleted},
    request::{ContactsByMaker, NewContact, NewMember, NewUserName, UserNameChange},
    statistics::{OrganizationStatistics, UserStatistics},
    user::{Avatar, Contact, ContactType, Gender, ShortUser, TwoFactorState, User, UserName},
    user_security::{AuthType, UserAuthType, UserTwoFactorEnforcement},
};
