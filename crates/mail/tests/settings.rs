//! Rules and settings of mail, of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, ErrorKind, Host, transport::StaticToken};
use orglib_mail::{
    Mail, MailListId, OrgId, UserId,
    model::{
        Condition, Direction, MailListAction, MailListActionType, NewAutoreply, NewDomainPolicy, NewForward,
        NewMailListSubject, NewMailRoute, NewPolicyAction, NewPolicyCondition, NewPolicyFilter,
        NewPolicyOptions, NewRoutingAction, NewRoutingRule, NewRoutingScope, NewSignature, Operator,
        PolicyActionType, RecipientCategory, RouteDomain, RoutingActionType,
    },
    prelude::*,
};
use orglib_sandbox::Sandbox;

fn mail() -> (Mail, Sandbox) {
    let sandbox = Sandbox::builder().users(10).check_answers(true).build();
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    (Mail::new(client, OrgId::try_from(sandbox.org_id()).unwrap()), sandbox)
}

/// Somebody of the organisation.
async fn somebody(sandbox: &Sandbox) -> UserId {
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    let path = format!("/directory/v1/org/{}/users", sandbox.org_id());
    let users =
        client.raw(orglib_core::transport::http::Method::GET, Host::Api360, path).send().await.unwrap();
    let users: serde_json::Value = users.json().unwrap();
    users["users"][0]["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_person_writes_as_is_said_and_has_rules() {
    let (mail, sandbox) = mail();
    let user = mail.user(somebody(&sandbox).await);
    let sign = NewSignature::new("<b>Anna</b>").emails(["anna@example.org"]).is_default(true);
    let sender = user.update_sender().from_name("Anna").signs([sign]).send().await.unwrap();
    assert_eq!((sender.from_name.as_deref(), sender.signs.len()), (Some("Anna"), 1));
    assert_eq!(user.sender().send().await.unwrap(), sender);
    assert_eq!(user.update_sender().send().await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(user.update_address_book(false).send().await.unwrap().collect_addresses, Some(false));

    let forward = NewForward::new("igor@example.org", "away", true);
    let rule = user.create_rule().forward(forward.clone()).send().await.unwrap().rule_id.unwrap();
    user.create_rule().autoreply(NewAutoreply::new("away", "Monday")).send().await.unwrap();
    let rules = user.rules().send().await.unwrap();
    assert_eq!(
        (rules.forwards[0].address.as_str(), rules.autoreplies[0].text.as_str()),
        ("igor@example.org", "Monday")
    );
    let both = user.create_rule().forward(forward).autoreply(NewAutoreply::new("a", "b")).send().await;
    assert!(both.unwrap_err().to_string().contains("one of autoreply and forward"));
    user.delete_rule(rule).send().await.unwrap();
    assert!(user.delete_rule(rule).send().await.unwrap_err().is_not_found());
    assert!(user.rules().send().await.unwrap().forwards.is_empty());
    assert!(mail.user(UserId::new(7).unwrap()).rules().find().await.unwrap().is_none());
}

fn rule(text: &str) -> NewRoutingRule {
    let condition = Condition::compare("subject", Operator::Contains, text);
    let action = NewRoutingAction::new(RoutingActionType::Drop);
    NewRoutingRule::new([action], condition, NewRoutingScope::new(Direction::Inbound))
}

#[tokio::test]
async fn lists_that_are_only_replaced_whole_are_changed_and_never_over_the_change_of_another() {
    let (mail, _sandbox) = mail();
    let rules = mail.rules();
    let changed = rules.change().edit(|rules| rules.push(rule("a"))).send().await.unwrap();
    assert!(changed.is_kept() && changed.before.is_empty(), "{changed:?}");
    let seen = changed.now;
    rules.change().edit(|rules| rules.push(rule("b"))).send().await.unwrap();
    let stale = rules.change().unless_changed(seen).edit(|rules| rules.clear()).send().await.unwrap_err();
    assert!(stale.is_conflict(), "{stale}");
    assert_eq!(rules.list().send().await.unwrap().rules.len(), 2);
    let mut wrong = rule("c");
    wrong.condition = "{\"size\":\"7\"}".parse().unwrap();
    let refused = rules.replace([rule("a"), wrong]).send().await.unwrap_err();
    assert!(refused.to_string().contains("rule 2: `size` is no part of a letter"), "{refused}");

    let domains = |list: &[&str]| {
        let filter = NewPolicyFilter::new(list.iter().copied());
        let condition = NewPolicyCondition::new().domain_filter(filter);
        NewDomainPolicy::new(condition, NewPolicyAction::new(PolicyActionType::Reject))
    };
    let policies = mail.policies();
    let before = policies.list().send().await.unwrap().revision;
    policies.change().edit(move |rules| rules.push(domains(&["*.us"]))).send().await.unwrap();
    assert!(policies.list().send().await.unwrap().revision > before);
    let many: Vec<_> = (0..201).map(|number| format!("d{number}.example")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    assert!(
        policies
            .replace([domains(&many)])
            .send()
            .await
            .unwrap_err()
            .to_string()
            .contains("1 to 200 entries, not 201")
    );
    let two = NewPolicyCondition::new()
        .domain_filter(NewPolicyFilter::new(["a.example"]))
        .ip_filter(NewPolicyFilter::new(["192.0.2.1"]));
    let two = NewDomainPolicy::new(two, NewPolicyAction::new(PolicyActionType::Accept));
    assert!(policies.replace([two]).send().await.unwrap_err().to_string().contains("one of ip_filter"));

    let forced = {
        let filter = NewPolicyCondition::new().ip_filter(NewPolicyFilter::new(["192.0.2.1"]));
        let options = NewPolicyOptions::new().force("ham");
        NewDomainPolicy::new(filter, NewPolicyAction::new(PolicyActionType::Reject).options(options))
    };
    assert!(
        policies
            .replace([forced])
            .send()
            .await
            .unwrap_err()
            .to_string()
            .contains("only letters that are accepted")
    );

    let list = mail.allow_list();
    let wrong = list.replace(["77.88.54.0/23", "77.88.54.0/33"]).send().await.unwrap_err();
    assert!(wrong.to_string().contains("`77.88.54.0/33` is neither"), "{wrong}");
    list.change().edit(|list| list.push("77.88.54.0/23".to_owned())).send().await.unwrap();
    assert_eq!(list.get().send().await.unwrap().allow_list, ["77.88.54.0/23"]);
    list.delete().send().await.unwrap();
    assert!(list.get().send().await.unwrap().allow_list.is_empty());
}

#[tokio::test]
async fn ways_out_are_set_found_and_removed() {
    let (mail, sandbox) = mail();
    let routes = mail.routes();
    let route = |domain: &str| NewMailRoute::new(domain, "smtp.example.org", RecipientCategory::All);
    routes.set([route("a.example"), route("")]).send().await.unwrap();
    assert_eq!(routes.search().send().await.unwrap().len(), 2);
    let found = routes.search().items([RouteDomain::new("A.example")]).send().await.unwrap();
    assert_eq!(found[0].recipient_domain, "a.example");
    routes.remove([""]).send().await.unwrap();
    assert_eq!(routes.search().send().await.unwrap().len(), 1);
    let before = sandbox.stats().requests;
    let twice = routes.set([route("a.example"), route("A.example")]).send().await.unwrap_err();
    assert!(twice.to_string().contains("`A.example` is named twice"), "{twice}");
    let none = routes.remove(Vec::<RouteDomain>::new()).send().await.unwrap_err();
    assert!(none.to_string().contains("1 to 1000 domains, not 0"), "{none}");
    assert_eq!(sandbox.stats().requests, before);

    let settings = mail.update_settings().enable_imap(false).send().await.unwrap();
    assert_eq!(
        (settings.enable_imap, mail.settings().send().await.unwrap().enable_imap),
        (Some(false), Some(false))
    );
}

#[tokio::test]
async fn who_may_write_to_a_list_is_given_taken_and_overwritten() {
    let (mail, sandbox) = mail();
    // The list of the department for people: its number behind where such ids begin.
    let list = mail.list(MailListId::new(1_130_000_070_000_003).unwrap());
    let subject = |id: u64| NewMailListSubject::new("department", id, sandbox.org_id());
    let action = |kind, id| MailListAction::new(kind, ["mail_list_sender"], [subject(id)]);
    let there = async || {
        let items = list.permissions().send().await.unwrap().grants.items;
        items.iter().map(|grant| grant.subject.id.unwrap()).collect::<Vec<_>>()
    };
    list.update([action(MailListActionType::Grant, 1), action(MailListActionType::Grant, 2)])
        .send()
        .await
        .unwrap();
    assert_eq!(there().await, [1, 2]);
    list.update([action(MailListActionType::Revoke, 1)]).send().await.unwrap();
    assert_eq!(there().await, [2]);
    list.update([action(MailListActionType::Overwrite, 3)]).send().await.unwrap();
    assert_eq!(there().await, [3]);
    let nothing = MailListAction::new(
        MailListActionType::Grant,
        ["mail_list_sender"],
        Vec::<NewMailListSubject>::new(),
    );
    assert_eq!(list.update([nothing]).send().await.unwrap_err().kind(), ErrorKind::Build);
    assert!(mail.list(MailListId::new(3).unwrap()).permissions().find().await.unwrap().is_none());
}
