//! Made-up bodies of models.

use orglib_models::shape::{Kind, Shape, Shaped};
use serde_json::{Map, Value, json};

/// An object may hold objects of its own kind.
const DEEPEST: usize = 3;

/// A body that a model can be read from, with a value for every field.
///
/// ```
/// use orglib_models::directory::User;
/// use orglib_testkit::{Answer, Sample};
///
/// let anna = Sample::of::<User>().with("nickname", "anna").with("name.first", "Anna");
/// let read: User = serde_json::from_value(anna.value()).unwrap();
/// assert_eq!((read.nickname.as_str(), read.name.first.as_str()), ("anna", "Anna"));
/// # let _ =
/// // What a mock answers:
/// Answer::json(anna.json());
/// ```
#[derive(Clone, Debug)]
pub struct Sample(Value);

impl Sample {
    /// A sample of a model.
    #[must_use]
    pub fn of<T: Shaped>() -> Self {
        Self::of_shape(&T::SHAPE)
    }

    /// A sample of what has this shape.
    #[must_use]
    pub fn of_shape(shape: &Shape) -> Self {
        Self(value(shape, 0))
    }

    /// Sets a field, by the name that the model has for it; dots reach into objects.
    ///
    /// # Panics
    /// If there is no such field.
    #[must_use]
    #[allow(clippy::panic, reason = "a test that names no field is to fail")]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        let mut place = &mut self.0;
        for name in field.split('.') {
            place = place.get_mut(name).unwrap_or_else(|| panic!("there is no field `{name}` ({field})"));
        }
        *place = value.into();
        self
    }

    /// The body.
    #[must_use]
    pub fn value(&self) -> Value {
        self.0.clone()
    }

    /// The body, as text.
    #[must_use]
    pub fn json(&self) -> String {
        self.0.to_string()
    }
}

fn value(shape: &Shape, depth: usize) -> Value {
    let one = match shape.kind {
        Kind::Nothing => Value::Null,
        Kind::Flag => json!(true),
        Kind::Integer | Kind::Number => json!(7),
        Kind::Time => json!("2024-01-31T10:00:00Z"),
        Kind::Date => json!("2024-01-31"),
        Kind::Words(words) => words.first().map_or(json!(""), |word| json!(word.word)),
        Kind::Object(_) if depth >= DEEPEST => Value::Null,
        Kind::Object(object) => {
            let mut fields = Map::new();
            for field in object().fields {
                match (field.flat, value(&field.shape, depth + 1)) {
                    (true, Value::Object(beside)) => fields.extend(beside),
                    (_, value) => _ = fields.insert(field.name.to_owned(), value),
                }
            }
            Value::Object(fields)
        }
        Kind::Json => json!({}),
        Kind::Id("OrgGuid") => json!("0a3e2b1c-1111-4222-8333-444455556666"),
        Kind::Id("DomainName") => json!("example.org"),
        Kind::Text | Kind::Secret => json!("text"),
        _ => json!("7"),
    };
    match (shape.many, one) {
        // A list that goes deeper than anybody looks.
        (true, Value::Null) => json!([]),
        (true, one) => json!([one]),
        (false, one) => one,
    }
}
