//! Shared contacts of a sandbox organisation.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use orglib_core::{Client, transport::StaticToken};
use orglib_directory::{
    Directory, OrgId,
    model::{ExternalContactPhoneType, NewExternalContactEmail, NewExternalContactPhone},
    prelude::*,
};
use orglib_sandbox::Sandbox;

#[tokio::test]
async fn a_shared_contact_is_made_changed_and_deleted() {
    let sandbox = Sandbox::builder().users(5).build();
    let credentials = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(sandbox.transport()).credentials(Arc::new(credentials)).build();
    let contacts = Directory::new(client, OrgId::try_from(sandbox.org_id()).unwrap()).external_contacts();

    let mut email = NewExternalContactEmail::new("anna@partner.example");
    email.main = Some(true);
    let id = contacts.create("Anna", "Kim", [email.clone()]).company("Partner").send().await.unwrap().id;
    contacts.update(id.clone()).title("Buyer").send().await.unwrap();
    let mut phone = NewExternalContactPhone::new("+7 495");
    phone.kind = Some(ExternalContactPhoneType::Mobile);
    contacts.replace_phones(id.clone(), [phone]).send().await.unwrap();
    email.email = "kim@partner.example".to_owned();
    contacts.replace_emails(id.clone(), [email]).send().await.unwrap();

    let read = contacts.get(id.clone()).send().await.unwrap();
    assert_eq!(
        (&*read.first_name, read.title.as_deref(), read.company.as_deref()),
        ("Anna", Some("Buyer"), Some("Partner"))
    );
    assert_eq!((&*read.emails[0].email, read.emails[0].main), ("kim@partner.example", Some(true)));
    assert_eq!(read.phones[0].kind, ExternalContactPhoneType::Mobile);
    assert_eq!(read.middle_name, None);
    let two = ["a@partner.example", "b@partner.example"];
    let two = two.map(|email| NewExternalContactEmail::new(email).main(true));
    for wrong in [Vec::new(), two.to_vec()] {
        let refused = contacts.replace_emails(id.clone(), wrong).send().await.unwrap_err();
        assert!(
            refused.to_string().contains("exactly one address") && refused.status().is_none(),
            "{refused}"
        );
    }
    assert_eq!(contacts.list().try_collect().await.unwrap().len(), 3);
    contacts.delete(id.clone()).send().await.unwrap();
    assert!(contacts.get(id).find().await.unwrap().is_none());
}
