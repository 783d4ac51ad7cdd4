//! What is said of every report, in each language.

use orglib::jobs::reports::{Demand, Note};

use crate::language::Language;

pub(super) fn resumed(language: Language, parts: usize, from: &str) -> String {
    match language {
        Language::En => format!("{parts} of it were read earlier, from {from} on"),
        Language::Ru => format!("Прочитано раньше, начиная с {from}: {parts}"),
    }
}

pub(super) fn completeness(language: Language, failures: u64) -> String {
    match (language, failures) {
        (Language::En, 0) => "Everything was read".to_owned(),
        (Language::Ru, 0) => "Прочитано всё".to_owned(),
        (Language::En, count) => format!("NOT COMPLETE: {count} could not be read; each is named below"),
        (Language::Ru, count) => format!("НЕ ПОЛНО: не прочитано {count}; перечислено ниже"),
    }
}

pub(super) fn chosen(language: Language, said: &str, rows: u64, of: u64) -> String {
    match language {
        Language::En => format!("{said}: {rows} of {of} rows"),
        Language::Ru => format!("{said}: строк {rows} из {of}"),
    }
}

/// The names of the totals after what is asked about.
pub(super) fn totals(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => ["rows", "not read"],
        Language::Ru => ["строк", "не прочитано"],
    }
}

/// What is known beside the rows.
pub(super) fn note(language: Language, note: &Note) -> String {
    match language {
        Language::En => note.to_string(),
        Language::Ru => in_russian(note),
    }
}

fn in_russian(note: &Note) -> String {
    match note {
        Note::RobotsLeftOut(robots) => format!("Не включены роботы: {robots}"),
        Note::TwoFactorDemanded { of, since } => {
            let of = match of {
                Demand::Everybody => "Организация требует второй фактор от всех",
                Demand::Chosen => "Организация требует второй фактор от избранных",
                Demand::Nobody => "Организация не требует второго фактора ни от кого",
                _ => "Требует ли организация второй фактор, сервис не сообщает",
            };
            let since = since.as_ref().map(|since| format!(", с {since}"));
            format!("{of}{}", since.unwrap_or_default())
        }
        Note::AdministratorsUntold(people) => {
            format!("Администраторы ли они, сервис не сообщает о людях: {people}")
        }
        Note::ManagersAsOf(day) => format!("Менеджеры указаны на {day}"),
        Note::NoGroupOf(role) => {
            let whom = if *role == "administrator" {
                "администраторов"
            } else {
                "заместителей администратора"
            };
            format!("В списке групп нет группы {whom}: есть ли они, неизвестно")
        }
        Note::UnusedFor { days, on } => {
            format!("Не пользовались дольше {days} дней на {on}, последний день статистики")
        }
        Note::OrganizationForwards(addresses) => {
            let addresses =
                addresses.iter().map(|to| to.as_deref().unwrap_or("адрес, который не сообщается"));
            let addresses: Vec<_> = addresses.collect();
            format!("Правила почты организации пересылают письма на {}", addresses.join(", "))
        }
        Note::SessionLife(Some(0)) => "Сеанс живёт без срока".to_owned(),
        Note::SessionLife(Some(seconds)) => format!("Сеанс живёт секунд: {seconds}"),
        Note::SessionLife(None) => "Сколько живёт сеанс, сервис не сообщает".to_owned(),
        Note::EarliestEvent(earliest) => {
            format!("Самое раннее событие журнала — {earliest}; насколько он глубок, не документировано")
        }
        Note::EventsOfNobody(count) => {
            format!("Событий, о которых не сказано, чьи они, и которые не учтены: {count}")
        }
        // A note that is newer than its translation.
        other => other.to_string(),
    }
}
