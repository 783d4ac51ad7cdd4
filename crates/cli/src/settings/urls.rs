//! Where the services are.

use orglib::{Endpoints, Host};

use super::{
    Chosen,
    chosen::{DEFAULT, PROFILE, SANDBOX},
};
use crate::{
    environment::{Environment, URLS},
    failure::Failure,
    profile::Profile,
};

/// The base URLs, and where each comes from.
#[derive(Debug)]
pub(crate) struct Urls {
    pub(crate) endpoints: Endpoints,
    from: Vec<(Host, &'static str)>,
}

impl Urls {
    pub(super) fn of(environment: &Environment, profile: &Profile) -> Result<Self, Failure> {
        let mut urls = Self { endpoints: Endpoints::new(), from: Vec::new() };
        for (host, variable) in URLS {
            let own = environment.get(variable).map(|url| (variable, variable, url));
            let url = own.or_else(|| profile.url(host).map(|(key, url)| (PROFILE, key, url)));
            let Some((from, named, url)) = url else { continue };
            let set = urls.endpoints.set(host, url);
            urls.endpoints = set.map_err(|error| Failure::usage(format!("{named}: {error}")))?;
            urls.from.push((host, from));
        }
        Ok(urls)
    }

    /// Those of the services, which nobody asks.
    pub(super) fn of_sandbox() -> Self {
        Self { endpoints: Endpoints::new(), from: URLS.map(|(host, _)| (host, SANDBOX)).to_vec() }
    }

    /// Where a host is; nowhere, while the sandbox is asked.
    pub(crate) fn of_host(&self, host: Host) -> Chosen<Option<String>> {
        let from = self.from.iter().find(|(other, _)| *other == host).map_or(DEFAULT, |(_, from)| *from);
        let url = self.endpoints.url(host).ok().filter(|_| from != SANDBOX);
        Chosen::new(url.map(|url| url.to_string()), from)
    }
}
