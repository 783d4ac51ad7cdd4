//! Files that go to Disk and come from there, beside what else does that.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde::Deserialize;

use super::{
    figures::{Figure, median, table},
    peer, program,
    sandbox::{Access, Sandbox},
};
use crate::workspace::{self, Result};

/// The small files.
const SMALL: usize = 1_000;
const SMALL_BYTES: usize = 100_000;
/// The big one.
const BIG_BYTES: u64 = 1_000_000_000;
/// How often the big one goes and comes, in turn with others.
const ROUNDS: usize = 3;
/// How long each answer takes while the small ones go: there is a network between people and the service.
const LATENCY: Duration = Duration::from_millis(30);

/// As many times as fast as the peer, for the small ones.
const FASTER: f64 = 5.0;
/// As many times as long as curl takes that compares digests, for the big one.
const LONGER: f64 = 1.1;
const MOST_MEMORY: u64 = 60_000_000;

const PACKAGE: &str = "yadisk==3.4.1 requests==2.32.5";
const SCRIPT: &str = "xtask/foreign/yadisk_files.py";

#[derive(Deserialize)]
struct Peer {
    up: f64,
    down: f64,
}

/// Measures, prints a Markdown table, and fails where a bound does not hold.
pub(super) fn run() -> Result {
    let directory = workspace::metadata()?.target_directory.into_std_path_buf().join("bench").join("disk");
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory)?;
    let program = program::build()?;
    let python = peer::environment(&directory, "yadisk", PACKAGE)?;
    let mut figures = small(&program, &python, &directory)?;
    figures.extend(big(&program, &directory)?);
    print!("{}", table(&figures));
    let _ = fs::remove_dir_all(&directory);
    match figures.iter().all(Figure::holds) {
        true => Ok(()),
        false => Err("a bound does not hold".into()),
    }
}

fn small(program: &Path, python: &Path, directory: &Path) -> Result<Vec<Figure>> {
    let (files, down) = (directory.join("small"), directory.join("down"));
    fs::create_dir_all(&files)?;
    for number in 0..SMALL {
        fs::write(files.join(format!("{number}.bin")), filled(SMALL_BYTES, number as u64))?;
    }
    let sandbox = Sandbox::start(program, &["--users".to_owned(), "5".to_owned()])?;
    sandbox.set_latency(LATENCY)?;
    let files = text(&files)?;
    ours(program, &sandbox.access, directory, &["create", "/own"])?;
    let up = ours(program, &sandbox.access, directory, &["upload", &files, "/own/"])?;
    let back = ours(program, &sandbox.access, directory, &["download", "/own/small", &text(&down)?])?;
    let mut command = Command::new(python);
    command
        .arg(workspace::root().join(SCRIPT))
        .args([&sandbox.access.url, &files])
        .arg(directory.join("peer-down"));
    command.env("TOKEN", &sandbox.access.token).stdin(Stdio::null());
    let peer: Peer = serde_json::from_str(&workspace::output(&mut command)?)?;
    let figure = |way: &str, ours: &Run, peer: f64| {
        let ratio = peer / ours.wall.as_secs_f64();
        let what =
            format!("{SMALL} files of {} kB {way}, {} ms latency", SMALL_BYTES / 1000, LATENCY.as_millis());
        let measured =
            format!("{:.2} s, yadisk {peer:.1} s: {ratio:.1} times as fast", ours.wall.as_secs_f64());
        Figure::bound(what, measured, format!("at least {FASTER}"), ratio >= FASTER)
    };
    Ok(vec![figure("up", &up, peer.up), figure("down", &back, peer.down)])
}

fn big(program: &Path, directory: &Path) -> Result<Vec<Figure>> {
    let file = directory.join("big.bin");
    fs::write(&file, filled(BIG_BYTES as usize, 7))?;
    let sandbox = Sandbox::start(program, &["--users".to_owned(), "5".to_owned()])?;
    let (file, out) = (text(&file)?, text(&directory.join("out.bin"))?);
    let (mut up, mut down, mut peak) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3], 0);
    for round in 0..ROUNDS {
        let path = format!("/own-{round}.bin");
        let run = ours(program, &sandbox.access, directory, &["upload", &file, &path])?;
        peak = peak.max(run.peak);
        up[0].push(run.wall);
        let there = format!("/curl-{round}.bin");
        let alone = curl(&["--upload-file", &file, &href(&sandbox.access, "upload", &there)?])?;
        up[1].push(alone);
        up[2].push(alone + digested(&file)?);
        let _ = fs::remove_file(&out);
        let run = ours(program, &sandbox.access, directory, &["download", &path, &out])?;
        peak = peak.max(run.peak);
        down[0].push(run.wall);
        let alone = curl(&["--output", &out, &href(&sandbox.access, "download", &path)?])?;
        down[1].push(alone);
        down[2].push(alone + digested(&out)?);
    }
    let [up, up_curl, up_checked] = up.map(median);
    let [down, down_curl, down_checked] = down.map(median);
    let times = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    // Whoever copies with curl and wants to know that it came whole works the digests out besides.
    let figure = |way: &str, ours: Duration, theirs: Duration| {
        let (ratio, ours, theirs) = (times(ours, theirs), ours.as_secs_f64(), theirs.as_secs_f64());
        let measured = format!("{ours:.2} s; curl, md5sum and sha256sum {theirs:.2} s: {ratio:.2} times");
        Figure::bound(format!("1 GB {way}"), measured, format!("at most {LONGER}"), ratio <= LONGER)
    };
    let alone = |way: &str, ours: Duration, theirs: Duration| {
        let measured = format!("{:.2} s: {:.2} times", theirs.as_secs_f64(), times(ours, theirs));
        Figure::told(format!("1 GB {way}, curl alone, which compares nothing"), measured)
    };
    Ok(vec![
        figure("up", up, up_checked),
        alone("up", up, up_curl),
        figure("down", down, down_checked),
        alone("down", down, down_curl),
        Figure::bound(
            "peak memory, 1 GB",
            format!("{:.1} MB", peak as f64 / 1e6),
            format!("at most {} MB", MOST_MEMORY / 1_000_000),
            peak <= MOST_MEMORY,
        ),
    ])
}

struct Run {
    wall: Duration,
    peak: u64,
}

fn ours(program: &Path, access: &Access, directory: &Path, arguments: &[&str]) -> Result<Run> {
    let mut command = Command::new(program);
    command.args(["disk", "resources"]).args(arguments).arg("--quiet").stdout(Stdio::null());
    program::environment(&mut command, access, directory);
    let start = Instant::now();
    let (status, peak) = program::watch(command.spawn()?)?;
    let wall = start.elapsed();
    match status.success() {
        true => Ok(Run { wall, peak: peak.unwrap_or_default() }),
        false => Err(format!("{}: {status}", workspace::describe(&command)).into()),
    }
}

/// The address that a content is put to or fetched from.
fn href(access: &Access, way: &str, path: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Link {
        href: String,
    }
    let url = format!("{}/v1/disk/resources/{way}", access.url);
    let asked = ureq::get(url).query("path", path).header("authorization", format!("OAuth {}", access.token));
    let link: Link = asked.call()?.body_mut().read_json()?;
    Ok(link.href)
}

fn curl(arguments: &[&str]) -> Result<Duration> {
    timed(Command::new("curl").args(["--silent", "--fail"]).args(arguments))
}

/// How long it takes to work out the digests of a file, as people do it.
fn digested(file: &str) -> Result<Duration> {
    Ok(timed(Command::new("md5sum").arg(file))? + timed(Command::new("sha256sum").arg(file))?)
}

fn timed(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    workspace::finish(command.stdin(Stdio::null()).stdout(Stdio::null()))?;
    Ok(start.elapsed())
}

fn text(path: &Path) -> Result<String> {
    let text = path.to_str().map(str::to_owned);
    text.ok_or_else(|| format!("{} is no UTF-8", path.display()).into())
}

/// Bytes that nothing makes smaller (xorshift).
fn filled(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}
