//! The options that every command takes, and how their values are read.

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{ArgAction, Args};
use orglib::{
    models::{InvalidId, OrgId},
    transport::Rate,
};

use crate::{language::Language, output::Format, renewals::Renewals, standing::Standing};

/// The options that every command takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalOptions {
    /// Use this profile of config.toml [env: ORGLIB_PROFILE]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Ask this organisation [env: ORGLIB_ORG_ID]
    #[arg(long, global = true, value_name = "ID", value_parser = organization)]
    pub(crate) org: Option<OrgId>,

    /// Read the token from this file; `-` is standard input [env: the token itself, ORGLIB_TOKEN]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,

    /// Ask a demo organisation inside the program; nothing leaves the machine
    #[arg(long, global = true)]
    pub(crate) sandbox: bool,

    /// Write in this form [default: by the ending of --output; table on a terminal, else json, lists jsonl]
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,

    /// Write into this file, which appears when it is whole; `-` is standard output
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Do not cut the columns of a table at the width of the terminal
    #[arg(long, global = true)]
    pub(crate) wide: bool,

    /// Write these columns only, in this order
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Option<Vec<String>>,

    /// Write CSV for Excel: semicolons, a byte order mark, cells that look like formulas made harmless
    #[arg(long, global = true)]
    pub(crate) excel: bool,

    /// Put at most this many rows into a page: the riskiest, and the page says so [default: 200000]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) html_rows: Option<usize>,

    /// Write a page or a workbook in this language, as far as it is not data [default: that of LANG, else English; a page
    /// follows its reader's browser]
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Language>,

    /// Have at most this many requests under way [default: 16]
    #[arg(long, global = true, value_name = "N", value_parser = above_zero)]
    pub(crate) concurrency: Option<NonZeroUsize>,

    /// Send at most this many requests a second [default: learned from the service]
    #[arg(long, global = true, value_name = "N", value_parser = per_second)]
    pub(crate) rate: Option<Rate>,

    /// Trust the certificates in this PEM file, beside the machine's own [env: ORGLIB_CA_FILE]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,

    /// Send through this proxy, as in `http://proxy.example.org:3128`; one with a password goes into the variable
    /// [env: ORGLIB_PROXY]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) proxy: Option<String>,

    /// Give up a call after this many seconds, waits and repeated attempts included [default: 120]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,

    /// Say what would be changed, and change nothing
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,

    /// Do not ask before deleting
    #[arg(long, global = true)]
    pub(crate) yes: bool,

    /// Say nothing but errors
    #[arg(long, global = true)]
    pub(crate) quiet: bool,

    /// Show what is sent, on stderr; twice for more
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Whether a file that is written is for its owner only.
    #[arg(skip)]
    pub(crate) secret: bool,

    /// What the end of the program waits for.
    #[arg(skip)]
    pub(crate) renewals: Renewals,

    /// How far the command has come.
    #[arg(skip)]
    pub(crate) standing: Standing,
}

fn organization(text: &str) -> Result<OrgId, String> {
    text.trim().parse().map_err(|error: InvalidId| error.to_string())
}

/// Requests a second.
pub(crate) fn per_second(text: &str) -> Result<Rate, String> {
    let rate = positive(text).and_then(|rate| Rate::per_second(rate).ok());
    rate.ok_or_else(|| format!("give a number of requests a second from {} to {}", Rate::LEAST, Rate::MOST))
}

/// As many as one machine can have under way.
const MOST_REQUESTS: usize = 10_000;

fn above_zero(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse().ok().filter(|number: &NonZeroUsize| number.get() <= MOST_REQUESTS);
    number.ok_or_else(|| format!("give a whole number from 1 to {MOST_REQUESTS}"))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let duration = positive(text).and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    // Less than a nanosecond is no time at all.
    let duration = duration.filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "give a number of seconds above 0".to_owned())
}

fn positive(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_cannot_be_used_are_refused() {
        for text in ["0", "-1", "x", "", "inf", "NaN", "1e400"] {
            assert!(per_second(text).is_err(), "{text}");
            assert!(seconds(text).is_err(), "{text}");
            assert!(above_zero(text).is_err(), "{text}");
        }
        for text in ["1e-300", "0.0001", "1e7"] {
            assert!(per_second(text).is_err(), "{text}");
        }
        for text in ["1e-300", "1e20"] {
            assert!(seconds(text).is_err(), "{text}: no time at all, or more than there is");
        }
        for text in ["18446744073709551615", "10001", "1.5"] {
            assert!(above_zero(text).is_err(), "{text}");
        }
        assert_eq!(per_second("0.5").map(Rate::get), Ok(0.5));
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
    }
}
