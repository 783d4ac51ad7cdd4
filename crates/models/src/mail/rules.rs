//! Rules: those of one person, those of all letters, and those of senders.

use orglib_macros::{model, request};

use super::Condition;
use crate::open_enum::open_enum;

/// The rules of one person.
#[model]
pub struct UserRules {
    /// Answers that are sent by themselves.
    pub autoreplies: Vec<Autoreply>,
    /// Letters that are sent on.
    pub forwards: Vec<Forward>,
}

/// An answer that is sent by itself.
#[model]
pub struct Autoreply {
    /// The rule's id.
    pub rule_id: Option<u64>,
    /// The rule's name.
    pub rule_name: String,
    /// What is answered.
    pub text: String,
}

/// Where letters are sent on to.
#[model]
pub struct Forward {
    /// The rule's id.
    pub rule_id: Option<u64>,
    /// The rule's name.
    pub rule_name: String,
    /// The address that gets the letters.
    pub address: String,
    /// Whether the mailbox keeps them too; nothing where the service does not say.
    pub with_store: Option<bool>,
}

/// The id of a rule that was made.
#[model]
pub struct RuleRef {
    /// The rule's id.
    pub rule_id: Option<u64>,
}

/// An answer that is to be sent by itself.
#[request(spelling = camel)]
pub struct NewAutoreply {
    /// The rule's name.
    pub rule_name: String,
    /// What is answered.
    pub text: String,
}

/// Where letters are to be sent on to.
#[request(spelling = camel)]
pub struct NewForward {
    /// The address that gets the letters.
    pub address: String,
    /// The rule's name.
    pub rule_name: String,
    /// Whether the mailbox keeps them too.
    pub with_store: bool,
}

/// The rules that all letters of an organisation pass.
#[model]
pub struct RoutingRules {
    /// The rules, in the order in which they are asked.
    pub rules: Vec<RoutingRule>,
}

/// A rule that all letters of an organisation pass.
#[model]
pub struct RoutingRule {
    /// What is done.
    pub actions: Vec<RoutingAction>,
    /// Which letters it takes.
    pub condition: Condition,
    /// Which way the letters go.
    pub scope: RoutingScope,
    /// Whether no later rule is asked where this one takes a letter.
    pub terminal: Option<bool>,
}

/// What a rule does.
#[model]
pub struct RoutingAction {
    /// What it is.
    pub action: RoutingActionType,
    /// What it needs to know.
    pub data: RoutingActionData,
}

open_enum! {
    /// What a rule does with a letter.
    RoutingActionType {
        /// It is not delivered, or not sent.
        Drop = "drop",
        /// A copy is sent to another address.
        Forward = "forward",
    }
}

/// What an action needs to know.
#[model]
pub struct RoutingActionData {
    /// The address that gets a copy.
    pub email: Option<String>,
}

/// Which letters a rule is for.
#[model]
pub struct RoutingScope {
    /// Which way they go.
    pub direction: Direction,
}

open_enum! {
    /// Which way letters go.
    Direction {
        /// They come in.
        Inbound = "inbound",
        /// They go out.
        Outbound = "outbound",
    }
}

/// A rule that all letters are to pass.
#[request]
pub struct NewRoutingRule {
    /// What is done.
    pub actions: Vec<NewRoutingAction>,
    /// Which letters it takes; `{}` are all.
    pub condition: Condition,
    /// Which way the letters go.
    pub scope: NewRoutingScope,
    /// Whether no later rule is asked where this one takes a letter.
    pub terminal: Option<bool>,
}

/// What a rule is to do.
#[request]
pub struct NewRoutingAction {
    /// What it is.
    pub action: RoutingActionType,
    /// What it needs to know: of `forward` the address.
    pub data: Option<NewRoutingActionData>,
}

/// What an action is told.
#[request]
pub struct NewRoutingActionData {
    /// The address that gets a copy.
    pub email: String,
}

/// Which letters a rule is to be for.
#[request]
pub struct NewRoutingScope {
    /// Which way they go.
    pub direction: Direction,
}

impl NewRoutingRule {
    /// Whether the service can be expected to take it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self) -> Result<(), String> {
        if self.actions.is_empty() {
            return Err("a rule has one action at least".to_owned());
        }
        let forwards_nowhere = |action: &NewRoutingAction| {
            let to = action.data.as_ref().map(|data| data.email.as_str());
            action.action == RoutingActionType::Forward && to.is_none_or(|to| !to.contains('@'))
        };
        if self.actions.iter().any(forwards_nowhere) {
            return Err("the action forward needs an address in data.email".to_owned());
        }
        self.condition.check()
    }
}

/// What is sent to keep a rule that is there.
impl From<RoutingRule> for NewRoutingRule {
    fn from(rule: RoutingRule) -> Self {
        let actions = rule.actions.into_iter().map(|action| NewRoutingAction {
            action: action.action,
            data: action.data.email.map(NewRoutingActionData::new),
        });
        let scope = NewRoutingScope::new(rule.scope.direction);
        Self { actions: actions.collect(), condition: rule.condition, scope, terminal: rule.terminal }
    }
}

/// The rules of senders, with their revision.
#[model]
pub struct DomainPolicies {
    /// The rules.
    pub rules: Vec<DomainPolicy>,
    /// The revision of the list.
    pub revision: Option<u64>,
}

/// A rule of senders.
#[model]
pub struct DomainPolicy {
    /// The name.
    pub name: Option<String>,
    /// A short description.
    pub description: Option<String>,
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Which senders it takes.
    pub condition: PolicyCondition,
    /// What is done.
    pub action: PolicyAction,
}

/// Which senders a rule takes: one of the three.
#[model]
pub struct PolicyCondition {
    /// Addresses and networks of servers.
    #[model(name = "ip_filter")]
    pub ip_filter: Option<PolicyFilter>,
    /// Domains; `*.us` is all below.
    #[model(name = "domain_filter")]
    pub domain_filter: Option<PolicyFilter>,
    /// Whole addresses of senders.
    #[model(name = "email_from_filter")]
    pub email_from_filter: Option<PolicyFilter>,
}

/// The entries of a filter.
#[model]
pub struct PolicyFilter {
    /// The entries.
    pub list: Vec<String>,
}

/// What is done with a sender's letters.
#[model]
pub struct PolicyAction {
    /// What it is.
    #[model(name = "type")]
    pub kind: PolicyActionType,
    /// How it is done.
    pub options: PolicyOptions,
}

open_enum! {
    /// What is done with a sender's letters.
    PolicyActionType {
        /// They are taken.
        Accept = "accept",
        /// They are refused.
        Reject = "reject",
    }
}

/// How letters that are taken are held.
#[model]
pub struct PolicyOptions {
    /// As spam or as none, whatever they look like.
    pub force: Option<String>,
}

/// A rule of senders that is to be.
#[request]
pub struct NewDomainPolicy {
    /// The name.
    pub name: Option<String>,
    /// A short description.
    pub description: Option<String>,
    /// Whether it is on.
    pub enabled: Option<bool>,
    /// Which senders it takes: one of the three filters.
    pub condition: NewPolicyCondition,
    /// What is done.
    pub action: NewPolicyAction,
}

/// Which senders a rule is to take: one of the three.
#[request]
pub struct NewPolicyCondition {
    /// Addresses and networks of servers.
    pub ip_filter: Option<NewPolicyFilter>,
    /// Domains; `*.us` is all below.
    pub domain_filter: Option<NewPolicyFilter>,
    /// Whole addresses of senders.
    pub email_from_filter: Option<NewPolicyFilter>,
}

/// The entries of a filter that is to be, 1 to 200.
#[request]
pub struct NewPolicyFilter {
    /// The entries.
    pub list: Vec<String>,
}

/// What is to be done with a sender's letters.
#[request]
pub struct NewPolicyAction {
    /// What it is.
    #[request(name = "type")]
    pub kind: PolicyActionType,
    /// How it is done; only where they are taken.
    pub options: Option<NewPolicyOptions>,
}

impl NewPolicyAction {
    fn check(&self) -> Result<(), String> {
        let force = self.options.as_ref().and_then(|options| options.force.as_deref());
        match (&self.kind, force) {
            (_, None) | (PolicyActionType::Accept, Some("ham" | "spam")) => Ok(()),
            (PolicyActionType::Accept, Some(word)) => Err(format!("force is ham or spam, and not {word}")),
            _ => Err("only letters that are accepted are forced to be ham or spam".to_owned()),
        }
    }
}

/// How letters that are taken are to be held.
#[request]
pub struct NewPolicyOptions {
    /// `ham`: as no spam; `spam`: into the folder of that.
    pub force: Option<String>,
}

impl NewDomainPolicy {
    /// Whether the service can be expected to take it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self) -> Result<(), String> {
        let NewPolicyCondition { ip_filter, domain_filter, email_from_filter } = &self.condition;
        let mut filters = [ip_filter, domain_filter, email_from_filter].into_iter().flatten();
        match (filters.next(), filters.next()) {
            (Some(filter), None) if (1..=200).contains(&filter.list.len()) => self.action.check(),
            (Some(filter), None) => Err(format!("a filter has 1 to 200 entries, not {}", filter.list.len())),
            _ => Err("a rule has one of ip_filter, domain_filter and email_from_filter".to_owned()),
        }
    }
}

/// What is sent to keep a rule that is there.
impl From<DomainPolicy> for NewDomainPolicy {
    fn from(policy: DomainPolicy) -> Self {
        let filter =
            |filter: Option<PolicyFilter>| filter.map(|filter| NewPolicyFilter { list: filter.list });
        let PolicyCondition { ip_filter, domain_filter, email_from_filter } = policy.condition;
        Self {
            name: policy.name,
            description: policy.description,
            enabled: policy.enabled,
            condition: NewPolicyCondition {
                ip_filter: filter(ip_filter),
                domain_filter: filter(domain_filter),
                email_from_filter: filter(email_from_filter),
            },
            action: NewPolicyAction {
                kind: policy.action.kind,
                options: policy.action.options.force.map(|force| NewPolicyOptions { force: Some(force) }),
            },
        }
    }
}
