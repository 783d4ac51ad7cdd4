//! When the next request may go: the arithmetic of the limiter, without clock, lock or waiting.

use std::{mem, time::Duration};

use super::{
    climb::{CALM, Climb, Verdict},
    estimate::{Departures, Estimator},
};
use crate::RatePolicy;

/// What the class does without a word from the server: the pause after a 429 that names no delay. It doubles
/// while nothing but refusals comes back.
const DEFAULT_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_DEFAULT_PAUSE: Duration = Duration::from_secs(30);

/// How far behind schedule a request may be and still be made up for. Covers timers that round to milliseconds
/// and stays far below what any server allows as a burst.
const SLACK: Duration = Duration::from_millis(10);

/// The slowest that a class is slowed down to, in requests per second.
const SLOWEST: f64 = 0.5;

/// While a limit is looked for, the rate doubles in this many seconds, but not within fewer requests than these.
const DOUBLING: f64 = 0.5;
const REQUESTS_TO_DOUBLE: f64 = 4.0;
const FASTEST: f64 = 1e6;

/// Share of the measured limit that a class goes on with after a 429.
const START: f64 = 0.96;
/// Share of the measured limit where growth is slowest.
const PLATEAU: f64 = 0.985;
/// Seconds from the start to the plateau, and again from there to as far above it as the start was below.
const PLATEAU_AFTER: f64 = 20.0;
/// The same after a measurement on few requests, which is quickly tried out.
const QUICKEST_PLATEAU: f64 = 3.0;
/// A class that passes the measured limit by this much unrefused looks for the new limit in doublings.
const LIMIT_HAS_RISEN: f64 = 1.15;

/// A class without a departure for longer is not in use.
const IDLE: Duration = Duration::from_secs(1);

/// Epochs of fewer requests are no base for a limit that is held to.
const ENOUGH: f64 = 100.0;
/// Seconds of use within which a refusal contradicts the measured limit, however many requests left; and the
/// same where few left.
const SOON: f64 = 5.0;
const LATE: f64 = 30.0;
/// A contradicted limit is corrected to this share of itself or less, so many times in a row.
const CORRECTION: f64 = 0.85;
const CORRECTIONS: u32 = 5;
/// A correction that held for a while makes the limit before it less trusted by this.
const DISTRUST: f64 = 0.95;
/// After so many contradictions in a row, corrections are tried again.
const DEAF_UNTIL: u32 = 25;

/// The pace of one class.
#[derive(Debug)]
pub(super) struct Pacer {
    pace: Pace,
    learns: bool,
    next: Duration,
    paused_until: Duration,
    epoch: Epoch,
    estimator: Estimator,
    burst_ended: Duration,
    fruitless: u32,
    anything_taken: bool,
    contradictions: u32,
    trusted: f64,
    climb: Climb,
}

/// The time between two refusals. Requests on their way when a refusal arrives belong to the epoch they were
/// sent in, so that their refusals say nothing new.
#[derive(Debug, Default)]
struct Epoch {
    number: u64,
    departures: Departures,
    began: Duration,
    accepted: u64,
    unsent: u64,
    /// When the epoch before ended.
    since: Duration,
    /// For how many seconds it was in use, the pause before it included.
    lasted: f64,
}

#[derive(Clone, Copy, Debug)]
enum Pace {
    /// No rate is known to be too high.
    Free,
    /// The same rate for ever.
    Fixed(f64),
    /// A rate that doubles again and again.
    Doubling(f64),
    /// A rate that refusals do not change: one that is tried, or one that they have nothing to do with.
    Held(f64),
    /// On a cubic curve around the measured `limit`; `driven` is the time in seconds that a rate was in use.
    Cubic { limit: f64, plateau_after: f64, driven: f64 },
}

impl Pace {
    /// Requests per second, if there is a rate.
    fn rate(self) -> Option<f64> {
        match self {
            Self::Free => None,
            Self::Fixed(rate) | Self::Doubling(rate) | Self::Held(rate) => Some(rate),
            Self::Cubic { limit, plateau_after, driven } => {
                let distance = driven / plateau_after - 1.0;
                Some(limit * (PLATEAU + (PLATEAU - START) * distance.powi(3)))
            }
        }
    }

    /// The pace after a request that left `seconds` after the one before.
    fn drive(self, seconds: f64) -> Self {
        match self {
            Self::Free | Self::Fixed(_) | Self::Held(_) => self,
            Self::Doubling(rate) => {
                let doublings = (seconds / DOUBLING).min(1.0 / REQUESTS_TO_DOUBLE);
                Self::Doubling((rate * doublings.exp2()).min(FASTEST))
            }
            Self::Cubic { limit, plateau_after, driven } => {
                let moved = Self::Cubic { limit, plateau_after, driven: driven + seconds };
                match moved.rate() {
                    Some(rate) if rate > limit * LIMIT_HAS_RISEN => Self::Doubling(rate),
                    _ => moved,
                }
            }
        }
    }
}

/// Leave to send one request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket {
    epoch: u64,
    left: Duration,
}

impl Pacer {
    pub(super) fn new(policy: RatePolicy) -> Self {
        let (pace, learns) = match policy {
            RatePolicy::Learned => (Pace::Free, true),
            RatePolicy::Fixed(rate) => (Pace::Fixed(rate.get()), false),
        };
        Self {
            pace,
            learns,
            next: Duration::ZERO,
            paused_until: Duration::ZERO,
            epoch: Epoch::default(),
            estimator: Estimator::default(),
            burst_ended: Duration::ZERO,
            fruitless: 0,
            anything_taken: false,
            contradictions: 0,
            trusted: 0.0,
            climb: Climb::default(),
        }
    }

    /// How long the next request has to wait.
    pub(super) fn wait(&self, now: Duration) -> Duration {
        self.next.max(self.paused_until).saturating_sub(now)
    }

    /// What is left of the pause that the server asked for.
    pub(super) fn pause(&self, now: Duration) -> Duration {
        self.paused_until.saturating_sub(now)
    }

    /// Requests a second, if there is a rate.
    pub(super) fn rate(&self) -> Option<f64> {
        self.pace.rate()
    }

    /// Takes leave to send one request now, if it need not wait.
    pub(super) fn take(&mut self, now: Duration) -> Option<Ticket> {
        if !self.wait(now).is_zero() {
            return None;
        }
        self.drive(now);
        if let Some(rate) = self.pace.rate() {
            let interval = Duration::from_secs_f64(1.0 / rate);
            let due = self.next.max(now.saturating_sub(SLACK.min(interval)));
            self.next = due.saturating_add(interval);
        }
        self.epoch.lasted += self.in_use(now).as_secs_f64();
        if self.epoch.departures.count() == 0 {
            self.epoch.began = now;
        }
        self.epoch.departures.push(now.as_secs_f64());
        Some(Ticket { epoch: self.epoch.number, left: now })
    }

    /// Told that a request did not reach the server.
    pub(super) fn unsent(&mut self, ticket: Ticket) {
        if ticket.epoch == self.epoch.number {
            self.epoch.unsent += 1;
        }
    }

    /// Told that the server took a request.
    pub(super) fn accepted(&mut self, ticket: Ticket) {
        self.anything_taken = true;
        if ticket.epoch == self.epoch.number {
            self.epoch.accepted += 1;
        } else if ticket.epoch == 0 && self.epoch.number == 1 && ticket.left <= self.burst_ended {
            self.estimator.burst_grew();
        }
    }

    /// Told that the server refused a request with 429 and asked for this delay.
    pub(super) fn refused(&mut self, ticket: Ticket, now: Duration, delay: Option<Duration>) {
        if ticket.epoch == self.epoch.number {
            self.end_epoch(ticket, now);
        }
        let pause = delay.unwrap_or_else(|| self.default_pause());
        self.pause_for(pause, now);
    }

    /// Told that the server is away for so long, whatever the rate.
    pub(super) fn away(&mut self, ticket: Ticket, now: Duration, delay: Duration) {
        self.accepted(ticket);
        self.pause_for(delay, now);
    }

    fn pause_for(&mut self, pause: Duration, now: Duration) {
        self.paused_until = self.paused_until.max(now.saturating_add(pause));
        self.next = self.next.max(self.paused_until);
    }

    fn end_epoch(&mut self, refused: Ticket, now: Duration) {
        self.fruitless = if mem::take(&mut self.anything_taken) { 0 } else { self.fruitless + 1 };
        if self.learns {
            self.pace = match self.pace {
                Pace::Free => self.first_rate(refused, now),
                _ => self.next_rate(refused, now),
            };
        }
        self.epoch = Epoch { number: self.epoch.number + 1, since: now, ..Epoch::default() };
        self.next = Duration::ZERO;
    }

    /// The pace after the first refusal. What was taken until then is how deep the server's bucket is rather than
    /// how fast it fills. Requests that left at almost the same time reach the server in any order, so those that
    /// left up to half a round trip after the refused one belong to the burst too.
    fn first_rate(&mut self, refused: Ticket, now: Duration) -> Pace {
        self.burst_ended = refused.left + now.saturating_sub(refused.left) / 2;
        let (began, ended) = (self.epoch.began.as_secs_f64(), refused.left.as_secs_f64());
        self.estimator.burst(self.epoch.accepted, began, ended);
        let from = self.epoch.accepted as f64 / (ended - began).max(1.0);
        Pace::Doubling(from.max(1.0))
    }

    /// The pace after a refusal that was not the first: a slower one, or now and then a faster one, to see whether the
    /// refusals have to do with the rate.
    fn next_rate(&mut self, refused: Ticket, now: Duration) -> Pace {
        let Epoch { departures, unsent, .. } = &self.epoch;
        let taken = departures.count().saturating_sub(unsent + 1) as f64;
        let seconds = self.epoch.lasted + self.in_use(now).as_secs_f64();
        let rate = self.pace.rate().unwrap_or(SLOWEST);
        match self.climb.refused(taken, seconds, rate) {
            Verdict::Limit => self.slower(refused),
            Verdict::Hold(rate) => Pace::Held(rate.clamp(SLOWEST, FASTEST)),
            Verdict::Settled(limit) => {
                Pace::Cubic { limit: limit.max(SLOWEST), plateau_after: QUICKEST_PLATEAU, driven: 0.0 }
            }
        }
    }

    /// The pace after a refusal that is taken for the server's limit.
    fn slower(&mut self, refused: Ticket) -> Pace {
        let Epoch { departures, unsent, .. } = &self.epoch;
        let sent = departures.count() as f64;
        let estimate = self.estimator.estimate(departures, *unsent, refused.left.as_secs_f64());
        let rate = self.pace.rate().unwrap_or(f64::INFINITY);
        let few = sent < ENOUGH;
        let limit = match self.pace {
            Pace::Cubic { limit, driven, .. } if driven < SOON || (few && driven < LATE) => {
                if driven >= SOON {
                    self.trusted = (self.trusted * DISTRUST).max(limit);
                }
                self.corrected(estimate.likely.min(limit * CORRECTION).max(estimate.at_least))
            }
            Pace::Cubic { limit, .. } if rate < limit => self.corrected(estimate.likely.min(limit)),
            Pace::Doubling(_) if few && self.trusted > 0.0 => estimate.likely.min(rate),
            _ => {
                self.contradictions = 0;
                self.trusted = estimate.likely.min(rate);
                self.trusted
            }
        };
        let plateau_after = match limit < self.trusted * CORRECTION {
            true => QUICKEST_PLATEAU,
            false => (sent / 2.0).clamp(QUICKEST_PLATEAU, PLATEAU_AFTER),
        };
        Pace::Cubic { limit: limit.max(SLOWEST), plateau_after, driven: 0.0 }
    }

    /// The limit after a refusal that the measured one does not explain. First the limit is taken to have fallen.
    /// If the refusals go on all the same, no rate explains them: the class goes back to the limit that it
    /// trusted before them and only pauses, so that such refusals cannot push the rate down step by step.
    fn corrected(&mut self, correction: f64) -> f64 {
        self.contradictions += 1;
        match self.contradictions {
            0..=CORRECTIONS => correction,
            DEAF_UNTIL.. => {
                self.contradictions = 0;
                self.trusted
            }
            _ => self.trusted,
        }
    }

    /// How long the class was in use since the last departure, or since the pause before the first one began.
    fn in_use(&self, now: Duration) -> Duration {
        match self.epoch.departures.last() {
            Some(last) => now.saturating_sub(Duration::from_secs_f64(last)).min(IDLE),
            None => now.min(self.paused_until).saturating_sub(self.epoch.since),
        }
    }

    fn drive(&mut self, now: Duration) {
        let (Some(last), Some(rate)) = (self.epoch.departures.last(), self.pace.rate()) else { return };
        if matches!(self.pace, Pace::Held(_)) && self.epoch.departures.count() as f64 >= CALM {
            // Nothing is refused any more: what holds the rate may be gone.
            self.pace = Pace::Doubling(rate);
        }
        self.pace = self.pace.drive((now.as_secs_f64() - last).min(2.0 / rate));
    }

    fn default_pause(&self) -> Duration {
        DEFAULT_PAUSE.saturating_mul(1 << self.fruitless.min(5)).min(LONGEST_DEFAULT_PAUSE)
    }
}
