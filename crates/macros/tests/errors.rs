//! What the macros refuse, and what they say then.
//!
//! `TRYBUILD=overwrite cargo test -p orglib-macros --test errors` writes the messages anew. `operation_alias` and
//! `operations` have words of the compiler's own around ours, which another version of it may choose otherwise.

#[test]
fn each_refusal_names_what_is_wrong() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
