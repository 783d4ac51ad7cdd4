//! `orglib sandbox`.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use clap::{Args, Subcommand};
use orglib::transport::Rate;
use orglib_sandbox::{Faults, Info, Sandbox, Scenario, Server};
use serde::Serialize;

use crate::{console, environment, failure::Failure, interrupt, options::per_second};

/// The variable with the number of the process, for whoever ends it.
const PID: &str = "ORGLIB_SANDBOX_PID";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve a demo organisation over HTTP
    ///
    /// Prints one line of JSON when it is ready: where it listens, the organisation, the token, and under `env` every
    /// variable to set. Ends on SIGTERM and SIGINT.
    Serve(ServeOptions),
}

#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 8360)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// How many employees the organisation has
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..))]
    users: u32,
    /// How many public resources there are in all [default: 3 for each employee]
    #[arg(long, value_name = "N")]
    resources: Option<u32>,
    /// What the organisation is grown from: the same seed gives the same organisation
    #[arg(long, value_name = "S", default_value_t = 7)]
    seed: u64,
    /// What kind of organisation it is: company, by-key or quiet
    #[arg(long, value_name = "NAME", default_value_t = Scenario::Company)]
    scenario: Scenario,
    /// How long each answer takes, for instance 20ms
    #[arg(long, value_name = "TIME", default_value = "0ms", value_parser = duration)]
    latency: Duration,
    /// Refuse more requests a second than this with 429 [default: no limit]
    #[arg(long, value_name = "N", value_parser = per_second)]
    rate: Option<Rate>,
    /// How many requests the limit lets through at once [default: a fifth of the rate]
    #[arg(long, value_name = "N", requires = "rate", value_parser = clap::value_parser!(u32).range(1..))]
    burst: Option<u32>,
    /// Print the variables for a shell instead of a line of JSON, let go of standard output, and go on serving; `kill
    /// $ORGLIB_SANDBOX_PID` ends it. Example: eval "$(orglib sandbox serve --print-env --port 0 &)"
    #[arg(long)]
    print_env: bool,
    /// What goes wrong: errors=SHARE, kinds=500+drop+…, in-a-row=N, late-by=MILLISECONDS, unknown, nulls, ids, all
    #[arg(long, value_name = "FAULTS", default_value_t = Faults::none())]
    faults: Faults,
}

/// `20ms`, `1.5s`, or a number of milliseconds.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => text.strip_suffix('s').map_or((text, 0.001), |number| (number, 1.0)),
    };
    let number: Option<f64> = number.trim().parse().ok();
    let duration = number.and_then(|number| Duration::try_from_secs_f64(number * unit).ok());
    duration.ok_or_else(|| "give a time like 20ms or 1.5s".to_owned())
}

pub(super) async fn run(command: &Command) -> Result<(), Failure> {
    let Command::Serve(options) = command;
    let sandbox = build(options);
    let address = SocketAddr::new(options.bind, options.port);
    let server = Server::bind(sandbox.clone(), address).await;
    let server = server.map_err(|error| {
        Failure::usage(format!(
            "{address} cannot be listened on: {error}; choose another --port, 0 takes a free one"
        ))
    })?;
    announce(&server, sandbox.info(), options.print_env)?;
    let until_signal = async {
        if let Err(failure) = interrupt::interrupted().await {
            console::report(&failure, false);
        }
    };
    let served = server.serve(until_signal).await;
    served.map_err(|error| Failure::other(format!("the sandbox stopped: {error}")))
}

fn build(options: &ServeOptions) -> Sandbox {
    let mut builder = Sandbox::builder()
        .users(options.users)
        .seed(options.seed)
        .scenario(options.scenario)
        .latency(options.latency)
        .faults(options.faults.clone());
    if let Some(resources) = options.resources {
        builder = builder.resources(resources);
    }
    if let Some(rate) = options.rate {
        let rate = orglib_sandbox::Rate::new(rate.get());
        builder = builder.rate(match options.burst {
            Some(burst) => rate.with_burst(f64::from(burst)),
            None => rate,
        });
    }
    builder.build()
}

#[derive(Serialize)]
struct Ready<'a> {
    ready: bool,
    url: String,
    management_url: String,
    #[serde(flatten)]
    info: &'a Info,
    /// Every variable that the program and the libraries read to ask this sandbox.
    env: BTreeMap<&'static str, String>,
}

fn announce(server: &Server, info: &Info, print_env: bool) -> Result<(), Failure> {
    let (url, management_url) = (server.url(), server.management_url());
    let env = variables(&url, info);
    let text = if print_env {
        let process = std::process::id().to_string();
        let variables = env.iter().map(|(name, value)| (*name, value.as_str()));
        let variables = variables.chain([(PID, process.as_str())]);
        variables.map(|(name, value)| format!("export {name}={}\n", quoted(value))).collect()
    } else {
        let line = serde_json::to_string(&Ready { ready: true, url, management_url, info, env });
        line.map_err(|error| Failure::other(format!("the sandbox cannot be described: {error}")))? + "\n"
    };
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|error| Failure::output(&error))?;
    if print_env { let_go().map_err(|error| Failure::output(&error)) } else { Ok(()) }
}

/// Ends standard output: a shell that takes the variables from it waits for its end, and the sandbox goes on.
fn let_go() -> io::Result<()> {
    #[cfg(unix)]
    rustix::stdio::dup2_stdout(std::fs::OpenOptions::new().write(true).open("/dev/null")?)?;
    Ok(())
}

fn variables(url: &str, info: &Info) -> BTreeMap<&'static str, String> {
    let urls = environment::URLS.map(|(_, name)| (name, url.to_owned()));
    let others = [
        (environment::TOKEN, info.token.clone()),
        (environment::ORG_ID, info.org_id.to_string()),
        (environment::CLIENT_ID, info.service_app.client_id.clone()),
        (environment::CLIENT_SECRET, info.service_app.client_secret.clone()),
        (environment::CODE42_USER, info.code42.user.clone()),
        (environment::CODE42_PASSWORD, info.code42.password.clone()),
        (environment::CODE42_CLIENT_ID, info.code42.client_id.clone()),
        (environment::CODE42_CLIENT_SECRET, info.code42.client_secret.clone()),
    ];
    urls.into_iter().chain(others).collect()
}

/// The value as one word of a shell.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_word_of_a_shell() {
        assert_eq!(quoted("a b$c"), "'a b$c'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn a_latency_has_a_unit_or_is_in_milliseconds() {
        for (text, milliseconds) in [("20ms", 20), ("20", 20), ("1.5s", 1500), ("0ms", 0)] {
            assert_eq!(duration(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "ms", "-1ms", "1m", "NaN", "inf"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
