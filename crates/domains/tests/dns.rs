//! DNS records of a sandbox organisation's domain.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, ErrorKind, transport::StaticToken};
use orglib_domains::{
    Dns, Domains, Ensured, OrgId,
    model::{DnsRecordType, NewDnsRecord},
};
use orglib_sandbox::Sandbox;

fn domains(sandbox: &Sandbox) -> Domains {
    let token = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(token)).build();
    Domains::new(client, OrgId::try_from(sandbox.org_id()).unwrap())
}

fn dns(sandbox: &Sandbox) -> Dns {
    domains(sandbox).dns("Severny-Most.example".parse().unwrap())
}

fn record(kind: DnsRecordType, name: &str) -> NewDnsRecord {
    NewDnsRecord::new(kind, name, 300_u32)
}

#[tokio::test]
async fn a_record_is_added_replaced_and_deleted() {
    let sandbox = Sandbox::builder().users(2).check_answers(true).build();
    let dns = dns(&sandbox);
    let before = dns.list().page_size(2).try_collect().await.unwrap();
    let made = dns.create(record(DnsRecordType::A, "www").address("192.0.2.1")).send().await.unwrap();
    assert_eq!((made.ttl, made.address.as_deref()), (Some(300), Some("192.0.2.1")));
    let target = record(DnsRecordType::Cname, "www").target("example.org");
    let replaced = dns.update(made.record_id, target).send().await.unwrap();
    assert_eq!((replaced.record_id, replaced.target.as_deref()), (made.record_id, Some("example.org")));
    assert_eq!(replaced.address, None, "a CNAME has no address");
    assert_eq!(dns.list().try_collect().await.unwrap().len(), before.len() + 1);
    dns.delete(made.record_id).send().await.unwrap();
    assert!(dns.delete(made.record_id).send().await.unwrap_err().is_not_found());
    assert_eq!(dns.list().try_collect().await.unwrap(), before);
}

#[tokio::test]
async fn a_record_that_lacks_what_its_type_needs_is_refused_unsent() {
    let sandbox = Sandbox::builder().users(2).build();
    let dns = dns(&sandbox);
    for (kind, lacks) in [
        (DnsRecordType::A, "address"),
        (DnsRecordType::Aaaa, "address"),
        (DnsRecordType::Cname, "target"),
        (DnsRecordType::Mx, "exchange, preference"),
        (DnsRecordType::Txt, "text"),
        (DnsRecordType::Srv, "target, port, priority, weight"),
        (DnsRecordType::Caa, "flag, tag, value"),
    ] {
        let error = dns.create(record(kind, "x")).send().await.unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Build, false));
        assert!(error.to_string().ends_with(&format!("needs {lacks} too")), "{error}");
    }
    assert_eq!(sandbox.stats().requests, 0);
    let new_type = record(DnsRecordType::from("HTTPS"), "x").text("y");
    assert_eq!(
        dns.create(new_type).send().await.unwrap_err().status().unwrap(),
        400,
        "nobody knows what it needs"
    );
}

#[tokio::test]
async fn a_domain_of_others_is_not_found() {
    let sandbox = Sandbox::builder().users(2).build();
    let theirs = domains(&sandbox).dns("пример.рф".parse().unwrap());
    let error = theirs.list().try_collect().await.unwrap_err();
    assert!(error.is_not_found() && error.to_string().contains("xn--e1afmkfd.xn--p1ai"), "{error}");
}

#[tokio::test]
async fn a_record_is_ensured_by_what_it_holds() {
    let sandbox = Sandbox::builder().users(2).build();
    let dns = dns(&sandbox);
    let challenge = || record(DnsRecordType::Txt, "_acme-challenge").text("token");
    let Ensured::Added(added) = dns.ensure(challenge()).await.unwrap() else { panic!("it was not there") };
    let again = record(DnsRecordType::Txt, "_ACME-challenge.").text("token");
    assert_eq!(
        dns.ensure(again).await.unwrap(),
        Ensured::There(added.clone()),
        "names are equal in any letters"
    );
    let Ensured::Added(second) = dns.ensure(challenge().text("Token")).await.unwrap() else {
        panic!("a text is another in other letters")
    };
    let any = record(DnsRecordType::Txt, "_acme-challenge");
    assert_eq!(dns.like(&any).await.unwrap(), [added, second], "what is not said may be anything");
}
