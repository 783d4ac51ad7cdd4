#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod controls;
mod dialect;
mod exchange;
mod faults;
mod info;
mod sandbox;
#[cfg(feature = "server")]
mod server;
mod stats;
mod transport;

pub use crate::{
    builder::{SandboxBuilder, Scenario, UnknownScenario},
    controls::Rate,
    faults::{FaultKind, Faults, FaultsError},
    info::{Code42Access, Info, ServiceApp, Summary},
    sandbox::Sandbox,
    stats::{OperationStats, Stats},
};

#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use crate::server::Server;
