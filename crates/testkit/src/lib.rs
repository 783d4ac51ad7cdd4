#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod clock;
mod exchange;
mod fault;
mod mock;
mod operation;
mod replay;
mod sample;
mod silent;

pub use crate::{
    answer::Answer,
    clock::ManualClock,
    exchange::{Exchange, SentRequest, request_line},
    fault::{Fault, FaultTransport},
    mock::{MockTransport, When},
    operation::{client, decode, decode_list, encode},
    replay::{RecordTransport, ReplayTransport},
    sample::Sample,
    silent::SilentTransport,
};
