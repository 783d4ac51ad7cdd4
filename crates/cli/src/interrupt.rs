//! Signals that end the program.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::oneshot;

use crate::{console, failure::Exit, output::clear_away, standing::Standing};

/// How long a command may take to hear of a signal. One that writes into a pipe that nobody reads never does.
const GRACE: Duration = Duration::from_secs(2);

/// Watches for signals on a thread of its own, for a write that blocks would keep the command's thread from them.
pub(crate) struct Watch {
    signal: Option<oneshot::Receiver<()>>,
    heard: Arc<AtomicBool>,
}

impl Watch {
    /// Begins to watch. A command that does not hear of a signal in time, or is told a second time, is ended from here:
    /// its temporary files go, and the exit code is that of an interruption.
    #[allow(clippy::disallowed_methods, reason = "the program may spawn; the libraries below it do not")]
    pub(crate) fn begin(standing: Standing) -> Self {
        let (sender, signal) = oneshot::channel();
        let heard = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&heard);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            // Without a runtime the system ends the program on a signal, as it does without this thread.
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                let Ok(mut signals) = Signals::listen() else { return };
                signals.next().await;
                let _ = sender.send(());
                tokio::select! {
                    () = signals.next() => {}
                    () = unheard(&told) => {}
                }
                clear_away();
                console::say(&format!("orglib: {}", standing.told()));
                end(Exit::Interrupted);
            });
        });
        Self { signal: Some(signal), heard }
    }

    /// Nothing is watched: the command does so itself.
    pub(crate) fn nothing() -> Self {
        Self { signal: None, heard: Arc::default() }
    }

    /// Waits for a signal.
    pub(crate) async fn interrupted(self) {
        let told = match self.signal {
            Some(signal) => signal.await.is_ok(),
            None => false,
        };
        if !told {
            std::future::pending::<()>().await;
        }
        self.heard.store(true, Ordering::Release);
    }
}

/// Ends once the command has had its time and has not heard.
#[allow(clippy::disallowed_methods, reason = "a stuck command is ended by the machine's clock")]
async fn unheard(heard: &AtomicBool) {
    tokio::time::sleep(GRACE).await;
    if heard.load(Ordering::Acquire) {
        std::future::pending::<()>().await;
    }
}

#[allow(clippy::exit, reason = "the thread that would return is stuck in a write")]
fn end(exit: Exit) -> ! {
    std::process::exit(i32::from(exit.code()))
}

/// SIGINT, SIGTERM, and SIGHUP unless whoever started the program had it ignored.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hangup = if ignores_hangup() { None } else { Some(signal(SignalKind::hangup())?) };
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup,
        })
    }

    async fn next(&mut self) {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hangup => {}
        }
    }
}

/// Whether the program was started so that it outlives its terminal (`nohup`).
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Waits for a signal, in a command that ends by itself.
pub(crate) async fn interrupted() -> Result<(), crate::failure::Failure> {
    let failed = |error| crate::failure::Failure::other(format!("signals cannot be received: {error}"));
    Signals::listen().map_err(failed)?.next().await;
    Ok(())
}
