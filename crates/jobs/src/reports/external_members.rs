//! Who from outside is a member of a group.

use std::{collections::HashMap, sync::Arc};

use orglib_core::Error;
use orglib_models::{
    GroupId,
    directory::{ExternalContact, Group, ShortExternalContact, ShortUser},
};

use super::{
    Reports, Survey, aside,
    survey::{Subject, row},
    whole,
};

row! {
    /// One member from outside of one group.
    ExternalMemberRow {
        /// The group's name.
        group_name: String,
        /// The group's id.
        group_id: GroupId,
        /// The address of the group's mailing list.
        group_email: Option<String>,
        /// `external_contact`, or `user`: one who is none of the list of employees.
        member_type: String,
        /// The member's id.
        member_id: String,
        /// The member's name.
        member_name: String,
        /// The member's addresses; none where the service does not tell them.
        member_emails: Vec<String>,
    }
}

impl Reports {
    /// Who from outside is a member of a group, and so gets its letters: shared contacts, and people who are not in the
    /// list of employees. One request for each group; members of a nested group stand under that one.
    ///
    /// # Errors
    /// What the lists of employees and groups fail with.
    pub async fn external_members(&self) -> Result<Survey<ExternalMemberRow>, Error> {
        let mut gaps = Vec::new();
        let staff = Arc::new(self.staff(&mut gaps).await?);
        let directory = self.directory();
        let mut unread = Vec::new();
        let contacts =
            whole(directory.external_contacts().list(), "a shared contact of the list", &mut unread).await;
        let contacts = aside(contacts, "the addresses of shared contacts", &mut gaps)?.unwrap_or_default();
        gaps.extend(unread);
        let contacts: Arc<HashMap<String, ExternalContact>> =
            Arc::new(contacts.into_iter().map(|contact| (contact.id.to_string(), contact)).collect());
        let groups = whole(directory.groups().list(), "a group of the list", &mut gaps).await?;
        let subjects = groups.into_iter().map(|group| Subject {
            id: group.id.get(),
            name: format!("group {} ({})", group.id, group.name),
            what: group,
        });
        let survey = Survey::over(self, subjects.collect(), move |group| {
            let (groups, staff, contacts) = (directory.groups(), Arc::clone(&staff), Arc::clone(&contacts));
            async move {
                let members = groups.members(group.id).list().patient().send().await?;
                let outside = members.external_contacts.into_iter();
                let outside = outside.map(|member| of_contact(&group, member, &contacts));
                let strangers = members.users.into_iter().filter(|user| staff.get(user.id).is_none());
                Ok(outside.chain(strangers.map(|user| of_user(&group, user))).collect())
            }
        });
        Ok(survey.after(gaps))
    }
}

fn of_contact(
    group: &Group,
    member: ShortExternalContact,
    contacts: &HashMap<String, ExternalContact>,
) -> ExternalMemberRow {
    let parts = [member.last_name, member.first_name, member.middle_name];
    let name: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let emails = contacts.get(&member.id).map(|contact| contact.emails.as_slice()).unwrap_or_default();
    let emails = emails.iter().map(|email| email.email.clone()).collect();
    row_of(group, "external_contact", member.id, name.join(" "), emails)
}

fn of_user(group: &Group, user: ShortUser) -> ExternalMemberRow {
    let emails = user.email.into_iter().filter(|email| !email.is_empty()).collect();
    row_of(group, "user", user.id.to_string(), user.name.to_string(), emails)
}

fn row_of(group: &Group, kind: &str, id: String, name: String, emails: Vec<String>) -> ExternalMemberRow {
    ExternalMemberRow {
        group_name: group.name.clone(),
        group_id: group.id,
        group_email: group.email.clone(),
        member_type: kind.to_owned(),
        member_id: id,
        member_name: name,
        member_emails: emails,
    }
}
