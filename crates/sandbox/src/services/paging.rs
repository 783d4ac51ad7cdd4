//! The two ways in which the directory is cut into pages.

use crate::{
    dialect::Refusal,
    spec::{Checked, Shown},
};

/// The largest page of the current host's lists.
const LIMIT_MAX: u64 = 1000;
const LIMIT_DEFAULT: u64 = 20;

/// A page by number and size, as the legacy host counts.
pub(super) struct NumberedPage {
    number: u64,
    size: u64,
}

impl NumberedPage {
    pub(super) fn of(call: &Checked) -> Result<Self, Refusal> {
        let number = call.number("page")?.unwrap_or(1);
        let size = call.number("perPage")?.unwrap_or(10);
        if number == 0 || size == 0 {
            return Err(Refusal::invalid("page and perPage: not from 1"));
        }
        Ok(Self { number, size })
    }

    /// The answer with this page of `items` under `key`. A page past the end is empty.
    pub(super) fn cut<'a, T>(
        &self,
        key: &'static str,
        items: &[T],
        show: impl Fn(&T) -> Shown<'a>,
    ) -> Shown<'a> {
        let skipped = (self.number - 1).saturating_mul(self.size);
        Shown::Fields(vec![
            (key, Shown::List(cut(items, skipped, self.size).map(show).collect())),
            ("page", self.number.into()),
            ("per_page", self.size.into()),
            ("pages", (items.len() as u64).div_ceil(self.size).into()),
            ("total", items.len().into()),
        ])
    }
}

/// A page by limit and offset, as the current host counts.
pub(super) struct OffsetPage {
    limit: u64,
    offset: u64,
}

impl OffsetPage {
    pub(super) fn of(call: &Checked) -> Result<Self, Refusal> {
        let limit = call.number("limit")?.unwrap_or(LIMIT_DEFAULT);
        let offset = call.number("offset")?.unwrap_or_default();
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Refusal::invalid(format!("limit: not from 1 to {LIMIT_MAX}")));
        }
        if offset % limit != 0 {
            return Err(Refusal::invalid("offset: not a multiple of limit"));
        }
        Ok(Self { limit, offset })
    }

    /// The answer with this page of `items`.
    pub(super) fn cut<'a, T>(&self, items: &[T], show: impl Fn(&T) -> Shown<'a>) -> Shown<'a> {
        Shown::Fields(vec![
            ("items", Shown::List(cut(items, self.offset, self.limit).map(show).collect())),
            ("limit", self.limit.into()),
            ("offset", self.offset.into()),
            ("total", items.len().into()),
        ])
    }
}

fn cut<T>(items: &[T], skipped: u64, size: u64) -> impl Iterator<Item = &T> {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    items.iter().skip(number(skipped)).take(number(size))
}
