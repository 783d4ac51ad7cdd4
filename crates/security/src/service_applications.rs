//! Applications that act as any employee.

use orglib_core::{Change, handle, operation};
use orglib_models::{
    OrgId, ServiceApplicationId,
    security::{self, NewServiceApplication},
};

/// How many service applications an organisation may have.
const MOST: usize = 20;

handle! {
    /// Service applications of one organisation. Made by
    /// [`Security::service_applications`](crate::Security::service_applications). Only the owner of the organisation may
    /// ask.
    ServiceApplications(org: OrgId) {
        /// Reads which service applications there are, and what each may do.
        fn get() -> Call<GetServiceApplications>;
        /// Replaces the whole list: what is not in it goes. To add one, see [`add`](Self::add).
        fn replace(applications: Vec<NewServiceApplication>) -> Call<ReplaceServiceApplications>;
        /// Empties the list.
        fn delete() -> Call<DeleteServiceApplications>;
        /// Lets service applications act as employees. A list is taken only then.
        fn activate() -> Call<ActivateServiceApplications>;
        /// Lets no service application act as an employee any more.
        fn deactivate() -> Call<DeactivateServiceApplications>;
    }
}

impl ServiceApplications {
    /// Changes the list. The service can only replace all of it.
    pub fn change(
        &self,
    ) -> Change<GetServiceApplications, ReplaceServiceApplications, Vec<NewServiceApplication>> {
        let org = self.org;
        Change::new(
            self.client.clone(),
            GetServiceApplications::new(org),
            |listed: security::ServiceApplications| listed.applications.into_iter().map(Into::into).collect(),
            move |applications| ReplaceServiceApplications::new(org, applications),
        )
    }

    /// Adds an application; one that is there already may do what is said here from then on.
    pub fn add(
        &self,
        application: NewServiceApplication,
    ) -> Change<GetServiceApplications, ReplaceServiceApplications, Vec<NewServiceApplication>> {
        self.change().edit(move |listed| match listed.iter_mut().find(|known| known.id == application.id) {
            Some(known) => known.scopes = application.scopes,
            None => listed.push(application),
        })
    }

    /// Takes an application off the list.
    pub fn remove(
        &self,
        id: ServiceApplicationId,
    ) -> Change<GetServiceApplications, ReplaceServiceApplications, Vec<NewServiceApplication>> {
        self.change().edit(move |listed| listed.retain(|known| known.id != id))
    }
}

/// Show which service applications there are, and what each may do as any employee. Only the owner of the organisation may ask.
#[operation(
    id = "ServiceApplicationsService_Get", get = "/security/v1/org/{orgId}/service_applications", host = Api360,
    scopes = any("ya360_security:service_applications_read"),
    output = security::ServiceApplications
)]
pub struct GetServiceApplications {
    #[path]
    org_id: OrgId,
}

/// Replace the whole list of service applications. What is not in it goes; at most 20 are taken, once service
/// applications are activated. Only the owner of the organisation may ask.
#[operation(
    id = "ServiceApplicationsService_Create", post = "/security/v1/org/{orgId}/service_applications", host = Api360,
    scopes = any("ya360_security:service_applications_write"), idempotent = true, check = Self::check,
    output = security::ServiceApplications
)]
pub struct ReplaceServiceApplications {
    #[path]
    org_id: OrgId,
    /// The applications, at most 20.
    #[body]
    applications: Vec<NewServiceApplication>,
}

impl ReplaceServiceApplications {
    fn check(&self) -> Result<(), String> {
        match self.applications.len() {
            count if count > MOST => {
                Err(format!("an organisation has {MOST} service applications at most, not {count}"))
            }
            _ => Ok(()),
        }
    }
}

/// Delete all service applications. There is no way to delete one of them but to replace the list. Only the owner of
/// the organisation may ask.
#[operation(
    id = "ServiceApplicationsService_Delete", delete = "/security/v1/org/{orgId}/service_applications",
    host = Api360, scopes = any("ya360_security:service_applications_write"),
    output = security::ServiceApplications
)]
pub struct DeleteServiceApplications {
    #[path]
    org_id: OrgId,
}

/// Activate service applications. The employees are to be told before. Only the owner of the organisation may ask.
#[operation(
    id = "ServiceApplicationsService_Activate", post = "/security/v1/org/{orgId}/service_applications/activate",
    host = Api360, scopes = any("ya360_security:service_applications_write"), idempotent = true, output = ()
)]
pub struct ActivateServiceApplications {
    #[path]
    org_id: OrgId,
}

/// Deactivate service applications. None of them acts as an employee any more. Only the owner of the organisation may
/// ask.
#[operation(
    id = "ServiceApplicationsService_Deactivate", post = "/security/v1/org/{orgId}/service_applications/deactivate",
    host = Api360, scopes = any("ya360_security:service_applications_write"), idempotent = true, output = ()
)]
pub struct DeactivateServiceApplications {
    #[path]
    org_id: OrgId,
}
