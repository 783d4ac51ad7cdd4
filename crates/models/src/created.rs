//! What comes of making something.

use serde::{Deserialize, Serialize};

use crate::shape::{Field, Kind, Object, Shape, Shaped};

/// Something that was made, by its id, which is all that the service tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Created<Id> {
    /// The id of what was made.
    pub id: Id,
}

impl<Id: Shaped> Created<Id> {
    const FIELDS: [Field; 1] =
        [Field::new("id", &["id"], Id::SHAPE, "The id of what was made.").required(true)];
    const OBJECT: Object = Object::new("Created", "Something that was made, by its id.", &Self::FIELDS);
}

impl<Id: Shaped> Shaped for Created<Id> {
    const SHAPE: Shape = Shape::of(Kind::Object(|| &Self::OBJECT));
}
