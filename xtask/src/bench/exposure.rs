//! The exposure report: requests, time, behaviour under a limit, memory, and a peer beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    figures::{Figure, median, percent, table, wall_bound},
    peer, program,
    sandbox::Sandbox,
    walk,
};
use crate::{
    invariants::network_without_features,
    workspace::{self, Result},
};

const LATENCY: Duration = Duration::from_millis(30);
const CONCURRENCY: u32 = 32;
/// What the server under a limit lets through in a second.
const LIMIT: f64 = 40.0;
const MOST_MEMORY: u64 = 120_000_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Fewer runs and smaller organisations: a look, not a measurement.
    #[arg(long)]
    quick: bool,
    /// Leaves out the comparison, which needs Python and PyPI.
    #[arg(long)]
    skip_peer: bool,
}

/// Sizes of one benchmark.
struct Plan {
    runs: usize,
    limited: [u32; 2],
    large: [u32; 2],
}

impl Plan {
    fn new(quick: bool) -> Self {
        if quick {
            Self { runs: 3, limited: [160, 640], large: [2_000, 10_000] }
        } else {
            Self { runs: 7, limited: [620, 2_480], large: [20_000, 100_000] }
        }
    }
}

/// What every measurement needs.
struct Bench {
    program: PathBuf,
    directory: PathBuf,
    plan: Plan,
}

/// Measures, prints the table, and fails where a bound does not hold.
pub(super) fn run(arguments: &Arguments) -> Result {
    let directory = workspace::metadata()?.target_directory.into_std_path_buf().join("bench");
    fs::create_dir_all(&directory)?;
    let bench = Bench { program: program::build()?, directory, plan: Plan::new(arguments.quick) };
    let mut figures = bench.speed(!arguments.skip_peer)?;
    figures.extend(bench.limited()?);
    figures.push(bench.memory()?);
    figures.push(no_network()?);
    println!("{}", table(&figures));
    match figures.iter().filter(|figure| !figure.holds()).count() {
        0 => Ok(()),
        missed => Err(format!("{missed} of the bounds do not hold").into()),
    }
}

impl Bench {
    /// Requests and time at a fixed latency, and the peer on the same server.
    fn speed(&self, with_peer: bool) -> Result<Vec<Figure>> {
        let sandbox = self.sandbox([300, 900], &[])?;
        let least = walk::walk(&sandbox.access)?;
        sandbox.set_latency(LATENCY)?;
        eprintln!("{} people, {} resources, {} runs …", least.people, least.resources, self.plan.runs);
        let concurrency = CONCURRENCY.to_string();
        let (mut walls, mut rows, mut requests) = (Vec::new(), 0, 0);
        for _ in 0..self.plan.runs {
            sandbox.reset()?;
            let run = self.report(&sandbox, &["--concurrency", &concurrency])?;
            rows = run.rows;
            walls.push(run.wall);
            requests = requests.max(sandbox.stats()?.requests);
        }
        let (wall, bound) = (median(walls), wall_bound(least.requests, LATENCY, CONCURRENCY));
        let size = format!("{} people, {} resources", least.people, least.resources);
        let mut figures = vec![
            Figure::bound(
                format!("requests, {size}"),
                requests.to_string(),
                format!("{} needed", least.requests),
                requests <= least.requests,
            ),
            Figure::bound(
                format!("time, {size}, {} ms latency, concurrency {CONCURRENCY}", LATENCY.as_millis()),
                format!("{:.2} s (median of {})", wall.as_secs_f64(), self.plan.runs),
                format!("at most {:.2} s", bound.as_secs_f64()),
                wall <= bound,
            ),
        ];
        if with_peer {
            figures.extend(self.peer(&sandbox, wall, rows)?);
        }
        Ok(figures)
    }

    fn peer(&self, sandbox: &Sandbox, own: Duration, own_rows: u64) -> Result<Vec<Figure>> {
        let python = peer::install(&self.directory)?;
        eprintln!("the peer on the same server …");
        sandbox.reset()?;
        let report = peer::exposure(&python, &sandbox.access, &self.directory)?;
        let requests = sandbox.stats()?.requests;
        let ratio = report.wall().as_secs_f64() / own.as_secs_f64();
        Ok(vec![
            Figure::told(
                "y360-orglib 0.0.13, the same job on the same server",
                format!(
                    "{:.1} s, {requests} requests, {} rows (ours {own_rows}), {} errors",
                    report.wall().as_secs_f64(),
                    report.rows,
                    report.errors
                ),
            ),
            Figure::bound("times as fast as the peer", format!("{ratio:.1}"), "more than 20", ratio > 20.0),
        ])
    }

    /// Behaviour under a limit that nobody told the program.
    fn limited(&self) -> Result<Vec<Figure>> {
        let sandbox = self.sandbox(self.plan.limited, &["--latency", "30ms", "--rate", "40"])?;
        eprintln!("under a limit of {LIMIT} requests a second …");
        let run = self.report(&sandbox, &[])?;
        let stats = sandbox.stats()?;
        let answered = (stats.requests - stats.refused) as f64;
        let used = percent(answered, LIMIT * run.wall.as_secs_f64());
        let refused = percent(stats.refused as f64, stats.requests as f64);
        let what = format!("limit of {LIMIT} requests/s, {} requests", stats.requests);
        Ok(vec![
            Figure::bound(
                format!("{what}: share in use"),
                format!("{used:.1} %"),
                "at least 90 %",
                used >= 90.0,
            ),
            Figure::bound(
                format!("{what}: refused"),
                format!("{refused:.2} %"),
                "at most 3 %",
                refused <= 3.0,
            ),
            Figure::bound(format!("{what}: failed rows"), run.failed.to_string(), "0", run.failed == 0),
        ])
    }

    /// Peak memory of a large report.
    fn memory(&self) -> Result<Figure> {
        let sandbox = self.sandbox(self.plan.large, &[])?;
        let state = sandbox.state()?;
        eprintln!("{} people, {} resources, {} accesses …", state.users, state.resources, state.accesses);
        let run = self.report(&sandbox, &["--concurrency", "32"])?;
        if run.failed > 0 {
            return Err(format!("{} rows of the large report failed", run.failed).into());
        }
        let what = format!("peak memory, {} people, {} resources, CSV", state.users, state.resources);
        let (seconds, bound) = (run.wall.as_secs_f64(), format!("at most {} MB", MOST_MEMORY / 1_000_000));
        Ok(match run.peak_bytes {
            Some(peak) => {
                let measured = format!("{:.1} MB ({} rows in {seconds:.0} s)", peak as f64 / 1e6, run.rows);
                Figure::bound(what, measured, bound, peak <= MOST_MEMORY)
            }
            None => Figure::told(what, "not told by this system"),
        })
    }

    fn sandbox(&self, [users, resources]: [u32; 2], options: &[&str]) -> Result<Sandbox> {
        let mut arguments =
            vec!["--users".to_owned(), users.to_string(), "--resources".to_owned(), resources.to_string()];
        arguments.extend(options.iter().map(|option| (*option).to_owned()));
        Sandbox::start(&self.program, &arguments)
    }

    fn report(&self, sandbox: &Sandbox, options: &[&str]) -> Result<program::Run> {
        let directory: &Path = &self.directory;
        program::exposure(&self.program, &sandbox.access, directory, options)
    }
}

/// A service crate by itself brings no HTTP client and no TLS.
fn no_network() -> Result<Figure> {
    let found = network_without_features("orglib-directory")?;
    let measured = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
    let what = "HTTP clients and TLS under `orglib-directory --no-default-features`";
    Ok(Figure::bound(what, measured, "none", found.is_empty()))
}
