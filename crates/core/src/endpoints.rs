//! Where the services are.

use std::fmt;

use url::Url;

use crate::Error;

/// One of the hosts that the services live on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Host {
    /// `api360.yandex.net`: complete, no longer extended.
    Api360,
    /// `cloud-api.yandex.net`: current, with Disk; has only a part of the rest.
    Cloud,
    /// `oauth.yandex.ru`: tokens.
    OAuth,
    /// `login.yandex.ru`: who a token belongs to.
    Login,
    /// The console of a Code42 tenant.
    Code42,
    /// The gateway of a Code42 tenant, which API clients sign in to.
    Code42Gateway,
}

impl Host {
    /// Every host.
    pub const ALL: [Self; 6] =
        [Self::Api360, Self::Cloud, Self::OAuth, Self::Login, Self::Code42, Self::Code42Gateway];

    /// The name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Api360 => "api360",
            Self::Cloud => "cloud",
            Self::OAuth => "oauth",
            Self::Login => "login",
            Self::Code42 => "code42",
            Self::Code42Gateway => "code42_gateway",
        }
    }

    const fn default_url(self) -> &'static str {
        match self {
            Self::Api360 => "https://api360.yandex.net",
            Self::Cloud => "https://cloud-api.yandex.net",
            Self::OAuth => "https://oauth.yandex.ru",
            Self::Login => "https://login.yandex.ru",
            Self::Code42 => "https://console.us.code42.com",
            Self::Code42Gateway => "https://api.us.code42.com",
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which of a method's two homes is asked, where it has two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Generation {
    /// The current host, `cloud-api.yandex.net`.
    #[default]
    Current,
    /// The legacy host, `api360.yandex.net`.
    Legacy,
}

/// The base URLs of all hosts. Each can be replaced: on-premises installations, the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    urls: [Option<Url>; Host::ALL.len()],
    generation: Generation,
}

impl Endpoints {
    /// The public addresses of the services.
    pub const fn new() -> Self {
        Self { urls: [const { None }; Host::ALL.len()], generation: Generation::Current }
    }

    /// One address for all hosts; their paths do not collide.
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub fn all_at(url: &str) -> Result<Self, Error> {
        Host::ALL.into_iter().try_fold(Self::new(), |endpoints, host| endpoints.set(host, url))
    }

    /// Replaces the base URL of one host. A path in it stays in front of each operation's path.
    ///
    /// # Errors
    /// `Config`, where the text is no `https` URL, or an `http` URL of another machine: tokens are sent in the
    /// clear to this machine only.
    pub fn set(mut self, host: Host, url: &str) -> Result<Self, Error> {
        self.urls[host as usize] = Some(parse(host, url)?);
        Ok(self)
    }

    /// Chooses the home of methods that have two.
    #[must_use]
    pub const fn with_generation(mut self, generation: Generation) -> Self {
        self.generation = generation;
        self
    }

    /// The chosen home of methods that have two.
    pub const fn generation(&self) -> Generation {
        self.generation
    }

    /// The base URL of a host. The gateway of a Code42 tenant is the one beside its console, unless it is set.
    ///
    /// # Errors
    /// None for the addresses that come with the library; `Config`, where the gateway is not known that belongs to the
    /// console that is set: credentials never go to another tenant's.
    pub fn url(&self, host: Host) -> Result<Url, Error> {
        match (&self.urls[host as usize], host) {
            (Some(url), _) => Ok(url.clone()),
            (None, Host::Code42Gateway) => match &self.urls[Host::Code42 as usize] {
                Some(console) => beside(console),
                None => parse(host, host.default_url()),
            },
            (None, _) => parse(host, host.default_url()),
        }
    }
}

impl Default for Endpoints {
    fn default() -> Self {
        Self::new()
    }
}

/// The gateway beside a console: `api.` in place of `console.`, in every region.
fn beside(console: &Url) -> Result<Url, Error> {
    let region = console.host_str().and_then(|name| name.strip_prefix("console."));
    match region.filter(|region| region.ends_with(".code42.com")) {
        Some(region) => parse(Host::Code42Gateway, &format!("https://api.{region}")),
        None => Err(Error::config(
            "which gateway belongs to the Code42 console is not known: set its address, too (ORGLIB_CODE42_GATEWAY_URL)",
        )),
    }
}

fn parse(host: Host, text: &str) -> Result<Url, Error> {
    let refuse = |why: &str| {
        Error::config(format!("the base URL of {host} {why}; give one like {}", host.default_url()))
    };
    let url = Url::parse(text.trim()).map_err(|error| refuse(&format!("is malformed ({error})")))?;
    if !matches!(url.scheme(), "https" | "http") || url.cannot_be_a_base() || !url.has_host() {
        return Err(refuse("is not an http(s) address"));
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(refuse("would send the token in the clear: use https"));
    }
    if url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(refuse("has more than a scheme, a host, a port and a path"));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_that_come_with_the_library_are_well_formed() {
        for host in Host::ALL {
            assert_eq!(Endpoints::new().url(host).unwrap().scheme(), "https", "{host}");
        }
    }

    #[test]
    fn a_base_url_that_cannot_be_used_is_refused_before_anything_is_sent() {
        for (url, complaint) in [
            ("", "malformed"),
            ("cloud-api.yandex.net", "malformed"),
            ("ftp://example.com", "not an http(s) address"),
            ("mailto:a@b", "not an http(s) address"),
            ("http://example.com", "use https"),
            ("http://10.0.0.1", "use https"),
            ("https://user:secret@example.com", "more than"),
            ("https://example.com/?a=b", "more than"),
        ] {
            let error = Endpoints::new().set(Host::Cloud, url).unwrap_err().to_string();
            assert!(error.contains(complaint) && error.contains("cloud"), "{url}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_gateway_is_the_one_of_its_console_and_never_another_tenants() {
        let of =
            |console: &str| Endpoints::new().set(Host::Code42, console).unwrap().url(Host::Code42Gateway);
        assert_eq!(Endpoints::new().url(Host::Code42Gateway).unwrap().as_str(), "https://api.us.code42.com/");
        assert_eq!(of("https://console.ie.code42.com").unwrap().as_str(), "https://api.ie.code42.com/");
        for console in ["https://code42.example.org", "http://127.0.0.1:1", "https://console.example.org"] {
            let error = of(console).unwrap_err();
            assert!(error.to_string().contains("set its address"), "{console}: {error}");
        }
    }

    #[test]
    fn plain_http_may_go_to_this_machine() {
        for url in ["http://127.0.0.1:8360", "http://localhost:1", "http://[::1]:1/prefix/"] {
            assert!(Endpoints::all_at(url).is_ok(), "{url}");
        }
    }
}
