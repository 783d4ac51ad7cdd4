//! A client of the organisation that a command asks.

use std::sync::Arc;

use orglib::{
    Client,
    directory::Directory,
    disk::Disk,
    jobs::exposure::Who,
    mail::{Mail, Mailboxes},
    models::{DepartmentId, GroupId, OrgId, UserId, directory::User},
    prelude::*,
    transport::{HttpTransport, InvalidToken, SharedTransport, StaticToken},
};
use orglib_sandbox::Sandbox;

use crate::{
    arguments::GlobalOptions,
    console,
    environment::{Environment, ORG_ID, TOKEN},
    failure::Failure,
    reference::Reference,
    settings::{Pace, Settings},
};

/// A client, and the organisation where one is known.
#[derive(Debug)]
pub(crate) struct Session {
    client: Client,
    org: Option<OrgId>,
    pub(crate) pace: Pace,
}

impl Session {
    /// The session that the options, the environment and the profile describe. Sends nothing.
    pub(crate) async fn open(options: &GlobalOptions) -> Result<Self, Failure> {
        let settings = Settings::resolve(options, &Environment::read()?)?;
        if settings.sandbox { Self::of_sandbox(settings) } else { Self::of_network(settings).await }
    }

    fn of_sandbox(settings: Settings) -> Result<Self, Failure> {
        let sandbox = Sandbox::builder().build();
        let org = OrgId::new(sandbox.org_id());
        if let (Some(given), Some(own)) = (settings.org, org)
            && given != own
        {
            return Err(Failure::usage(format!(
                "--sandbox and --org {given} disagree: the organisation of the sandbox is {own}"
            )));
        }
        let token = StaticToken::oauth(sandbox.token().into());
        Self::over(sandbox.transport(), token, org, settings)
    }

    async fn of_network(mut settings: Settings) -> Result<Self, Failure> {
        let token = settings.token.take().ok_or_else(|| {
            Failure::usage(format!("no token: set {TOKEN}, give --token-file FILE, or try --sandbox"))
        })?;
        let token = StaticToken::oauth(console::waiting(|| token.read()).await?);
        let transport = HttpTransport::builder().build();
        let transport = transport.map_err(|error| Failure::usage(error.to_string()))?;
        let org = settings.org;
        Self::over(Arc::new(transport), token, org, settings)
    }

    fn over(
        transport: SharedTransport,
        token: Result<StaticToken, InvalidToken>,
        org: Option<OrgId>,
        settings: Settings,
    ) -> Result<Self, Failure> {
        let token = token.map_err(|error| Failure::usage(error.to_string()))?;
        let pace = settings.pace;
        let client = Client::builder(transport)
            .credentials(token.shared())
            .endpoints(settings.endpoints)
            .stack(|stack| pace.apply(stack))
            .build();
        Ok(Self { client, org: settings.org.or(org), pace })
    }

    /// The client beneath.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The organisation.
    pub(crate) fn org(&self) -> Result<OrgId, Failure> {
        let missing = || {
            format!(
                "no organisation: give --org ID, or set {ORG_ID}; `orglib organizations list` shows yours"
            )
        };
        self.org.ok_or_else(|| Failure::usage(missing()))
    }

    /// The organisation's directory.
    pub(crate) fn directory(&self) -> Result<Directory, Failure> {
        Ok(Directory::new(self.client.clone(), self.org()?))
    }

    /// The organisation's mailboxes.
    pub(crate) fn mailboxes(&self) -> Result<Mailboxes, Failure> {
        Ok(Mail::new(self.client.clone(), self.org()?).mailboxes())
    }

    /// The organisation's Disk.
    pub(crate) fn disk(&self) -> Result<Disk, Failure> {
        Ok(Disk::new(self.client.clone(), self.org()?))
    }

    /// The id of an employee.
    pub(crate) async fn user_id(&self, who: &Who) -> Result<UserId, Failure> {
        match who {
            Who::Id(id) => Ok(*id),
            _ => Ok(self.user(who).await?.id),
        }
    }

    /// An employee.
    pub(crate) async fn user(&self, who: &Who) -> Result<User, Failure> {
        let users = self.directory()?.users();
        match who {
            Who::Id(id) => Ok(users.get(*id).send().await?),
            Who::Email(email) => {
                let user = users.find_by_email(email).await?;
                user.ok_or_else(|| unknown("employee", email))
            }
            _ => Err(Failure::usage("an employee is given by id (digits) or by e-mail address")),
        }
    }

    /// The id of a group.
    pub(crate) async fn group_id(&self, group: &Reference<GroupId>) -> Result<GroupId, Failure> {
        match group {
            Reference::Id(id) => Ok(*id),
            Reference::Email(email) => {
                let groups = self.directory()?.groups().list().email(email.as_str()).try_collect().await?;
                groups.first().map(|group| group.id).ok_or_else(|| unknown("group", email))
            }
        }
    }

    /// The id of a department.
    pub(crate) async fn department_id(
        &self,
        department: &Reference<DepartmentId>,
    ) -> Result<DepartmentId, Failure> {
        match department {
            Reference::Id(id) => Ok(*id),
            Reference::Email(email) => {
                let list = self.directory()?.departments().list().email(email.as_str());
                let departments = list.try_collect().await?;
                let first = departments.first().map(|department| department.id);
                first.ok_or_else(|| unknown("department", email))
            }
        }
    }
}

pub(crate) fn unknown(what: &str, email: &str) -> Failure {
    Failure::not_found(format!("the organisation has no {what} {email}; check the address"))
}
