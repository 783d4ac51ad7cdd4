//! Objects as columns and cells.

use orglib::models::shape::Object;
use serde::Serialize;
use serde_norway::Value;

use crate::failure::Failure;

/// The columns of one kind of object: its keys, those of nested objects joined to theirs with `_`.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// All columns.
    pub(crate) columns: Vec<String>,
    /// Those that a table shows, unless others are asked for.
    pub(crate) table: Vec<String>,
    /// Those that it shows after them where any row has something in them.
    pub(crate) where_any: Vec<String>,
    /// Those that are written only where they are asked for.
    pub(crate) hidden: Vec<String>,
    /// What it is, in a word: the name of its sheet.
    pub(crate) name: &'static str,
}

impl Shape {
    /// The columns of what looks like the sample, all keys of which are there.
    pub(crate) fn of(sample: &impl Serialize, table: &[&str]) -> Result<Self, Failure> {
        let tree = tree(sample)?;
        let columns = flat(&tree).into_iter().map(|(name, _)| name);
        Ok(Self {
            columns: columns.collect(),
            table: owned(table),
            where_any: Vec::new(),
            hidden: Vec::new(),
            name: "List",
        })
    }

    /// The columns of what an operation answers with.
    pub(crate) fn of_output(output: &orglib::models::shape::Shape, table: &[&str]) -> Self {
        let mut columns = Vec::new();
        match output.object() {
            Some(object) => add_fields("", object, &mut vec![object.name], &mut columns),
            None => columns.push("value".to_owned()),
        }
        Self { columns, table: owned(table), where_any: Vec::new(), hidden: Vec::new(), name: "List" }
    }

    /// The columns of rows that are flat already.
    pub(crate) fn flat(columns: &[&str], table: &[&str]) -> Self {
        Self {
            columns: owned(columns),
            table: owned(table),
            where_any: Vec::new(),
            hidden: Vec::new(),
            name: "List",
        }
    }

    /// The same, with columns that a table shows where any row has something in them.
    pub(crate) fn where_any(self, columns: &[&str]) -> Self {
        Self { where_any: owned(columns), ..self }
    }

    /// The same under this name.
    pub(crate) fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The same, without the columns of which this is true, unless they are asked for.
    pub(crate) fn without(self, is_hidden: impl Fn(&str) -> bool) -> Self {
        let hidden = self.columns.iter().filter(|column| is_hidden(column)).cloned().collect();
        Self { hidden, ..self }
    }

    /// What is written where no columns are asked for.
    pub(crate) fn shown(&self) -> Vec<String> {
        self.columns.iter().filter(|column| !self.hidden.contains(column)).cloned().collect()
    }

    /// The wanted columns; an unknown one is refused.
    pub(crate) fn choose(&self, wanted: &[String]) -> Result<Vec<String>, Failure> {
        let wanted: Vec<_> = wanted.iter().map(|name| name.trim().to_owned()).collect();
        match wanted.iter().find(|name| !self.columns.contains(name)) {
            Some(name) => Err(Failure::usage(format!(
                "there is no column `{name}`; there are {}",
                self.columns.join(", ")
            ))),
            None => Ok(wanted),
        }
    }
}

/// An object may hold objects of its own kind: they are one column.
fn add_fields(prefix: &str, object: &Object, above: &mut Vec<&'static str>, columns: &mut Vec<String>) {
    for field in object.fields {
        let name = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}_{}", field.name) };
        let inner = field.shape.object().filter(|inner| !field.shape.many && !above.contains(&inner.name));
        let Some(inner) = inner else {
            columns.push(name);
            continue;
        };
        above.push(inner.name);
        add_fields(if field.flat { prefix } else { &name }, inner, above, columns);
        above.pop();
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The object with its keys in their order.
pub(crate) fn tree(value: &impl Serialize) -> Result<Value, Failure> {
    serde_norway::to_value(value)
        .map_err(|error| Failure::not_understood(format!("a row cannot be written: {error}")))
}

/// The leaves of an object, by column.
pub(crate) fn flat(tree: &Value) -> Vec<(String, &Value)> {
    let mut leaves = Vec::new();
    collect("", tree, &mut leaves);
    leaves
}

fn collect<'a>(prefix: &str, tree: &'a Value, leaves: &mut Vec<(String, &'a Value)>) {
    let Value::Mapping(mapping) = tree else { return };
    for (key, value) in mapping {
        let key = cell(key);
        let name = if prefix.is_empty() { key } else { format!("{prefix}_{key}") };
        match value {
            Value::Mapping(_) => collect(&name, value, leaves),
            leaf => leaves.push((name, leaf)),
        }
    }
}

/// Leaves, and objects between.
fn collect_all<'a>(prefix: &str, tree: &'a Value, nodes: &mut Vec<(String, &'a Value)>) {
    let Value::Mapping(mapping) = tree else { return };
    for (key, value) in mapping {
        let key = cell(key);
        let name = if prefix.is_empty() { key } else { format!("{prefix}_{key}") };
        collect_all(&name, value, nodes);
        nodes.push((name, value));
    }
}

/// The cells of an object in these columns; empty where it has no such key. What is known as a leaf may come as an object
/// of any keys, such as what an event tells beside its fields: it is one cell then.
pub(crate) fn cells(tree: &Value, columns: &[String]) -> Vec<String> {
    let mut nodes = Vec::new();
    collect_all("", tree, &mut nodes);
    let find = |column: &String| nodes.iter().find(|(name, _)| name == column);
    columns.iter().map(|column| find(column).map(|(_, node)| cell(node)).unwrap_or_default()).collect()
}

/// The object with these columns only.
pub(crate) fn project(tree: &Value, columns: &[String]) -> Value {
    let mut nodes = Vec::new();
    collect_all("", tree, &mut nodes);
    let find = |column: &String| nodes.iter().find(|(name, _)| name == column);
    let pairs = columns.iter().map(|column| {
        let leaf = find(column).map_or(Value::Null, |(_, leaf)| (*leaf).clone());
        (Value::String(column.clone()), leaf)
    });
    Value::Mapping(pairs.collect())
}

/// One value as text: words of a list are joined by `|`, lists of objects are JSON.
pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Sequence(list) if !list.iter().any(is_nested) => {
            list.iter().map(cell).collect::<Vec<_>>().join("|")
        }
        nested => serde_json::to_string(nested).unwrap_or_default(),
    }
}

fn is_nested(value: &Value) -> bool {
    matches!(value, Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nested_keys_are_columns_and_lists_are_cells() {
        let object = json!({
            "id": 7_u64, "name": {"first": "Анна", "last": null}, "groups": [1, "2"], "contacts": [{"a": 1}],
            "is_admin": false, "none": [],
        });
        let tree = tree(&object).unwrap();
        let shape = Shape::of(&object, &["id"]).unwrap();
        let pairs: Vec<_> = shape.columns.iter().cloned().zip(cells(&tree, &shape.columns)).collect();
        let expected = [
            ("contacts", r#"[{"a":1}]"#),
            ("groups", "1|2"),
            ("id", "7"),
            ("is_admin", "false"),
            ("name_first", "Анна"),
            ("name_last", ""),
            ("none", ""),
        ];
        assert_eq!(pairs, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    #[test]
    fn columns_are_chosen_by_name() {
        let shape = Shape::flat(&["a", "b"], &["a"]);
        assert_eq!(shape.choose(&["b".into(), " a".into()]).unwrap(), ["b", "a"]);
        let message = shape.choose(&["c".into()]).unwrap_err().to_string();
        assert_eq!(message, "there is no column `c`; there are a, b");
        let tree = tree(&json!({"a": {"b": 1}, "c": 2})).unwrap();
        let projected = project(&tree, &["c".into(), "a_b".into(), "x".into()]);
        assert_eq!(serde_json::to_string(&projected).unwrap(), r#"{"c":2,"a_b":1,"x":null}"#);
    }
}
