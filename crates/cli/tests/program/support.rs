//! A served sandbox, and the program set up to ask it.

use std::{net::SocketAddr, path::Path, process, thread};

use assert_cmd::Command;
use orglib_sandbox::{Sandbox, SandboxBuilder, Server};
use tokio::sync::oneshot;

/// A sandbox behind HTTP on loopback; it ends with this value.
pub(crate) struct Service {
    pub(crate) sandbox: Sandbox,
    pub(crate) url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Service {
    pub(crate) fn start(builder: SandboxBuilder) -> Self {
        let sandbox = builder.build();
        let (stop, stopped) = oneshot::channel();
        let (ready, url) = std::sync::mpsc::channel();
        let served = sandbox.clone();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let server = Server::bind(served, SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
                ready.send(server.url()).unwrap();
                // An ended sender is an end, too.
                server.serve(async { drop(stopped.await) }).await.unwrap();
            });
        });
        Self { sandbox, url: url.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    /// A small organisation.
    pub(crate) fn small() -> Self {
        Self::start(Sandbox::builder().users(20).resources(40))
    }

    /// The program, asking this sandbox.
    pub(crate) fn orglib(&self, arguments: &[&str]) -> Command {
        let mut command = orglib(arguments);
        command.envs(self.environment());
        command
    }

    /// The same as a process of its own, to be watched and ended.
    pub(crate) fn process(&self, arguments: &[&str]) -> process::Command {
        let mut command = process::Command::new(env!("CARGO_BIN_EXE_orglib"));
        command.env_clear().env("ORGLIB_CONFIG_DIR", nowhere()).envs(self.environment()).args(arguments);
        command
    }

    /// What the program prints on success.
    pub(crate) fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.orglib(arguments).assert().success().get_output().stdout.clone();
        String::from_utf8(output).unwrap()
    }

    /// The address of an employee, by the place in the list.
    pub(crate) fn email(&self, place: usize) -> String {
        let users = self.stdout(&["users", "list", "--format", "csv", "--columns", "email"]);
        users.lines().nth(place + 1).unwrap().to_owned()
    }

    fn environment(&self) -> [(&'static str, String); 4] {
        [
            ("ORGLIB_API360_URL", self.url.clone()),
            ("ORGLIB_CLOUD_URL", self.url.clone()),
            ("ORGLIB_TOKEN", self.sandbox.token().to_owned()),
            ("ORGLIB_ORG_ID", self.sandbox.org_id().to_string()),
        ]
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that failed has said so already.
            let _ = thread.join();
        }
    }
}

/// The program without any settings.
pub(crate) fn orglib(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orglib"));
    command.env_clear().env("ORGLIB_CONFIG_DIR", nowhere()).args(arguments);
    command
}

fn nowhere() -> &'static Path {
    Path::new("/nonexistent/orglib")
}

/// A server that answers each path as it is told, and nothing else; it keeps what it was asked.
pub(crate) struct Answers {
    pub(crate) url: String,
    asked: std::sync::Arc<std::sync::Mutex<Vec<String>>>,
}

impl Answers {
    /// Answers the first of these whose text the request's first line holds, with 200 and this JSON, or with the header
    /// and the body that stand there.
    pub(crate) fn serve(answers: &'static [(&'static str, &'static str)]) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let kept = std::sync::Arc::clone(&asked);
        // It ends with the test's process: nothing tells when the last question has come.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = stream.and_then(|stream| answer(stream, answers, &kept));
            }
        });
        Self { url, asked }
    }

    /// The program, asking this server.
    pub(crate) fn orglib(&self, arguments: &[&str]) -> Command {
        let mut command = orglib(arguments);
        command.envs([("ORGLIB_API360_URL", &self.url), ("ORGLIB_CLOUD_URL", &self.url)]);
        command.env("ORGLIB_TOKEN", "t").env("ORGLIB_ORG_ID", "1");
        command
    }

    /// The first lines of the requests.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(
    stream: std::net::TcpStream,
    answers: &[(&str, &str)],
    asked: &std::sync::Mutex<Vec<String>>,
) -> std::io::Result<()> {
    use std::io::{BufRead, BufReader, Write};

    let mut lines = BufReader::new(&stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let found = answers.iter().find(|(part, _)| first.contains(part));
    asked.lock().unwrap().push(first);
    let (status, answer) = found.map_or(("404 Not Found", "{}"), |(_, answer)| ("200 OK", *answer));
    // Lines of a header, where there are any, end with an empty one.
    let (header, body) = answer.split_once("\r\n\r\n").unwrap_or(("connection: close", answer));
    // A header that tells a length of its own has a body that is cut short.
    let length = match header.contains("content-length") {
        true => String::new(),
        false => format!("content-length: {}\r\n", body.len()),
    };
    write!(&stream, "HTTP/1.1 {status}\r\n{length}{header}\r\n\r\n{body}")
}

/// The rows of a CSV text, without its header.
pub(crate) fn records(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
    records.collect()
}
