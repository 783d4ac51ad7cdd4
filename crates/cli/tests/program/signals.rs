//! Interruptions, and what is left after them.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::Duration,
};

use orglib_sandbox::Sandbox;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::{Service, orglib};

const LISTING: &str = "public-owned-by-user";

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

/// Waits until something is true of the machine: the program runs by its own time.
#[allow(clippy::disallowed_methods, reason = "a process of its own is watched")]
fn wait_until(what: &str, mut is: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if is() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("{what} did not happen in 10 s");
}

/// How many whole lines the journal has after its first.
fn finished(journal: &Path) -> u64 {
    let text = fs::read(journal).unwrap_or_default();
    (text.iter().filter(|byte| **byte == b'\n').count() as u64).saturating_sub(1)
}

/// A report that is ended part-way, and taken up again.
fn interrupted_and_resumed(end: Signal) {
    let service = Service::start(Sandbox::builder().users(40).resources(80));
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { directory.path().join(name) };
    let (journal, whole, out) = (path("journal"), path("whole.csv"), path("report.csv"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    service.stdout(&["exposure", "--format", "csv", "--output", &text(&whole)]);
    let people = service.sandbox.stats().requests_of(LISTING);

    service.sandbox.set_latency(Duration::from_millis(20));
    let (journal_name, out_name) = (text(&journal), text(&out));
    let mut arguments = vec!["exposure", "--format", "csv", "--concurrency", "2"];
    arguments.extend(["--journal", &journal_name, "--output", &out_name]);
    let mut child = service.process(&arguments).stderr(Stdio::piped()).spawn().unwrap();
    wait_until("a part of the report", || finished(&journal) >= 5);
    signal(&child, end);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let status = child.wait().unwrap();
    assert!(!out.exists(), "no half report");
    if end != Signal::KILL {
        assert_eq!(status.code(), Some(130));
        assert!(said.contains("people done; continue with --resume"), "{said}");
        let left = fs::read_dir(directory.path()).unwrap().count();
        assert_eq!(left, 2, "only the journal and the whole report are there");
    }
    let done = finished(&journal);
    assert!(done >= 5 && done < people, "{done} of {people}");

    service.orglib(&arguments).assert().code(2);
    service.sandbox.set_latency(Duration::ZERO);
    service.sandbox.reset();
    let resumed =
        service.orglib(&[&arguments[..], &["--resume"]].concat()).assert().success().get_output().clone();
    let told = String::from_utf8(resumed.stderr).unwrap();
    assert!(told.contains(&format!("{done} of them as of ")), "what is old is said with its date: {told}");
    assert_eq!(fs::read(&out).unwrap(), fs::read(&whole).unwrap(), "byte for byte");
    assert_eq!(service.sandbox.stats().requests_of(LISTING), people - done, "nobody is asked twice");

    // A complete one is not replayed: the next night's report is the next night's.
    service.sandbox.reset();
    let again =
        service.orglib(&[&arguments[..], &["--resume"]].concat()).assert().success().get_output().clone();
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("is complete; starting anew"), "{said}");
    assert_eq!(service.sandbox.stats().requests_of(LISTING), people, "everybody is asked");
}

#[test]
fn a_report_ended_by_sigint_is_taken_up_again() {
    interrupted_and_resumed(Signal::INT);
}

#[test]
fn a_report_ended_by_sigterm_is_taken_up_again() {
    interrupted_and_resumed(Signal::TERM);
}

#[test]
fn a_report_ended_by_sighup_is_taken_up_again() {
    interrupted_and_resumed(Signal::HUP);
}

/// A command whose output nobody takes.
fn stuck(arguments: &[&str], directory: &Path) {
    let service = Service::start(Sandbox::builder().users(300).resources(3000));
    for end in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut child =
            service.process(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let held_open = child.stdout.take();
        // Nothing tells from outside that the program is stuck in a write.
        wait_a_moment();
        signal(&child, end);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{end:?}");
        drop(held_open);
        assert!(
            fs::read_dir(directory).unwrap().all(|file| !file
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with(".orglib"))
        );
    }
}

#[allow(clippy::disallowed_methods, reason = "a process of its own is watched")]
fn wait_a_moment() {
    thread::sleep(Duration::from_millis(700));
}

#[test]
fn a_signal_ends_a_command_whose_output_is_stuck() {
    let directory = tempfile::tempdir().unwrap();
    let errors = directory.path().join("errors.csv");
    stuck(&["exposure", "--format", "csv", "--errors", errors.to_str().unwrap()], directory.path());
}

#[test]
fn a_signal_ends_a_command_that_waits_for_a_reader_of_its_pipe() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("pipe");
    std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    stuck(&["users", "list", "--format", "csv", "--output", pipe.to_str().unwrap()], directory.path());
}

#[test]
fn a_report_ended_by_sigkill_is_taken_up_again() {
    interrupted_and_resumed(Signal::KILL);
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a process of its own is watched")]
fn waiting_for_a_token_can_be_interrupted() {
    let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_orglib"));
    process.env_clear().args(["users", "list", "--org", "1", "--token-file", "-"]);
    let mut child = process.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let held_open = child.stdin.take();
    // Nothing tells from outside that the program waits.
    thread::sleep(Duration::from_millis(500));
    signal(&child, Signal::INT);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(held_open);
}

#[test]
fn a_served_sandbox_says_where_it_is_and_ends_cleanly() {
    for end in [Signal::TERM, Signal::INT] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orglib"));
        command.args(["sandbox", "serve", "--port", "0", "--users", "7", "--seed", "3", "--latency", "1ms"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&ready["ready"], &ready["users"], &ready["seed"]), (&true.into(), &7.into(), &3.into()));
        for key in ["url", "management_url", "token"] {
            assert!(ready[key].is_string(), "{key}: {line}");
        }
        assert!(ready["service_app"]["client_id"].is_string() && ready["code42"]["user"].is_string());

        let text = |key: &str| ready[key].as_str().unwrap().to_owned();
        let mut users = orglib(&["users", "list"]);
        users.env("ORGLIB_CLOUD_URL", text("url")).env("ORGLIB_TOKEN", text("token"));
        users.env("ORGLIB_ORG_ID", ready["org_id"].to_string());
        let users = users.assert().success().get_output().stdout.clone();
        assert_eq!(users.iter().filter(|byte| **byte == b'\n').count(), 7);

        signal(&child, end);
        let mut rest = String::new();
        stdout.read_line(&mut rest).unwrap();
        assert_eq!((child.wait().unwrap().code(), rest.as_str()), (Some(0), ""), "one line, and a clean end");
    }
}

#[test]
fn a_served_sandbox_gives_a_shell_every_variable_and_lets_it_go_on() {
    let script = r#"
        eval "$("$0" sandbox serve --print-env --port 0 --users 7 &)"
        "$0" users list --format csv --columns id && "$0" code42 orgs list --format csv
        code=$?
        kill "$ORGLIB_SANDBOX_PID" && exit "$code"
    "#;
    let program = env!("CARGO_BIN_EXE_orglib");
    let mut shell = std::process::Command::new("sh");
    shell.env("ORGLIB_CONFIG_DIR", "/nonexistent/orglib").args(["-c", script, program]);
    // Its end is waited for, with that of the sandbox: both hold standard error.
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.lines().take_while(|line| !line.contains(',')).count(), 8, "{printed}");
    assert!(printed.contains("org_name"), "{printed}");
}

#[test]
fn a_sandbox_that_cannot_be_served_says_why() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for arguments in [
        &["sandbox", "serve", "--port", &port][..],
        &["sandbox", "serve", "--faults", "errors=2"],
        &["sandbox", "serve", "--scenario", "circus"],
        &["sandbox", "serve", "--latency", "soon"],
        &["sandbox", "serve", "--rate", "0"],
        &["sandbox", "serve", "--users", "0"],
        &["sandbox", "serve", "--burst", "3"],
    ] {
        let output = orglib(arguments).assert().code(2).stdout("").get_output().stderr.clone();
        assert_eq!(String::from_utf8(output).unwrap().lines().count(), 1, "{arguments:?}");
    }
}
