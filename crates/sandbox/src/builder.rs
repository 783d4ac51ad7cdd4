//! What a sandbox is made of.

use std::{fmt, str::FromStr, time::Duration};

use orglib_transport::{SharedClock, SystemClock};

use crate::{Faults, Rate, Sandbox};

/// Builds a [`Sandbox`]. The same settings give the same organisation, to the last letter.
#[derive(Clone, Debug)]
#[must_use]
pub struct SandboxBuilder {
    pub(crate) users: u32,
    pub(crate) seed: u64,
    pub(crate) org_id: u64,
    pub(crate) domain: String,
    pub(crate) organizations: u32,
    pub(crate) resources: Resources,
    pub(crate) scenario: Scenario,
    pub(crate) latency: Duration,
    pub(crate) rate: Option<Rate>,
    pub(crate) faults: Faults,
    pub(crate) clock: SharedClock,
    pub(crate) check_answers: bool,
    pub(crate) code42_totp: Option<String>,
    pub(crate) most_statistics_rows: usize,
}

/// How many public resources there are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Resources {
    PerUser(f64),
    Total(u32),
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self {
            users: 300,
            seed: 7,
            org_id: 7_654_321,
            domain: "severny-most.example".to_owned(),
            organizations: 1,
            resources: Resources::PerUser(3.0),
            scenario: Scenario::Company,
            latency: Duration::ZERO,
            rate: None,
            faults: Faults::none(),
            clock: SystemClock::shared(),
            check_answers: false,
            code42_totp: None,
            most_statistics_rows: 408_666,
        }
    }

    /// How many employees the organisation has, the administrator and robots among them: 300. At least 1, and no more
    /// in [`Scenario::Bare`].
    pub fn users(mut self, users: u32) -> Self {
        self.users = users.max(1);
        self
    }

    /// What the organisation is grown from, and what faults follow from: 7.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The id of the organisation: 7654321.
    pub fn org_id(mut self, org_id: u64) -> Self {
        self.org_id = org_id;
        self
    }

    /// The domain of all addresses in the organisation: severny-most.example.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = domain.into();
        self
    }

    /// How many organisations the token administers: 1. The others hold nobody but the administrator.
    pub fn organizations(mut self, organizations: u32) -> Self {
        self.organizations = organizations.max(1);
        self
    }

    /// How many public resources there are for each employee on average: 3.
    pub fn resources_per_user(mut self, average: f64) -> Self {
        self.resources = Resources::PerUser(average.max(0.0));
        self
    }

    /// How many public resources there are in all.
    pub fn resources(mut self, total: u32) -> Self {
        self.resources = Resources::Total(total);
        self
    }

    /// What kind of organisation it is: [`Scenario::Company`].
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.scenario = scenario;
        self
    }

    /// How long each answer takes: no time.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// The limit on requests: none.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// What goes wrong: nothing.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Where time and waiting come from: the machine's own clock.
    pub fn clock(mut self, clock: SharedClock) -> Self {
        self.clock = clock;
        self
    }

    /// Checks each answer against the documents, and answers 500 with the difference where there is one: off.
    /// For tests of the sandbox itself.
    pub fn check_answers(mut self, check: bool) -> Self {
        self.check_answers = check;
        self
    }

    /// The one-time code that the Code42 user has to give: none.
    pub fn code42_totp(mut self, code: impl Into<String>) -> Self {
        self.code42_totp = Some(code.into());
        self
    }

    /// How many rows an export of statistics has at most; a longer one is cut, and its name says so: 408,666, as the
    /// service has it.
    pub fn most_statistics_rows(mut self, rows: usize) -> Self {
        self.most_statistics_rows = rows;
        self
    }

    /// Builds the sandbox. Takes a second at most for 20,000 employees.
    pub fn build(self) -> Sandbox {
        Sandbox::new(self)
    }
}

/// What kind of organisation a sandbox holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scenario {
    /// `company`: departments, groups, people and robots, some dismissed or blocked, and what they share.
    #[default]
    Company,
    /// `by-key`: a company where every tenth resource is not found by its path, only by its key.
    ByKey,
    /// `quiet`: a company that shares nothing.
    Quiet,
    /// `bare`: an administrator and what no organisation is without, for people of one's own ([`Sandbox::put`]).
    Bare,
}

impl Scenario {
    /// Every scenario.
    pub const ALL: [Self; 4] = [Self::Company, Self::ByKey, Self::Quiet, Self::Bare];

    /// The word for it in `--scenario`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::ByKey => "by-key",
            Self::Quiet => "quiet",
            Self::Bare => "bare",
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(text: &str) -> Result<Self, UnknownScenario> {
        let known = Self::ALL.into_iter().find(|scenario| scenario.name() == text);
        known.ok_or_else(|| UnknownScenario(text.to_owned()))
    }
}

/// A scenario that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownScenario(String);

impl fmt::Display for UnknownScenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Scenario::ALL.iter().map(|scenario| scenario.name()).collect();
        write!(f, "there is no scenario `{}`; known are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownScenario {}
