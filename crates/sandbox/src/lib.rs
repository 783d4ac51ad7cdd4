#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod builder;
mod controls;
mod dialect;
mod exchange;
mod faults;
mod grant;
mod info;
mod sandbox;
mod seed;
#[cfg(feature = "server")]
mod server;
mod services;
mod spec;
mod stats;
mod store;
mod transport;

pub use crate::{
    builder::{SandboxBuilder, Scenario, UnknownScenario},
    controls::Rate,
    faults::{FaultKind, Faults, FaultsError},
    grant::Grant,
    info::{Code42Access, Info, ServiceApp, Summary},
    sandbox::{Sandbox, Unfit},
    stats::{OperationStats, Stats},
};

#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use crate::server::Server;
