//! Field masks.

/// Names of fields that a request is about, separated by commas, such as `displayName,owner.id`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldMask(String);

crate::string_newtype!(FieldMask);

impl FieldMask {
    /// A mask of these paths.
    #[must_use]
    pub fn new<P: AsRef<str>>(paths: impl IntoIterator<Item = P>) -> Self {
        let mut text = String::new();
        for path in paths {
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(path.as_ref());
        }
        Self(text)
    }

    /// The paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').filter(|path| !path.is_empty())
    }
}
