//! How far a command has come, for whoever interrupts it.

use std::sync::{Arc, Mutex, PoisonError};

/// How far a command has come. Clones tell the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing(Arc<Mutex<Option<State>>>);

#[derive(Clone, Debug)]
struct State {
    done: usize,
    total: usize,
    of: &'static str,
    /// How to go on.
    advice: &'static str,
}

impl Standing {
    /// Begins to count what there is to do.
    pub(crate) fn begin(&self, total: usize, of: &'static str, advice: &'static str) {
        *self.state() = Some(State { done: 0, total, of, advice });
    }

    /// One more is done.
    pub(crate) fn advance(&self) {
        if let Some(state) = &mut *self.state() {
            state.done += 1;
        }
    }

    /// What is said when the command is interrupted.
    pub(crate) fn told(&self) -> String {
        match &*self.state() {
            Some(State { done, total, of, advice }) => {
                format!("interrupted; {done} of {total} {of} done; {advice}")
            }
            None => "interrupted".to_owned(),
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, Option<State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interruption_says_what_is_done_and_how_to_go_on() {
        let standing = Standing::default();
        assert_eq!(standing.told(), "interrupted");
        standing.begin(194, "people", "continue with --resume");
        (0..11).for_each(|_| standing.clone().advance());
        assert_eq!(standing.told(), "interrupted; 11 of 194 people done; continue with --resume");
    }
}
