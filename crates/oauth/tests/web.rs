//! Signing in on a page.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use http::{Method, header::LOCATION};
use orglib_core::{
    Client, Endpoints, ErrorKind,
    transport::{Request, RequestMeta},
};
use orglib_oauth::{Application, OAuth, WebSignIn};
use orglib_sandbox::Sandbox;
use orglib_testkit::ManualClock;

const HERE: &str = "http://127.0.0.1:8361/";

struct Service {
    sandbox: Sandbox,
    oauth: OAuth,
    clock: ManualClock,
}

fn service() -> Service {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(3).clock(clock.shared()).build();
    let client = Client::builder(sandbox.transport()).clock(clock.shared()).build();
    let application = &sandbox.info().service_app;
    let application = Application::new(&application.client_id).secret(application.client_secret.as_str());
    Service { oauth: OAuth::new(&client, application), sandbox, clock }
}

impl Service {
    fn sign_in(&self, secret: u8) -> WebSignIn {
        WebSignIn::new(self.oauth.application().id(), [secret; 32]).redirect_uri(HERE)
    }

    /// Where the page leads to.
    async fn opened(&self, sign_in: &WebSignIn) -> String {
        let address = sign_in.address(&Endpoints::new()).unwrap();
        let request =
            Request::new(Method::GET, address.parse().unwrap(), RequestMeta::new("authorize", true));
        let answer = self.sandbox.transport().send(request).await.unwrap();
        assert_eq!(answer.status, 302);
        answer.headers[LOCATION].to_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn whoever_began_gets_a_token_once_and_nobody_else_does() {
    let service = service();
    let (sign_in, thief) = (service.sign_in(1).device("orglib-test", "orglib"), service.sign_in(2));
    let led_to = service.opened(&sign_in).await;
    assert!(led_to.starts_with("http://127.0.0.1:8361/?code="), "{led_to}");
    let code = sign_in.code(&led_to).unwrap();
    let token = service.oauth.web_token(&sign_in, code.clone()).send().await.unwrap();
    let who = service.oauth.user_info(token.access_token.clone()).unwrap().send().await.unwrap();
    assert_eq!(who.default_email, Some(service.sandbox.administrator()));
    service.oauth.revoke(token.access_token).send().await.unwrap();
    let again = service.oauth.web_token(&sign_in, code).send().await.unwrap_err();
    assert_eq!(again.code(), Some("invalid_grant"), "a code serves once");

    // A code that somebody else has caught is worth nothing without the proof.
    let caught = sign_in.code(&service.opened(&sign_in).await).unwrap();
    let stolen = service.oauth.web_token(&thief, caught).send().await.unwrap_err();
    assert_eq!(stolen.code(), Some("invalid_grant"), "{stolen}");

    let late = sign_in.code(&service.opened(&sign_in).await).unwrap();
    service.clock.advance(std::time::Duration::from_secs(601));
    assert!(service.oauth.web_token(&sign_in, late).send().await.is_err(), "it lives for ten minutes");
}

#[tokio::test]
async fn what_is_no_answer_to_this_sign_in_is_refused_with_what_to_do() {
    let service = service();
    let sign_in = service.sign_in(1);
    let of_another = service.opened(&service.sign_in(2)).await;
    let state = of_another.rsplit_once("state=").unwrap().1.to_owned();
    let own = service.opened(&sign_in).await;
    let own_state = own.rsplit_once("state=").unwrap().1;
    for (address, code, said) in [
        (of_another.clone(), "wrong_state", "begin again"),
        (own.replace(own_state, &state), "wrong_state", "another sign-in"),
        ("/favicon.ico".to_owned(), "wrong_state", "another sign-in"),
        (format!("/?state={own_state}"), "no_code", "no code"),
        (format!("/?error=access_denied&state={own_state}"), "access_denied", "the person refused"),
        (
            format!("/?error=unauthorized_client&error_description=No&state={own_state}"),
            "unauthorized_client",
            "awaits moderation or is blocked: No",
        ),
    ] {
        let error = sign_in.code(&address).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Auth, Some(code)), "{address}");
        assert!(error.to_string().contains(said), "{error}");
    }
    let refused = sign_in.login_hint("nobody");
    let error = refused.code(&service.opened(&refused).await).unwrap_err();
    assert_eq!(error.code(), Some("access_denied"));
    assert!(!format!("{refused:?}").contains(own_state));
}
