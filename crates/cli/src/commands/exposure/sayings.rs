//! What is said of the report in a workbook and a page, in each language. The page says the same words by itself, so that
//! its reader may switch.

use orglib::{
    jobs::exposure::{Compared, OpenToEverybody, Warning},
    models::OrgId,
};
use serde::Serialize;

use crate::{commands::said::read_on, language::Language};

/// Of what, of when and of whom the report is.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Begins {
    pub(super) org: OrgId,
    pub(super) read_at: String,
    pub(super) robots: u64,
    pub(super) resumed: Option<Resumed>,
}

/// What of a journal the report is made of.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Resumed {
    pub(super) people: usize,
    pub(super) from: String,
}

impl Begins {
    pub(super) fn lines(&self, language: Language) -> Vec<String> {
        let Self { org, read_at, robots, resumed } = self;
        let mut lines = vec![read_on(language, *org, read_at)];
        if *robots > 0 {
            lines.push(match language {
                Language::En => format!("{robots} robots are left out"),
                Language::Ru => format!("Не включены роботы: {robots}"),
            });
        }
        lines.extend(resumed.as_ref().map(|Resumed { people, from }| match language {
            Language::En => format!("{people} of the people were read earlier, from {from} on"),
            Language::Ru => format!("Прочитаны раньше, начиная с {from}: {people} человек"),
        }));
        lines
    }
}

pub(super) fn title(language: Language) -> &'static str {
    match language {
        Language::En => "What is shared from Disk, and with whom",
        Language::Ru => "Что открыто на Диске и кому",
    }
}

pub(super) fn verdict(language: Language, open: OpenToEverybody) -> String {
    let OpenToEverybody { resources, for_writing, .. } = open;
    match language {
        Language::En => format!(
            "{resources} files and folders are open to everybody who has the link; {for_writing} of them for writing"
        ),
        Language::Ru => format!(
            "Файлов и папок, открытых всем, у кого есть ссылка: {resources}; из них на запись: {for_writing}"
        ),
    }
}

pub(super) fn completeness(language: Language, failures: u64) -> String {
    match (language, failures) {
        (Language::En, 0) => "Everything was read".to_owned(),
        (Language::Ru, 0) => "Прочитано всё".to_owned(),
        (Language::En, count) => {
            format!("NOT COMPLETE: {count} could not be read; the sheet \"Not read\" names them")
        }
        (Language::Ru, count) => {
            format!("НЕ ПОЛНО: не прочитано {count}; перечислено на листе \"Not read\"")
        }
    }
}

pub(super) fn filtered(language: Language, rows: u64, of: u64) -> String {
    match language {
        Language::En => format!("The table has {rows} of {of} accesses: a filter left the others out"),
        Language::Ru => format!("В таблице {rows} из {of} доступов: остальные отсеял фильтр"),
    }
}

pub(super) fn change(language: Language, compared: &Compared) -> String {
    let Compared { new, gone, changed, widened, .. } = compared;
    match language {
        Language::En => format!(
            "Since the earlier report: {new} new, {gone} gone, {changed} changed, {widened} of these wider"
        ),
        Language::Ru => format!(
            "С прошлого отчёта: новых {new}, исчезло {gone}, изменилось {changed}, из них расширилось {widened}"
        ),
    }
}

/// What speaks against taking a comparison as it is.
pub(super) fn warning(language: Language, warning: &Warning) -> String {
    match (language, warning) {
        (Language::Ru, Warning::PeopleUnreadThen { people, file }) => {
            format!("Нет в {}: {people} человек; ничто из их доступов новым не названо", file.display())
        }
        (Language::Ru, Warning::NotComparable(count)) => {
            format!("Нельзя сравнить доступов: {count}; они не были прочитаны тогда или сейчас")
        }
        (Language::Ru, Warning::NoRowOf { words, file }) => {
            let (file, words) = (file.display(), words.join(", "));
            format!("В {file} нет строк {words}: если их тогда отсеял фильтр, они не новые")
        }
        (Language::Ru, Warning::FewOwnersThen { then, now, file }) => format!(
            "В {} есть строки {then} человек, а делятся сейчас {now}: если тот отчёт был не обо всех, не всё это новое",
            file.display()
        ),
        (Language::Ru, Warning::GapsUnknown { file }) => format!(
            "{} не говорит, что тогда не прочитано: пробел того времени выглядит новым (журнал это говорит)",
            file.display()
        ),
        // English, and what is newer than its translation.
        (_, other) => other.to_string(),
    }
}

/// The names of the totals, in the order of their counts.
pub(super) fn totals(language: Language) -> [&'static str; 7] {
    match language {
        Language::En => [
            "employees",
            "resources",
            "accesses",
            "open to everybody",
            "outside",
            "of unknown reach",
            "not read",
        ],
        Language::Ru => [
            "сотрудников",
            "файлов и папок",
            "доступов",
            "открыто всем",
            "наружу",
            "неизвестно кому",
            "не прочитано",
        ],
    }
}
