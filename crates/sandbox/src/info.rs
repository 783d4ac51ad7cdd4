//! What somebody needs to know to use a sandbox.

use std::fmt;

use serde::Serialize;

/// What somebody needs to know to use a sandbox. The secrets open nothing but the sandbox that made them.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Info {
    /// The organisation that the token administers.
    pub org_id: u64,
    /// The token of the organisation's administrator, with every scope.
    pub token: String,
    /// The service application.
    pub service_app: ServiceApp,
    /// Ways into the Code42 tenant.
    pub code42: Code42Access,
    /// How many employees the organisation has.
    pub users: u64,
    /// What the organisation was grown from.
    pub seed: u64,
}

/// A service application.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ServiceApp {
    /// Its id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

/// Ways into the Code42 tenant: a user, or an API client.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Code42Access {
    /// The user's name.
    pub user: String,
    /// The user's password.
    pub password: String,
    /// The API client's id.
    pub client_id: String,
    /// The API client's secret.
    pub client_secret: String,
}

/// Shows what is no secret.
impl fmt::Debug for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Info")
            .field("org_id", &self.org_id)
            .field("users", &self.users)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

/// Shows what is no secret.
impl fmt::Debug for ServiceApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceApp").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Shows what is no secret.
impl fmt::Debug for Code42Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code42Access").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// What the organisation behind the token holds at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Employees: robots, dismissed and blocked ones too.
    pub users: u64,
    /// Employees that are robots.
    pub robots: u64,
    /// Departments, the root too.
    pub departments: u64,
    /// Groups.
    pub groups: u64,
    /// Public resources of all employees.
    pub resources: u64,
    /// Accesses to these resources, without those of the owners.
    pub accesses: u64,
}
