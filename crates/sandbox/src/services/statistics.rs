//! How much people use the services.

use jiff::{ToSpan, civil::Date};

use super::{Answerers, organization, usage::letters};
use crate::{
    dialect::Refusal,
    exchange::{Answer, File},
    spec::Checked,
    store::Store,
};

pub(super) const ANSWERERS: Answerers = &[("get-user-statistics-export", export)];

/// The columns of the export. Which ones the service writes is not documented: these are the fields of its pages.
const COLUMNS: &str =
    "date,user_id,nickname,is_admin,is_enabled,mail_received_letters_count,disk_last_usage_date";

/// A row for each person and day.
fn export(store: &mut Store, call: &Checked) -> Result<Answer, Refusal> {
    let org = organization(store, call, "org_id")?;
    let (first, last) = period(call)?;
    let most = store.most_statistics_rows;
    let days = first.series(1.day()).take_while(|date| *date <= last);
    let mut rows = days.flat_map(|date| org.people().map(move |person| (date, person)));
    let mut text = format!("{COLUMNS}\n");
    for (date, person) in rows.by_ref().take(most) {
        let uid = person.number("id");
        let letters = letters(date, uid);
        let (is_admin, is_enabled) = (person.flag("is_admin"), person.flag("is_enabled"));
        let login = person.text("nickname");
        text += &format!("{date},{uid},{login},{is_admin},{is_enabled},{letters},{date}\n");
    }
    // How the name of a file that was cut says so is not documented.
    let cut = if rows.next().is_some() { "_truncated" } else { "" };
    let name = format!("users_statistics_{}_{first}_{last}{cut}.csv", org.id);
    Ok(Answer::file(File { media: "text/csv", name, text }))
}

/// The first and the last day that are asked for.
pub(super) fn period(call: &Checked) -> Result<(Date, Date), Refusal> {
    let (first, last) = (day(call, "start_date")?, day(call, "end_date")?);
    if last < first || last > first.saturating_add(3.months()) {
        return Err(Refusal::invalid("end_date: the period is from 1 day to 3 months"));
    }
    Ok((first, last))
}

fn day(call: &Checked, name: &str) -> Result<Date, Refusal> {
    let day = call.text(name).unwrap_or_default();
    day.parse().map_err(|_| Refusal::invalid(format!("{name}: not a day of the calendar")))
}
