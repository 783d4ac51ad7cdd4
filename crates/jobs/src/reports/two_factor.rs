//! Who signs in with a second factor.

use orglib_core::Error;
use orglib_models::{
    UserId,
    security::{TwoFactorScope, TwoFactorStatus},
};

use super::{Demand, Named, Note, Reports, Survey, aside, each, survey::row, without_robots};
use crate::AccountStatus;

row! {
    /// How one person signs in.
    TwoFactorRow {
        /// The address, or what is known instead.
        email: String,
        /// The person's id.
        user_id: UserId,
        /// Whether the person still works here.
        status: AccountStatus,
        /// Whether the person administers the organisation; nothing where the service does not say.
        is_admin: Option<bool>,
        /// Whether the person has set a second factor up; `false` where it is only demanded.
        has_2fa: Option<bool>,
        /// Whether a security phone is set.
        has_security_phone: Option<bool>,
        /// Whether a second factor is demanded of this very person; nothing where the service does not say.
        is_2fa_enabled: Option<bool>,
    }
}

impl Reports {
    /// Who signs in with a second factor, by one request each, and whether the organisation demands it. What the second
    /// factor is the service does not tell.
    ///
    /// # Errors
    /// What the list of employees fails with, and a token that is refused.
    pub async fn two_factor(&self) -> Result<Survey<TwoFactorRow>, Error> {
        let mut gaps = Vec::new();
        let staff = self.staff(&mut gaps).await?;
        let policy = self.security().two_factor().get().patient().send().await;
        let policy = aside(policy, "whether the organisation demands a second factor", &mut gaps)?;
        let users = self.directory().users();
        let survey = Survey::over(self, each(staff.persons()), move |user| {
            let users = users.clone();
            async move {
                let state = users.two_factor(user.id).patient().send().await?;
                let Named { email, user_id, status } = Named::of(&user);
                Ok(vec![TwoFactorRow {
                    email,
                    user_id,
                    status,
                    is_admin: user.is_admin,
                    has_2fa: state.has_two_factor,
                    has_security_phone: state.has_security_phone,
                    is_2fa_enabled: user.is_two_factor_enabled,
                }])
            }
        });
        Ok(survey.notes(policy.map(|policy| demand(&policy))).notes(without_robots(&staff)).after(gaps))
    }
}

fn demand(policy: &TwoFactorStatus) -> Note {
    let of = match (policy.enabled, &policy.scope) {
        (Some(true), _) => Demand::Everybody,
        (_, TwoFactorScope::PerUser) => Demand::Chosen,
        (Some(false), _) => Demand::Nobody,
        _ => Demand::Untold,
    };
    let since = policy.enabled_at.clone().filter(|_| of == Demand::Everybody);
    Note::TwoFactorDemanded { of, since }
}
