//! What each report is, in each language.

use orglib::jobs::{
    AccountStatus,
    reports::{
        AdministratorRow, ExternalMemberRow, ForwardingRow, InactiveRow, MailboxAccessRow,
        ServiceApplicationRow, SessionsRow, TwoFactorRow,
    },
};

use super::hand_over::About;
use crate::language::{Both, Language};

pub(super) const FORWARDING: About<ForwardingRow> = About {
    name: "forwarding",
    sheet: "Forwarding",
    title: Both {
        en: "Whose letters are sent on, and where to", ru: "Чьи письма пересылаются и куда"
    },
    of: Both { en: "people", ru: "человек" },
    table: &["email", "address", "is_employee", "with_store", "rule_name"],
    untold: Both {
        en: "What a mail program does by itself the service does not tell",
        ru: "Что почтовая программа пересылает сама, сервис не сообщает",
    },
    counts: |row| !row.is_employee,
    verdict: |language, outside, all| match language {
        Language::En => {
            format!("{outside} of {all} rules send letters to addresses of nobody in the organisation")
        }
        Language::Ru => format!("Правил, пересылающих письма на адреса вне организации: {outside} из {all}"),
    },
};

pub(super) const TWO_FACTOR: About<TwoFactorRow> = About {
    name: "two-factor",
    sheet: "Two-factor",
    title: Both {
        en: "Who signs in with a second factor", ru: "Кто входит со вторым фактором"
    },
    of: Both { en: "people", ru: "человек" },
    table: &["email", "status", "is_admin", "has_2fa", "has_security_phone", "is_2fa_enabled"],
    untold: Both {
        en: "What the second factor is, and how an identity provider checks it, the service does not tell",
        ru: "Какой это фактор и что проверяет внешний провайдер входа, сервис не сообщает",
    },
    counts: |row| row.has_2fa != Some(true),
    verdict: |language, without, all| match language {
        Language::En => format!("{without} of {all} people have set no second factor up, or it is not told"),
        Language::Ru => format!("Не настроили второй фактор, или это неизвестно: {without} из {all}"),
    },
};

pub(super) const ADMINISTRATORS: About<AdministratorRow> = About {
    name: "administrators",
    sheet: "Administrators",
    title: Both {
        en: "Who administers the organisation", ru: "Кто управляет организацией"
    },
    of: Both { en: "people", ru: "человек" },
    table: &["email", "status", "roles", "has_2fa", "has_security_phone", "created_at"],
    untold: Both {
        en: "Which roles a manager has, and who of a partner or of the service may act, the service does not tell",
        ru: "Какие роли у менеджера и кто может действовать от партнёра или сервиса, сервис не сообщает",
    },
    counts: |row| row.has_2fa != Some(true),
    verdict: |language, without, all| match language {
        Language::En => {
            format!("{without} of {all} who administer have set no second factor up, or it is not told")
        }
        Language::Ru => {
            format!("Из управляющих не настроили второй фактор, или это неизвестно: {without} из {all}")
        }
    },
};

pub(super) const INACTIVE: About<InactiveRow> = About {
    name: "inactive",
    sheet: "Inactive",
    title: Both {
        en: "Who has not used the services for long", ru: "Кто давно не пользовался сервисами"
    },
    of: Both { en: "people", ru: "человек" },
    table: &["email", "status", "last_used_date", "unused_days_count", "created_at"],
    untold: Both {
        en: "The statistics count Mail, Disk, Messenger and Telemost; the use of anything else they do not tell",
        ru: "Статистика учитывает Почту, Диск, Мессенджер и Телемост; о прочем она не сообщает",
    },
    counts: |row| may_sign_in(row.status),
    verdict: |language, active, all| match language {
        Language::En => {
            format!(
                "{all} people have used nothing for long; {active} of them are neither blocked nor dismissed"
            )
        }
        Language::Ru => {
            format!("Давно ничем не пользовались: {all}; из них не заблокированы и не уволены: {active}")
        }
    },
};

pub(super) const MAILBOX_ACCESS: About<MailboxAccessRow> = About {
    name: "mailbox-access",
    sheet: "Mailbox access",
    title: Both {
        en: "Who reaches which mailbox that is not their own",
        ru: "У кого доступ к чужим и общим ящикам",
    },
    of: Both { en: "mailboxes", ru: "ящиков" },
    table: &["mailbox_email", "mailbox_type", "actor_email", "actor_status", "roles"],
    untold: Both {
        en: "Who knows the password of a mailbox, or set up a mail program with it, the service does not tell",
        ru: "Кто знает пароль ящика или настроил с ним почтовую программу, сервис не сообщает",
    },
    counts: |row| row.actor_status != AccountStatus::Active,
    verdict: |language, others, all| match language {
        Language::En => format!(
            "{others} of {all} accesses are of people who are blocked, dismissed, or not known to be employees"
        ),
        Language::Ru => {
            format!("Доступов у заблокированных, уволенных или неизвестных людей: {others} из {all}")
        }
    },
};

pub(super) const EXTERNAL_MEMBERS: About<ExternalMemberRow> = About {
    name: "external-members",
    sheet: "External members",
    title: Both {
        en: "Who from outside is a member of a group", ru: "Кто снаружи состоит в группах"
    },
    of: Both { en: "groups", ru: "групп" },
    table: &["group_name", "group_email", "member_type", "member_name", "member_emails"],
    untold: Both {
        en: "Who from outside is in chats, calendars and meetings the service does not tell; what is shared from Disk \
             is in `orglib exposure`",
        ru: "Кто снаружи участвует в чатах, календарях и встречах, сервис не сообщает; открытое на Диске — в `orglib exposure`",
    },
    counts: |_| true,
    verdict: |language, members, _| match language {
        Language::En => format!("{members} members of groups are from outside"),
        Language::Ru => format!("Участников групп снаружи: {members}"),
    },
};

pub(super) const SERVICE_APPLICATIONS: About<ServiceApplicationRow> = About {
    name: "service-applications",
    sheet: "Service applications",
    title: Both {
        en: "Which applications act as any employee",
        ru: "Какие приложения действуют от имени любого сотрудника",
    },
    of: Both { en: "applications", ru: "приложений" },
    table: &["id", "scope"],
    untold: Both {
        en: "Who made an application, when it last acted, and whether the list is in force the service does not tell",
        ru: "Кто создал приложение, когда оно действовало и включён ли список, сервис не сообщает",
    },
    counts: |row| row.scope.is_some(),
    verdict: |language, rights, _| match language {
        Language::En => format!("Applications have {rights} rights to act as any employee"),
        Language::Ru => format!("Прав действовать от имени любого сотрудника: {rights}"),
    },
};

pub(super) const SESSIONS: About<SessionsRow> = About {
    name: "sessions",
    sheet: "Sessions",
    title: Both {
        en: "Who has signed in, how, and from where", ru: "Кто входил, как и откуда"
    },
    of: Both { en: "people", ru: "человек" },
    table: &[
        "email",
        "status",
        "sign_ins_count",
        "last_sign_in_at",
        "addresses_count",
        "app_password_sign_ins_count",
    ],
    untold: Both {
        en: "Which sessions are open now the service does not tell",
        ru: "Какие сеансы открыты сейчас, сервис не сообщает",
    },
    counts: |row| row.app_password_sign_ins_count > 0,
    verdict: |language, with, all| match language {
        Language::En => format!(
            "{with} of {all} people have signed in with an app password, which no second factor guards"
        ),
        Language::Ru => {
            format!("Входили с паролем приложения, который не защищён вторым фактором: {with} из {all}")
        }
    },
};

pub(super) const ONLY_ACTIVE: Both = Both {
    en: "Only accounts that are not blocked or dismissed",
    ru: "Только не заблокированные и не уволенные",
};

pub(super) const ONLY_WITHOUT: Both = Both {
    en: "Only who has set no second factor up",
    ru: "Только те, кто не настроил второй фактор",
};

/// Whether somebody may still sign in, as far as is known.
pub(super) fn may_sign_in(status: AccountStatus) -> bool {
    !matches!(status, AccountStatus::Blocked | AccountStatus::Dismissed)
}
