//! Which applications act as any employee.

use orglib_core::Error;
use orglib_models::ServiceApplicationId;

use super::{Reports, Survey, survey::row};

row! {
    /// One right of one application that acts as any employee.
    ServiceApplicationRow {
        /// The id of the application (ClientID).
        id: ServiceApplicationId,
        /// What it may do; nothing where no right is told.
        scope: Option<String>,
    }
}

impl Reports {
    /// Which applications act as any employee, and what they may do: a row for each right. Only the owner of the
    /// organisation may ask. Who made them, when they last acted, and whether the list is in force the service does not
    /// tell.
    ///
    /// # Errors
    /// What that list fails with.
    pub async fn service_applications(&self) -> Result<Survey<ServiceApplicationRow>, Error> {
        let listed = self.security().service_applications().get().patient().send().await?.applications;
        let findings = listed.into_iter().map(|application| {
            let id = application.id;
            let mut rows: Vec<_> =
                application.scopes.into_iter().map(|scope| (id.clone(), Some(scope))).collect();
            if rows.is_empty() {
                rows.push((id.clone(), None));
            }
            let rows = rows.into_iter().map(|(id, scope)| ServiceApplicationRow { id, scope });
            (id.to_string(), rows.collect())
        });
        Ok(Survey::known(findings.collect()))
    }
}
