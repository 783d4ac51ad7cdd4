//! Domains of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, transport::StaticToken};
use orglib_domains::{
    DomainName, Domains, OrgId,
    model::{DnsRecordType, NewDnsRecord},
};
use orglib_sandbox::Sandbox;

fn domains() -> Domains {
    let sandbox = Sandbox::builder().users(2).check_answers(true).build();
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    Domains::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

fn name(text: &str) -> DomainName {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_domain_is_connected_has_records_and_goes_with_them() {
    let domains = domains();
    let main = domains.list().try_collect().await.unwrap().remove(0);
    assert_eq!((main.master, main.verified), (Some(true), Some(true)));
    let new = domains.create(name("пример.рф")).send().await.unwrap();
    assert_eq!((new.name.as_str(), new.verified), ("xn--e1afmkfd.xn--p1ai", Some(false)));
    assert!(domains.create(name("Пример.рф")).send().await.unwrap_err().is_conflict());
    let status = domains.status(name("пример.рф")).send().await.unwrap();
    assert!(status.status.is_some() && status.methods.iter().all(|way| way.code.is_some()));

    let dns = domains.dns(name("пример.рф"));
    let record = NewDnsRecord::new(DnsRecordType::A, "www", 300_u32).address("192.0.2.1");
    dns.create(record).send().await.unwrap();
    domains.delete(name("пример.рф")).send().await.unwrap();
    assert!(domains.status(name("пример.рф")).find().await.unwrap().is_none());
    domains.create(name("пример.рф")).send().await.unwrap();
    assert!(dns.list().try_collect().await.unwrap().is_empty(), "its records went with it");

    let technical = domains.delete(name(&main.name)).send().await.unwrap_err();
    assert!(technical.to_string().contains("technical"), "{technical}");
}

#[tokio::test]
async fn dkim_is_switched_on_and_off() {
    let domains = domains();
    let dkim = domains.dkim(name("severny-most.example"));
    assert!(dkim.get().send().await.unwrap().public_key.is_some());
    dkim.disable().send().await.unwrap();
    assert_eq!(dkim.get().send().await.unwrap().enabled, Some(false));
    dkim.enable().send().await.unwrap();
    assert_eq!(dkim.get().send().await.unwrap().enabled, Some(true));
    assert!(domains.dkim(name("example.org")).get().find().await.unwrap().is_none());
}

#[tokio::test]
async fn domains_come_ten_at_once() {
    let domains = domains();
    for number in 0..23 {
        domains.create(name(&format!("d{number}.example"))).send().await.unwrap();
    }
    assert_eq!(domains.list().try_collect().await.unwrap().len(), 24);
}
