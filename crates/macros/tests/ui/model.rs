use orglib_macros::model;

#[model]
struct Tuple(u8);

#[model]
enum Enum {}

#[model(required)]
struct OptionOfModel {
    name: String,
}

#[model]
struct OptionOfField {
    #[model(optional)]
    name: String,
}

#[model]
struct PlainFlag {
    is_enabled: bool,
}

fn main() {}
