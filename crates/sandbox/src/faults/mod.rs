//! Faults on demand.

mod garble;
mod plan;

use std::{fmt, str::FromStr, time::Duration};

pub(crate) use self::{garble::garble, plan::Plan};

/// What goes wrong on demand. The default is nothing.
///
/// Which request fails, and how, follows from the sandbox's seed, from the request and from how often it was
/// sent, so that a run can be repeated however its requests overlap. A request fails [`in_a_row`] times in
/// succession at most.
///
/// As text, for `--faults`: parts joined by commas.
///
/// | part | meaning |
/// | --- | --- |
/// | `errors=0.25` | a quarter of the answers fail |
/// | `kinds=500+drop` | in these ways only (see [`FaultKind`]); else in every way |
/// | `in-a-row=3` | how often one request may fail in succession |
/// | `late-by=1000` | how many milliseconds late a late answer is |
/// | `unknown` | words that no document knows, where it lists words |
/// | `nulls` | null or missing fields, wherever they are not essential |
/// | `ids` | ids as text |
/// | `all` | `errors=0.25,unknown,nulls,ids` |
/// | `none` | nothing |
///
/// ```
/// let faults: orglib_sandbox::Faults = "errors=0.25,kinds=500+drop,nulls".parse().unwrap();
/// assert_eq!(faults.share, 0.25);
/// assert!(faults.nulls && !faults.unknown_words);
/// assert_eq!(faults.to_string(), "errors=0.25,kinds=500+drop,nulls");
/// ```
///
/// [`in_a_row`]: Self::in_a_row
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Faults {
    /// The share of answers that fail, 0 to 1.
    pub share: f64,
    /// The ways in which they fail.
    pub kinds: Vec<FaultKind>,
    /// How often one request may fail in succession; 3, so that five attempts always reach an answer.
    pub in_a_row: u32,
    /// How late a [late](FaultKind::Late) answer is: 1 s.
    pub late_by: Duration,
    /// Words that no document knows stand where it lists words: types, rights, languages.
    pub unknown_words: bool,
    /// Fields that are not essential are null or missing, lists are null.
    pub nulls: bool,
    /// Ids come as text where the documents say numbers.
    pub ids_as_text: bool,
}

impl Faults {
    /// Nothing goes wrong.
    pub fn none() -> Self {
        Self {
            share: 0.0,
            kinds: FaultKind::ALL.to_vec(),
            in_a_row: 3,
            late_by: Duration::from_secs(1),
            unknown_words: false,
            nulls: false,
            ids_as_text: false,
        }
    }

    /// This share of the answers fails, 0 to 1, in every way but by coming late.
    pub fn errors(share: f64) -> Self {
        let kinds = FaultKind::ALL.into_iter().filter(|kind| *kind != FaultKind::Late).collect();
        Self { share: share.clamp(0.0, 1.0), kinds, ..Self::none() }
    }

    /// Replaces the ways in which answers fail.
    #[must_use]
    pub fn with_kinds(mut self, kinds: impl IntoIterator<Item = FaultKind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// Whether answers are altered after they were made.
    pub(crate) fn garbles(&self) -> bool {
        self.unknown_words || self.nulls || self.ids_as_text
    }
}

impl Default for Faults {
    fn default() -> Self {
        Self::none()
    }
}

/// One way for an answer to fail. Delays asked for with `Retry-After` are of 0 or 1 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// `500`: status 500.
    Internal,
    /// `502`: status 502.
    BadGateway,
    /// `503`: status 503 without `Retry-After`.
    Unavailable,
    /// `503-retry`: status 503 with `Retry-After` in seconds.
    UnavailableRetry,
    /// `429`: status 429 without `Retry-After`.
    Throttled,
    /// `429-retry`: status 429 with `Retry-After` in seconds.
    ThrottledRetry,
    /// `429-date`: status 429 with `Retry-After` as an HTTP date.
    ThrottledDate,
    /// `drop`: the connection breaks before the request is handled.
    Drop,
    /// `lost`: the request is handled, the connection breaks before the answer.
    Lost,
    /// `cut`: the request is handled, the answer's body stops half-way.
    CutOff,
    /// `html`: status 200 with a page of HTML.
    Html,
    /// `html-502`: status 502 with a page of HTML.
    HtmlBadGateway,
    /// `late`: the answer is right, and late.
    Late,
}

impl FaultKind {
    /// Every way.
    pub const ALL: [Self; 13] = [
        Self::Internal,
        Self::BadGateway,
        Self::Unavailable,
        Self::UnavailableRetry,
        Self::Throttled,
        Self::ThrottledRetry,
        Self::ThrottledDate,
        Self::Drop,
        Self::Lost,
        Self::CutOff,
        Self::Html,
        Self::HtmlBadGateway,
        Self::Late,
    ];

    /// The word for it in `--faults`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "500",
            Self::BadGateway => "502",
            Self::Unavailable => "503",
            Self::UnavailableRetry => "503-retry",
            Self::Throttled => "429",
            Self::ThrottledRetry => "429-retry",
            Self::ThrottledDate => "429-date",
            Self::Drop => "drop",
            Self::Lost => "lost",
            Self::CutOff => "cut",
            Self::Html => "html",
            Self::HtmlBadGateway => "html-502",
            Self::Late => "late",
        }
    }
}

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut faults = Self::none();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            faults.add(part)?;
        }
        Ok(faults)
    }
}

impl Faults {
    fn add(&mut self, part: &str) -> Result<(), FaultsError> {
        let wrong = || FaultsError(part.to_owned());
        match part.split_once('=').unwrap_or((part, "")) {
            ("none", "") => *self = Self::none(),
            ("all", "") => {
                *self = Self { unknown_words: true, nulls: true, ids_as_text: true, ..Self::errors(0.25) };
            }
            ("unknown", "") => self.unknown_words = true,
            ("nulls", "") => self.nulls = true,
            ("ids", "") => self.ids_as_text = true,
            ("errors", share) => {
                let share: f64 = share.parse().map_err(|_| wrong())?;
                if !(0.0..=1.0).contains(&share) {
                    return Err(wrong());
                }
                self.share = share;
                if self.kinds == FaultKind::ALL {
                    self.kinds = Self::errors(share).kinds;
                }
            }
            ("kinds", names) => {
                let find = |name| FaultKind::ALL.into_iter().find(|kind| kind.name() == name);
                self.kinds = names.split('+').map(find).collect::<Option<_>>().ok_or_else(wrong)?;
            }
            ("in-a-row", times) => self.in_a_row = times.parse().map_err(|_| wrong())?,
            ("late-by", ms) => self.late_by = Duration::from_millis(ms.parse().map_err(|_| wrong())?),
            _ => return Err(wrong()),
        }
        Ok(())
    }
}

/// Prints the form that is parsed.
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = Self::none();
        let mut parts = Vec::new();
        if self.share > 0.0 {
            parts.push(format!("errors={}", self.share));
            if self.kinds != Self::errors(self.share).kinds {
                let names: Vec<_> = self.kinds.iter().map(|kind| kind.name()).collect();
                parts.push(format!("kinds={}", names.join("+")));
            }
        }
        if self.in_a_row != none.in_a_row {
            parts.push(format!("in-a-row={}", self.in_a_row));
        }
        if self.late_by != none.late_by {
            parts.push(format!("late-by={}", self.late_by.as_millis()));
        }
        let words = [(self.unknown_words, "unknown"), (self.nulls, "nulls"), (self.ids_as_text, "ids")];
        parts.extend(words.iter().filter(|(on, _)| *on).map(|(_, word)| (*word).to_owned()));
        if parts.is_empty() {
            parts.push("none".to_owned());
        }
        f.write_str(&parts.join(","))
    }
}

/// A list of faults that cannot be read; names the part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultsError(String);

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<_> = FaultKind::ALL.iter().map(|kind| kind.name()).collect();
        write!(
            f,
            "`{}` is no fault; known are errors=SHARE (0 to 1), kinds={}, in-a-row=N, late-by=MILLISECONDS, \
             unknown, nulls, ids, all, none",
            self.0,
            kinds.join("+")
        )
    }
}

impl std::error::Error for FaultsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_printed_as_they_are_parsed() {
        for text in [
            "none",
            "errors=0.25",
            "errors=0.1,kinds=500+502+late,in-a-row=2,late-by=250",
            "unknown,nulls,ids",
            "errors=0.25,unknown,nulls,ids",
        ] {
            let faults: Faults = text.parse().unwrap();
            assert_eq!(faults.to_string(), text);
            assert_eq!(faults.to_string().parse::<Faults>().unwrap(), faults);
        }
        let all: Faults = "all".parse().unwrap();
        assert_eq!(all.to_string(), "errors=0.25,unknown,nulls,ids");
    }

    #[test]
    fn a_fault_that_is_not_known_is_named() {
        for text in ["errors=2", "errors=x", "kinds=501", "kinds=", "late-by=1s", "errors", "nul", "nulls=1"]
        {
            let error = text.parse::<Faults>().unwrap_err().to_string();
            assert!(error.contains(&format!("`{text}`")), "{error}");
        }
    }
}
