//! The facade over the network transport against the sandbox server: what a user's program does.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use futures::TryStreamExt;
use orglib::{
    Code42, ErrorKind, Generation, Host, Yandex360,
    jobs::exposure::{People, PersonReport},
    prelude::*,
};
use orglib_sandbox::{Faults, Sandbox};
use orglib_tests::Served;

async fn rows(org: &Yandex360) -> Vec<String> {
    let exposure = org.exposure();
    let roster = exposure.roster(People::All, false).await.unwrap();
    let reports: Vec<PersonReport> = exposure.run(roster, None).try_collect().await.unwrap();
    assert!(reports.iter().all(|report| report.failures.is_empty()));
    reports.iter().flat_map(|report| &report.rows).map(|row| format!("{row:?}")).collect()
}

#[tokio::test]
async fn the_report_is_the_same_in_process_over_http_and_with_broken_connections() {
    let sandbox = Sandbox::builder().users(40).build();
    let in_process = Yandex360::builder()
        .token(sandbox.token())
        .org(sandbox.org_id())
        .transport(sandbox.transport())
        .build()
        .unwrap();
    let expected = rows(&in_process).await;
    assert!(expected.len() > 50);

    let served = Served::start(sandbox).await.unwrap();
    let over_http = served.client(served.sandbox.token()).unwrap();
    assert!(rows(&over_http).await == expected);

    let faults: Faults = "errors=0.25,kinds=500+502+503+drop+lost+cut+html+html-502".parse().unwrap();
    served.sandbox.set_faults(faults);
    let disturbed = served.client(served.sandbox.token()).unwrap();
    assert!(rows(&disturbed).await == expected);
    assert!(disturbed.client().stats().retries > 20, "{:?}", disturbed.client().stats());
}

#[tokio::test]
async fn both_hosts_give_one_model_over_http() {
    let served = Served::start(Sandbox::builder().users(30).build()).await.unwrap();
    let org = served.client(served.sandbox.token()).unwrap();
    let current = org.directory().users().list().try_collect().await.unwrap();
    let legacy = org.directory().users().list().generation(Generation::Legacy).try_collect().await.unwrap();
    let of = |users: &[orglib::models::directory::User]| {
        users.iter().map(|user| (user.id, user.email.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of(&current), of(&legacy));
    let one =
        org.directory().users().list().email(current[3].email.clone().unwrap()).try_collect().await.unwrap();
    assert_eq!(one[0].id, current[3].id);
}

#[tokio::test]
async fn a_file_name_of_any_kind_is_found_by_path_and_by_key_over_http() {
    let served = Served::start(Sandbox::builder().users(40).build()).await.unwrap();
    let org = served.client(served.sandbox.token()).unwrap();
    let public = org.disk().public();
    let mut odd = 0;
    for user in org.directory().users().list().try_collect().await.unwrap() {
        for resource in public.owned_by(user.id).try_collect().await.unwrap() {
            odd += usize::from(resource.name.contains(['+', '&', '%', '#', '"', '\'', '\t']));
            let by_path = public.settings_by_path(user.id, resource.settings_path()).send().await.unwrap();
            let by_key = public.settings_by_key(resource.public_hash.unwrap()).send().await.unwrap();
            assert_eq!(by_path, by_key, "{}", resource.path);
        }
    }
    assert!(odd > 5, "{odd} odd names");
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let served = Served::start(Sandbox::builder().users(5).build()).await.unwrap();
    let wrong = served.client("wrong").unwrap().directory().users().list().try_collect().await.unwrap_err();
    assert!(wrong.is_unauthenticated() && wrong.attempts() == 1);

    let foreign = Yandex360::builder()
        .token(served.sandbox.token())
        .org(served.sandbox.foreign_org_id())
        .endpoints(orglib::Endpoints::all_at(&served.url).unwrap())
        .build()
        .unwrap();
    assert!(foreign.directory().users().list().try_collect().await.unwrap_err().is_permission_denied());

    let org = served.client(served.sandbox.token()).unwrap();
    let nobody =
        org.directory().users().get(orglib::directory::UserId::new(5).unwrap()).send().await.unwrap_err();
    assert!(nobody.is_not_found() && nobody.request_id().is_some());

    let method = "GET".parse().unwrap();
    let raw = org.client().raw(method, Host::Api360, "/directory/v1/org").send().await.unwrap();
    assert!(String::from_utf8_lossy(&raw.body).contains(&served.sandbox.org_id().to_string()));
}

#[tokio::test]
async fn a_host_that_is_not_there_was_never_sent_to() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let org = Yandex360::builder()
        .token("t")
        .org(1)
        .endpoints(orglib::Endpoints::all_at(&url).unwrap())
        .stack(|stack| stack.retry(orglib::transport::RetryPolicy::never()))
        .build()
        .unwrap();
    let error = org.directory().users().list().try_collect().await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Connect, false));
}

#[test]
fn a_client_that_cannot_work_is_refused_before_anything_is_sent() {
    for (name, built) in [
        ("no token", Yandex360::builder().org(1).build()),
        ("no organisation", Yandex360::builder().token("t").build()),
        ("organisation 0", Yandex360::builder().token("t").org(0).build()),
        ("a token with a line break", Yandex360::builder().token("se\ncret").org(1).build()),
    ] {
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{name}");
        assert!(!format!("{error} {error:?}").contains("cret"), "{name}");
    }
}

#[test]
fn a_builder_fails_when_it_builds_and_not_before() {
    let code42 = |url: &str| {
        let sandbox = Sandbox::builder().users(1).build();
        Code42::builder().url(url).user("a", "b").transport(sandbox.transport()).build()
    };
    assert!(code42("https://console.example.org").is_ok());
    let error = code42("console").unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Config, false), "{error}");
}
