//! Mail of an organisation: mailboxes, rules and settings.

mod condition;
mod mailbox;
mod request;
mod rules;
mod settings;

pub use self::{
    condition::{Condition, ConditionText, ConditionValues, Operator},
    mailbox::{
        Actor, Actors, MailboxAccess, MailboxKind, MailboxRef, MailboxSummary, Reachable, Role,
        SharedMailbox, Task, TaskRef, TaskStatus,
    },
    request::{Notify, RoleList, SharedMailboxUpdate},
    rules::{
        Autoreply, Direction, DomainPolicies, DomainPolicy, Forward, NewAutoreply, NewDomainPolicy,
        NewForward, NewPolicyAction, NewPolicyCondition, NewPolicyFilter, NewPolicyOptions, NewRoutingAction,
        NewRoutingActionData, NewRoutingRule, NewRoutingScope, PolicyAction, PolicyActionType,
        PolicyCondition, PolicyFilter, PolicyOptions, RoutingAction, RoutingActionData, RoutingActionType,
        RoutingRule, RoutingRules, RoutingScope, RuleRef, UserRules,
    },
    settings::{
        AddressBook, IpAllowList, MailListAction, MailListActionType, MailListGrant, MailListGrants,
        MailListPermissions, MailListRoles, MailListSubject, MailRoute, MailSettings, NewMailListSubject,
        NewMailRoute, NewSignature, Outcome, RecipientCategory, RouteDomain, SenderInfo, SignPosition,
        Signature,
    },
};
