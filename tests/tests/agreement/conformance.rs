//! Requests keep to the documents, and answers of every manner are read.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use orglib::{
    Client, Endpoints, Generation, Host, NAMED_OPERATIONS, NamedOperation, Operation, OperationMeta,
    code42::{SignInAsApiClient, SignInAsUser, SignInAtGateway},
    models::{shape::Kind, value::Values},
    transport::{Request, Response, http::header::AUTHORIZATION},
};
use orglib_sandbox::Sandbox;
use orglib_testkit::{Answer, MockTransport, Sample, When};

use serde_json::json;

use crate::{
    document::Documents,
    samples::{Manner, answer, needed, values},
};

/// Every operation on each of its hosts.
pub(crate) fn all() -> impl Iterator<Item = (NamedOperation, Generation, &'static OperationMeta)> {
    NAMED_OPERATIONS.iter().copied().flatten().flat_map(|operation| {
        let (current, legacy) = operation.homes();
        let current = std::iter::once((*operation, Generation::Current, current));
        current.chain(legacy.map(|legacy| (*operation, Generation::Legacy, legacy)))
    })
}

pub(crate) fn endpoints(generation: Generation) -> Endpoints {
    Endpoints::new().with_generation(generation)
}

/// Made-up values that are refused for what they mean, with what is said then.
const MEANINGLESS: &[(&str, &str)] = &[
    ("get-logs", "`ended_at` is missing"),
    ("public-settings-change-admin", "name the resource in one way"),
    ("UpdatePublicSettings", "say what is to change"),
    ("meta_shd-trash", "not of the form vd:<vd_hash>:trash:/<path>"),
    ("trash-delete_shd", "not of the form vd:<vd_hash>:trash:/<path>"),
    ("token-invalidate", "invalid_client"),
    ("OrgV3_Create", "No such parent organization"),
    ("GatewayOrgs_Create", "No such parent organization"),
    ("DomainDNSService_Create", "a record of type A needs address too"),
    ("DomainDNSService_Edit", "a record of type A needs address too"),
    ("DomainPasswordsService_Update", "give `enabled` or `change_frequency`"),
    ("GroupV2Service_AddMembers", "name at least one member"),
    ("GroupV2Service_DeleteMembers", "name at least one member"),
    ("MailUserSettingsService_SetSenderInfo", "nothing to change"),
    ("ExternalContactService_Create", "exactly one address of a shared contact is the main one"),
    ("ExternalContactService_UpdateEmails", "exactly one address of a shared contact is the main one"),
    // Documents of any shape, which are read before they are sent back.
    ("OrgSettingV1_Update", "`packets` is missing"),
    ("OrgV1_Update", "`orgId` is missing"),
];

#[tokio::test]
async fn what_is_sent_is_what_the_documents_take() {
    let sandbox = Sandbox::builder().users(5).build();
    let code42 = signed_in(&sandbox).await;
    let mut strays = Vec::new();
    let mut refused = BTreeSet::new();
    for (operation, generation, meta) in all() {
        for full in [true, false] {
            let sent = send(&sandbox, &code42, (operation, generation, meta), full).await;
            let Err(why) = sent else { continue };
            if MEANINGLESS.iter().any(|(id, said)| meta.id == *id && why.contains(said)) {
                refused.insert(meta.id);
            } else {
                strays.push(format!("{} (full: {full}): {why}", meta.id));
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
    assert_eq!(refused, MEANINGLESS.iter().map(|(id, _)| *id).collect(), "these are refused no more");
}

/// Sends a call to the sandbox, which checks every request against its document, those that it does not serve too.
async fn send(
    sandbox: &Sandbox,
    code42: &[String; 3],
    (operation, generation, meta): (NamedOperation, Generation, &OperationMeta),
    full: bool,
) -> Result<(), String> {
    let client = Client::builder(sandbox.transport()).endpoints(endpoints(generation)).build();
    let request = client.named(operation, values(meta, full)).and_then(|call| call.request());
    let request = request.map_err(|error| error.to_string())?;
    let [user, client, gateway] = code42;
    if meta.host == Host::Code42Gateway {
        return answered(sandbox, request, gateway).await.map(drop);
    }
    if meta.host == Host::Code42 {
        // Some take users only, others API clients only.
        let as_user = answered(sandbox, request.clone(), user).await;
        let as_client = answered(sandbox, request, client).await;
        return if as_user == Ok(403) { as_client } else { as_user }.map(drop);
    }
    if meta.host == Host::OAuth {
        let sent = sandbox.transport().send(request).await.unwrap();
        return judged(sent).await.map(drop);
    }
    answered(sandbox, request, &format!("OAuth {}", sandbox.token())).await.map(drop)
}

/// The status of an answer that says nothing against the request.
async fn answered(sandbox: &Sandbox, mut request: Request, who: &str) -> Result<u16, String> {
    request.headers.insert(AUTHORIZATION, who.parse().unwrap());
    judged(sandbox.transport().send(request).await.unwrap()).await
}

async fn judged(sent: Response) -> Result<u16, String> {
    match sent.status.as_u16() {
        status @ (400 | 401 | 500) => {
            let body = sent.body.collect(100_000).await.unwrap();
            Err(format!("{status} {}", String::from_utf8_lossy(&body)))
        }
        status => Ok(status),
    }
}

/// The headers of a user of the Code42 tenant, of an API client, and of the same at the gateway.
pub(crate) async fn signed_in(sandbox: &Sandbox) -> [String; 3] {
    let access = &sandbox.info().code42;
    let basic =
        |name: &str, password: &str| format!("Basic {}", STANDARD.encode(format!("{name}:{password}")));
    let user = basic(&access.user, &access.password);
    let client = basic(&access.client_id, &access.client_secret);
    let endpoints = Endpoints::new();
    let user =
        token(sandbox, SignInAsUser::new(true).request(&endpoints).unwrap(), &user, "/data/v3_user_token");
    let basic = client;
    let client = token(
        sandbox,
        SignInAsApiClient::new("client_credentials").request(&endpoints).unwrap(),
        &basic,
        "/access_token",
    );
    let gateway = token(
        sandbox,
        SignInAtGateway::new("client_credentials").request(&endpoints).unwrap(),
        &basic,
        "/access_token",
    );
    [user.await, client.await, gateway.await]
}

async fn token(sandbox: &Sandbox, mut request: Request, who: &str, pointer: &str) -> String {
    request.headers.insert(AUTHORIZATION, who.parse().unwrap());
    let answer = sandbox.transport().send(request).await.unwrap().body.collect(100_000).await.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    format!("Bearer {}", answer.pointer(pointer).unwrap().as_str().unwrap())
}

#[tokio::test]
async fn answers_of_every_manner_are_read() {
    let documents = Documents::read();
    let mut strays = Vec::new();
    for (operation, generation, meta) in all() {
        let Some(stated) = documents.operations.get(meta.id) else { continue };
        for (status, schema) in &stated.answers {
            for manner in Manner::ALL {
                let body = answer(&documents, stated.document, schema, manner, &needed(meta)).to_string();
                let answer = Answer::status(*status).body(body.clone());
                if let Err(why) = read(operation, generation, values(meta, true), answer).await {
                    strays.push(format!("{} {manner:?}: {why}\n    {body}", meta.id));
                }
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

async fn read(
    operation: NamedOperation,
    generation: Generation,
    values: Values,
    answer: Answer,
) -> Result<(), orglib::Error> {
    let mock = MockTransport::new();
    mock.always(When::any(), answer);
    let client = Client::builder(mock.shared()).endpoints(endpoints(generation)).build();
    let call = client.named(operation, values)?;
    if matches!(call.meta().output.kind, Kind::Bytes) {
        return call.download().await?.collect(1000).await.map(drop);
    }
    if !operation.answers_in_pages() {
        return call.start().await.map(drop);
    }
    let page = call.pages()?.next().await.unwrap()?;
    page.items.into_iter().try_for_each(|item| item.map(drop))
}

/// What `Sample` makes of a model's shape is what the model reads.
#[tokio::test]
async fn a_sample_of_every_answer_is_read() {
    let mut strays = Vec::new();
    for (operation, generation, meta) in all() {
        if matches!(meta.output.kind, Kind::Bytes) {
            continue;
        }
        let sample = Sample::of_shape(&meta.output).value();
        let body = match (operation.answers_in_pages(), meta.within) {
            (true, Some(key)) => json!({ key: { meta.list: sample } }),
            (true, None) => json!({ meta.list: sample }),
            (false, _) => sample,
        };
        if let Err(why) =
            read(operation, generation, values(meta, true), Answer::json(body.to_string())).await
        {
            strays.push(format!("{}: {why}\n    {body}", meta.id));
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}
