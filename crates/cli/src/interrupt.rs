//! Signals that end the program.

use crate::failure::Failure;

/// Waits for SIGINT or SIGTERM.
pub(crate) async fn interrupted() -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::other(format!("signals cannot be received: {error}"));
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)?;
    Ok(())
}
