//! How each host words its refusals.

use http::StatusCode;
use serde_json::{Value, json};

/// Whose manners an answer follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `api360.yandex.net`.
    Api360,
    /// `cloud-api.yandex.net` but for Disk.
    Cloud,
    /// `cloud-api.yandex.net/v1/disk`.
    Disk,
    /// `oauth.yandex.ru` and `login.yandex.ru`.
    OAuth,
    /// A Code42 console.
    Code42,
    /// The older calls of a Code42 console.
    Code42Older,
}

impl Dialect {
    /// The dialect of a document of `spec/`.
    pub(crate) fn of_document(name: &str) -> Self {
        match name {
            "yandex360-api360" => Self::Api360,
            "yandex-disk" => Self::Disk,
            "yandex-oauth" => Self::OAuth,
            "code42" => Self::Code42,
            _ => Self::Cloud,
        }
    }

    /// The dialect of a path that no document knows.
    pub(crate) fn of_path(path: &str) -> Self {
        const PREFIXES: [(&str, Dialect); 11] = [
            ("/v1/disk", Dialect::Disk),
            ("/v1/orgs", Dialect::Code42),
            ("/v1/oauth", Dialect::Code42),
            ("/v1/auth", Dialect::Code42),
            ("/v1/", Dialect::Cloud),
            ("/directory/", Dialect::Api360),
            ("/security/", Dialect::Api360),
            ("/admin/", Dialect::Api360),
            ("/api/v1/", Dialect::Code42Older),
            ("/api/v3/auth/", Dialect::Code42Older),
            ("/api/", Dialect::Code42),
        ];
        let known = PREFIXES.iter().find(|(prefix, _)| path.starts_with(prefix));
        known.map_or(Self::OAuth, |(_, dialect)| *dialect)
    }

    /// Whether every call needs a Yandex OAuth token.
    pub(crate) fn needs_token(self) -> bool {
        matches!(self, Self::Api360 | Self::Cloud | Self::Disk)
    }

    /// The body of a refusal in this host's shape.
    pub(crate) fn body(self, refusal: &Refusal, request_id: &str) -> Value {
        let text = &refusal.text;
        match self {
            Self::Api360 => json!({
                "code": grpc_code(refusal.status),
                "message": text,
                "details": [{"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": request_id}],
            }),
            Self::Cloud => json!({
                "error": refusal.code.unwrap_or(cloud_code(refusal.status)),
                "description": text,
                "message": message(refusal.status),
                "details": {},
            }),
            Self::Disk => json!({
                "error": refusal.code.unwrap_or(disk_code(refusal.status)),
                "description": text,
                "message": message(refusal.status),
            }),
            // Faults of the header are told by a phrase alone.
            Self::OAuth if text.is_empty() => json!({"error": refusal.code}),
            Self::OAuth => json!({
                "error": refusal.code.unwrap_or(oauth_code(refusal.status)),
                "error_description": text,
            }),
            Self::Code42Older => json!([{"name": code42_key(refusal.status), "description": text}]),
            Self::Code42 => json!({
                "data": null,
                "error": [{"primaryErrorKey": code42_key(refusal.status), "otherErrors": [text]}],
                "warnings": null,
            }),
        }
    }
}

/// Why a request is not done, before a host's shape is put around it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// The service's own word for it, where it is not the usual one of the status.
    code: Option<&'static str>,
    text: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, code: None, text: text.into() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A parameter or a body that the document does not allow.
    pub(crate) fn invalid(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, text)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    pub(crate) fn forbidden(text: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, text)
    }

    pub(crate) fn not_found(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, text)
    }

    pub(crate) fn conflict(text: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, text)
    }

    /// A value that is well-formed and means nothing.
    pub(crate) fn unprocessable(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, text)
    }

    pub(crate) fn with_code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }
}

fn grpc_code(status: StatusCode) -> u16 {
    match status.as_u16() {
        400 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        409 => 6,
        429 => 8,
        501 | 405 => 12,
        502..=504 => 14,
        _ => 13,
    }
}

fn cloud_code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 | 422 => "invalid_argument",
        401 => "unauthorized",
        403 => "permission_denied",
        404 => "not_found",
        405 => "method_not_allowed",
        409 => "conflict",
        429 => "too_many_requests",
        501 => "not_implemented",
        502..=504 => "unavailable",
        _ => "internal",
    }
}

fn oauth_code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "invalid_request",
        401 => "invalid_token",
        _ => cloud_code(status),
    }
}

fn disk_code(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "FieldValidationError",
        401 => "UnauthorizedError",
        403 => "ForbiddenError",
        404 => "DiskNotFoundError",
        405 => "MethodNotAllowedError",
        429 => "TooManyRequestsError",
        501 => "NotImplementedError",
        502..=504 => "ServiceUnavailableError",
        _ => "InternalServerError",
    }
}

fn code42_key(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "INVALID_REQUEST",
        401 => "UNAUTHORIZED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        501 => "NOT_IMPLEMENTED",
        _ => "SYSTEM",
    }
}

/// The text for people, in the language of the account.
fn message(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 | 422 => "Ошибка проверки полей запроса.",
        401 => "Не авторизован.",
        403 => "Доступ запрещён. Возможно, у приложения недостаточно прав для данного действия.",
        404 => "Не удалось найти запрошенный ресурс.",
        405 => "Метод не поддерживается.",
        409 => "Конфликт.",
        429 => "Слишком много запросов.",
        501 => "Не реализовано.",
        502..=504 => "Сервис временно недоступен.",
        _ => "Внутренняя ошибка сервиса.",
    }
}
