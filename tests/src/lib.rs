//! What the tests that cross crates share: a served organisation and a client of it.

use std::net::{Ipv4Addr, SocketAddr};

use orglib::{Endpoints, Error, Yandex360, transport::RetryPolicy};
use orglib_sandbox::{Sandbox, Server};

/// An organisation that is served over HTTP on this machine for as long as it lives.
#[derive(Debug)]
pub struct Served {
    /// The organisation.
    pub sandbox: Sandbox,
    /// Its address.
    pub url: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
}

impl Served {
    /// Serves an organisation on a free port.
    ///
    /// # Errors
    /// Where there is no free port.
    #[allow(clippy::disallowed_methods, reason = "the server lives beside the test that asks it")]
    pub async fn start(sandbox: Sandbox) -> std::io::Result<Self> {
        let server = Server::bind(sandbox.clone(), SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let url = server.url();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        tokio::spawn(server.serve(async move {
            let _ = stopped.await;
        }));
        Ok(Self { sandbox, url, stop: Some(stop) })
    }

    /// A client of the organisation over the network transport, with a token of the caller's choice.
    ///
    /// # Errors
    /// Where the client cannot be built.
    pub fn client(&self, token: &str) -> Result<Yandex360, Error> {
        Yandex360::builder()
            .token(token)
            .org(self.sandbox.org_id())
            .endpoints(Endpoints::all_at(&self.url)?)
            .stack(|stack| stack.retry(RetryPolicy::new().base(std::time::Duration::from_millis(1))))
            .build()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}
