use orglib_macros::request;

#[request]
struct Tuple(u8);

#[request]
enum Enum {}

#[request(required)]
struct OptionOfRequest {
    name: String,
}

#[request(spelling = kebab)]
struct OtherSpelling {
    name: String,
}

#[request]
struct OptionOfField {
    #[request(optional)]
    name: String,
}

fn main() {}
