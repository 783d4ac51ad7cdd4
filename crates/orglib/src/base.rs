//! What the builders of all products have in common: addresses, transport, clock and layers.

use orglib_core::{Client, ClientBuilder, Endpoints, Error};
use orglib_transport::{SharedClock, SharedTransport, StackBuilder, SystemClock};

use crate::environment;

type SetUp = Box<dyn FnOnce(StackBuilder) -> StackBuilder>;

#[derive(Default)]
pub(crate) struct Base {
    pub(crate) endpoints: Option<Endpoints>,
    pub(crate) transport: Option<SharedTransport>,
    pub(crate) clock: Option<SharedClock>,
    pub(crate) stack: Vec<SetUp>,
    /// Certificates to trust and the proxy, as the environment says.
    network: environment::Network,
}

impl Base {
    /// Takes from the environment what has not been set yet.
    pub(crate) fn read_environment(&mut self) -> Result<(), Error> {
        if self.endpoints.is_none() {
            self.endpoints = Some(environment::endpoints()?);
        }
        if self.transport.is_none() {
            self.network = environment::Network::read()?;
        }
        Ok(())
    }

    /// A client without credentials yet.
    pub(crate) fn client(self) -> Result<ClientBuilder, Error> {
        let transport = match self.transport {
            Some(transport) => transport,
            None => network(&self.network)?,
        };
        let builder = crate::OPERATIONS
            .iter()
            .fold(Client::builder(transport), |builder, table| builder.operations(table));
        let builder = builder
            .endpoints(self.endpoints.unwrap_or_default())
            .clock(self.clock.unwrap_or_else(SystemClock::shared));
        Ok(self.stack.into_iter().fold(builder, |builder, set_up| builder.stack(set_up)))
    }
}

/// The setters of a builder that has a [`Base`].
macro_rules! base_setters {
    () => {
        /// Sets where the services are; by default at their public addresses.
        pub fn endpoints(mut self, endpoints: ::orglib_core::Endpoints) -> Self {
            self.base.endpoints = Some(endpoints);
            self
        }

        /// Sets a transport of one's own: a sandbox, a mock, another HTTP client.
        pub fn transport(mut self, transport: ::orglib_transport::SharedTransport) -> Self {
            self.base.transport = Some(transport);
            self
        }

        /// Sets where time, waiting and randomness come from; by default the machine.
        pub fn clock(mut self, clock: ::orglib_transport::SharedClock) -> Self {
            self.base.clock = Some(clock);
            self
        }

        /// Sets up the layers: deadline, retry, rate, concurrency and layers of one's own.
        pub fn stack(
            mut self,
            set_up: impl FnOnce(::orglib_transport::StackBuilder) -> ::orglib_transport::StackBuilder + 'static,
        ) -> Self {
            self.base.stack.push(Box::new(set_up));
            self
        }
    };
}
pub(crate) use base_setters;

#[cfg(feature = "reqwest")]
fn network(network: &environment::Network) -> Result<SharedTransport, Error> {
    let mut builder = orglib_transport::HttpTransport::builder();
    if let Some(pem) = &network.certificates {
        builder = builder.root_certificate_pem(pem.as_slice());
    }
    if let Some(proxy) = &network.proxy {
        builder = builder.proxy_at(proxy.expose()).map_err(|error| Error::config(error.to_string()))?;
    }
    builder
        .build()
        .map(|transport| std::sync::Arc::new(transport) as SharedTransport)
        .map_err(|error| Error::config(error.to_string()))
}

#[cfg(not(feature = "reqwest"))]
fn network(_network: &environment::Network) -> Result<SharedTransport, Error> {
    Err(Error::config("no transport: give one, or build with the feature `reqwest`"))
}
