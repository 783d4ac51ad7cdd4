//! Who administers the organisation.

use std::collections::{HashMap, HashSet};

use orglib_core::{Error, Generation};
use orglib_models::{Timestamp, UserId, directory::GroupType};

use super::{
    Named, NotRead, Note, Reports, Survey, aside, each,
    inactive::{asked, usage_of_a_day},
    survey::row,
    whole,
};
use crate::AccountStatus;

row! {
    /// One person who administers the organisation, or may.
    AdministratorRow {
        /// The address, or what is known instead.
        email: String,
        /// The person's id.
        user_id: UserId,
        /// Whether the person still works here.
        status: AccountStatus,
        /// `administrator`, `deputy_administrator`, `manager`; `not_told` where the service does not say whether the
        /// person is an administrator.
        roles: Vec<String>,
        /// Whether the person has set a second factor up; `false` where it is only demanded.
        has_2fa: Option<bool>,
        /// Whether a security phone is set.
        has_security_phone: Option<bool>,
        /// When the account was made.
        created_at: Option<Timestamp>,
    }
}

/// One of the groups that stand for a role.
struct GroupOf {
    kind: GroupType,
    role: &'static str,
    /// Nothing where the list has no such group.
    members: Option<HashSet<UserId>>,
}

impl Reports {
    /// Who administers the organisation: administrators, deputies, and, where they are wanted, who has a manager's role.
    /// Robots that do are in. Of each it tells whether there is a second factor, by one request.
    ///
    /// Who has a manager's role, but not which, is told by the statistics of the last day alone. Who administers groups
    /// only is not in the report.
    ///
    /// # Errors
    /// What the list of employees fails with, and the statistics where managers are wanted.
    pub async fn administrators(&self, managers: bool) -> Result<Survey<AdministratorRow>, Error> {
        let mut gaps = Vec::new();
        let staff = self.staff(&mut gaps).await?;
        let mut unread = Vec::new();
        let groups = self.groups_of_administrators(&mut unread).await;
        let groups = aside(groups, "the groups of administrators and of deputies", &mut gaps)?;
        let groups = groups.map(Vec::from).unwrap_or_default();
        gaps.extend(unread);
        let (managers, mut notes) =
            if managers { self.managers(&mut gaps).await? } else { (HashSet::new(), Vec::new()) };
        let missing = groups.iter().filter(|group| group.members.is_none());
        notes.extend(missing.map(|group| Note::NoGroupOf(group.role)));
        let mut roles: HashMap<UserId, Vec<String>> = HashMap::new();
        let mut add = |id, role: &str| {
            let roles: &mut Vec<String> = roles.entry(id).or_default();
            if !roles.iter().any(|known| known == role) {
                roles.push(role.to_owned());
            }
        };
        let mut untold = 0;
        for user in staff.all() {
            match user.is_admin {
                Some(true) => add(user.id, "administrator"),
                Some(false) => {}
                None => {
                    untold += 1;
                    add(user.id, "not_told");
                }
            }
        }
        for group in &groups {
            group.members.iter().flatten().for_each(|id| add(*id, group.role));
        }
        managers.iter().for_each(|id| add(*id, "manager"));
        for id in roles.keys().filter(|id| staff.get(**id).is_none()) {
            let message = format!("{} is none of the list of employees", roles[id].join(" and "));
            gaps.push(NotRead::untold(id.to_string(), "get-users", message));
        }
        if untold > 0 {
            notes.push(Note::AdministratorsUntold(untold));
        }
        let subjects = each(staff.all().filter(|user| roles.contains_key(&user.id)));
        let users = self.directory().users();
        let survey = Survey::over(self, subjects, move |user| {
            let (users, roles) = (users.clone(), roles.get(&user.id).cloned().unwrap_or_default());
            async move {
                let state = users.two_factor(user.id).patient().send().await?;
                let Named { email, user_id, status } = Named::of(&user);
                Ok(vec![AdministratorRow {
                    email,
                    user_id,
                    status,
                    roles,
                    has_2fa: state.has_two_factor,
                    has_security_phone: state.has_security_phone,
                    created_at: user.created_at.clone(),
                }])
            }
        });
        Ok(survey.notes(notes).after(gaps))
    }

    /// The members of the groups of administrators and of deputies. Only the legacy host tells which groups these are.
    async fn groups_of_administrators(&self, gaps: &mut Vec<NotRead>) -> Result<[GroupOf; 2], Error> {
        let groups = self.directory().groups();
        let all = whole(groups.list().generation(Generation::Legacy), "a group of the list", gaps).await?;
        let mut found = [
            (GroupType::OrganizationAdmin, "administrator"),
            (GroupType::OrganizationDeputyAdmin, "deputy_administrator"),
        ]
        .map(|(kind, role)| GroupOf { kind, role, members: None });
        for group in &all {
            let Some(of) = found.iter_mut().find(|of| of.kind == group.kind) else { continue };
            let members = groups.members(group.id).list().patient().send().await?;
            of.members.get_or_insert_default().extend(members.users.iter().map(|user| user.id));
            let nested = members.groups.iter().map(|nested| (&nested.name, "group"));
            let nested = nested.chain(members.departments.iter().map(|nested| (&nested.name, "department")));
            for (name, kind) in nested {
                let message =
                    format!("the {kind} is a member of `{}`; its members are not in the report", group.name);
                gaps.push(NotRead::untold(name.as_str(), "GroupV2Service_ListMembers", message));
            }
        }
        Ok(found)
    }

    /// Who has a manager's role, as of the last day that the statistics have.
    async fn managers(&self, gaps: &mut Vec<NotRead>) -> Result<(HashSet<UserId>, Vec<Note>), Error> {
        let Some((day, rows)) = usage_of_a_day(self, gaps).await? else {
            return Ok((HashSet::new(), Vec::new()));
        };
        let managers = rows.iter().filter(|row| row.is_manager == Some(true));
        let untold = rows.iter().filter(|row| row.is_manager.is_none()).count();
        let notes = asked(day).map(Note::ManagersAsOf).into_iter().collect();
        if untold > 0 {
            let message = format!("of {untold} people they do not say whether they have a manager's role");
            gaps.push(NotRead::untold(format!("the statistics of {day}"), "get-user-statistics", message));
        }
        Ok((managers.filter_map(|row| row.user_id).collect(), notes))
    }
}
