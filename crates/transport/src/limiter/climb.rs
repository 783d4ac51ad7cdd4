//! Whether refusals have to do with the rate at all.

/// How many refusals a rate is judged by, before another one is tried and while it is; the more, the less chance decides.
const BASELINE: u32 = 5;
const TRIAL: u32 = 4;
/// While trials are worth nothing, each takes twice as many refusals to come as the one before, so many times.
const RAREST: u32 = 4;
/// A faster rate is worth its refusals where this much more comes through; a slower one, where this much still does.
const GAIN: f64 = 1.25;
const KEPT: f64 = 0.9;
/// How much faster the first trial is, those after one that was worth it, and the slower ones.
const FASTER: f64 = 2.0;
const MUCH_FASTER: f64 = 4.0;
const SLOWER: f64 = 0.5;
/// A rate that is so many times what comes through need not be faster.
const WORTHLESS: f64 = 20.0;
/// So many requests between two refusals show that the rate is about right.
pub(super) const CALM: f64 = 400.0;

/// Compares what comes through at two rates.
///
/// Under a limit no more comes through at twice the rate: only refusals and pauses do. Where refusals come by chance,
/// or because of what others send, more does; then the rate is raised until it is worth nothing any more, and refusals
/// do not lower it. A trial costs a few refusals once in a while, and hardly any throughput, since a server saves up
/// what a pause holds back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Climb {
    /// What was taken since the judgement before, how many seconds that took, and the refusals.
    taken: f64,
    lasted: f64,
    refusals: u32,
    /// The rate before the trial, and what came through at it.
    best: Option<(f64, f64)>,
    trial: Trial,
    /// How many trials in a row were worth nothing.
    useless: u32,
    by_chance: bool,
}

/// Which way the latest trial went.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Trial {
    Faster,
    #[default]
    Slower,
}

/// What follows from a refusal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// The server's limit explains it, as far as is known.
    Limit,
    /// Send at this rate, whatever is refused.
    Hold(f64),
    /// The trial was worth nothing: this rate is about the limit.
    Settled(f64),
}

impl Climb {
    /// Takes in a refusal, before which `taken` requests came through in so many seconds at about `rate`.
    pub(super) fn refused(&mut self, taken: f64, seconds: f64, rate: f64) -> Verdict {
        if taken >= CALM {
            let useless = (self.useless + u32::from(self.best.is_some())).min(RAREST);
            *self = Self { useless, ..Self::default() };
            return Verdict::Limit;
        }
        self.taken += taken;
        self.lasted += seconds;
        self.refusals += 1;
        let enough = if self.best.is_some() { TRIAL } else { BASELINE << self.useless };
        if self.refusals >= enough {
            let goodput = self.taken / self.lasted.max(f64::MIN_POSITIVE);
            (self.taken, self.lasted, self.refusals) = (0.0, 0.0, 0);
            return self.judge(rate, goodput);
        }
        match self.best.is_some() || self.by_chance {
            true => Verdict::Hold(rate),
            false => Verdict::Limit,
        }
    }

    fn judge(&mut self, rate: f64, goodput: f64) -> Verdict {
        let Some((before, least)) = self.best.take() else {
            // Where it is the pauses that cost, a faster rate is not worth a trial.
            let is_turn = self.trial == Trial::Faster || goodput * WORTHLESS < rate;
            self.trial = if self.by_chance && is_turn { Trial::Slower } else { Trial::Faster };
            self.best = Some((rate, goodput));
            return Verdict::Hold(rate * if self.trial == Trial::Faster { FASTER } else { SLOWER });
        };
        if self.trial == Trial::Faster && goodput >= least * GAIN {
            self.by_chance = true;
            self.useless = 0;
            self.best = Some((rate, goodput));
            return Verdict::Hold(rate * MUCH_FASTER);
        }
        let is_kept = self.trial == Trial::Slower && goodput >= least * KEPT;
        let settled = if is_kept { rate } else { before };
        if self.by_chance {
            return Verdict::Hold(settled);
        }
        self.useless = (self.useless + 1).min(RAREST);
        Verdict::Settled(settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rate after so many refusals, from 10 a second, where this much comes through before each one, and each costs
    /// a pause of 1 s.
    fn rate_after(refusals: u32, taken: impl Fn(f64) -> f64) -> f64 {
        let (mut climb, mut rate) = (Climb::default(), 10.0);
        for _ in 0..refusals {
            let taken = taken(rate);
            match climb.refused(taken, 1.0 + taken / rate, rate) {
                Verdict::Limit => {}
                Verdict::Hold(other) | Verdict::Settled(other) => rate = other,
            }
        }
        rate
    }

    /// What a bucket gives: a pause fills it with as much as it takes in a second, and a faster rate empties it sooner.
    fn limit(limit: f64) -> impl Fn(f64) -> f64 {
        move |rate| if rate <= limit { 10.0 * CALM } else { limit * rate / (rate - limit) }
    }

    #[test]
    fn a_limit_is_left_where_it_is() {
        for refusals in [BASELINE - 1, BASELINE + TRIAL, 3 * BASELINE + 2 * TRIAL] {
            assert_eq!(rate_after(refusals, limit(9.9)), 10.0, "{refusals}");
        }
    }

    #[test]
    fn refusals_by_chance_let_the_rate_rise_until_the_pauses_are_all_that_costs() {
        for refusals in [50, 100, 1000] {
            let rate = rate_after(refusals, |_| 20.0);
            assert!((40.0..=640.0).contains(&rate), "{refusals}: {rate}");
        }
    }

    #[test]
    fn a_limit_that_comes_after_chance_is_found() {
        let (mut climb, mut rate) = (Climb::default(), 10.0);
        for number in 0..400 {
            let taken = if number < 100 { 20.0 } else { limit(15.0)(rate) };
            match climb.refused(taken, 1.0 + taken / rate, rate) {
                Verdict::Limit => break,
                Verdict::Hold(other) | Verdict::Settled(other) => rate = other,
            }
        }
        assert!(rate <= 30.0 && !climb.by_chance, "{rate}");
    }
}
