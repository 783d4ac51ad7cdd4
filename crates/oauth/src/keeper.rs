//! Where a token outlives the program.

use std::{any::Any, fmt};

use async_trait::async_trait;
use orglib_core::Error;

use crate::token::Token;

/// What [`TokenKeeper::lock`] gives: dropping it lets the next one renew.
pub type KeeperLock = Box<dyn Any + Send>;

/// Keeps a token that several programs may use and renew. A refresh token is good for one renewal: whoever renews takes
/// the lock, reads what is kept, and keeps what came.
///
/// The methods are called inside one renewal, in this order: `lock`, `load`, and, where nobody else has renewed
/// meanwhile, `save`.
#[async_trait]
pub trait TokenKeeper: Send + Sync + fmt::Debug + 'static {
    /// Waits until nobody else renews.
    ///
    /// # Errors
    /// Why the place cannot be locked. Nothing is asked for then: what came could not be kept.
    async fn lock(&self) -> Result<KeeperLock, Error>;

    /// The token that is kept, as long as it still lives.
    ///
    /// # Errors
    /// Why it cannot be read. Nothing is asked for then.
    async fn load(&self) -> Result<Option<Token>, Error>;

    /// Keeps a new token; the old refresh token may be of no use any more.
    ///
    /// # Errors
    /// Why it cannot be kept. The new token serves all the same while the program runs; say to people that they have to
    /// sign in again.
    async fn save(&self, token: &Token) -> Result<(), Error>;
}
