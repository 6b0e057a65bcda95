//! The fields of an answer that steer paging, whatever the document says about their absence.

use crate::wire::Nullable;

/// A field that holds the items of a page.
pub trait ItemsField<I> {
    /// Takes the items out; none where the field is absent.
    fn take_items(&mut self) -> Vec<I>;
}

impl<I> ItemsField<I> for Vec<I> {
    fn take_items(&mut self) -> Vec<I> {
        std::mem::take(self)
    }
}

impl<I, F: ItemsField<I>> ItemsField<I> for Option<F> {
    fn take_items(&mut self) -> Vec<I> {
        self.as_mut().map(F::take_items).unwrap_or_default()
    }
}

impl<I, F: ItemsField<I>> ItemsField<I> for Nullable<F> {
    fn take_items(&mut self) -> Vec<I> {
        match self {
            Self::Value(items) => items.take_items(),
            Self::Null => Vec::new(),
        }
    }
}

/// A field that holds the token of the next page.
pub trait TokenField {
    /// The token; an empty one says, as an absent one does, that there is no next page.
    fn token(&self) -> Option<&str>;
}

impl TokenField for String {
    fn token(&self) -> Option<&str> {
        Some(self)
    }
}

impl<F: TokenField> TokenField for Option<F> {
    fn token(&self) -> Option<&str> {
        self.as_ref()?.token()
    }
}

impl<F: TokenField> TokenField for Nullable<F> {
    fn token(&self) -> Option<&str> {
        self.value()?.token()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_every_presence_are_read() {
        assert_eq!(vec!["a", "b"].take_items(), ["a", "b"]);
        assert_eq!(Some(Nullable::Value(vec!["a"])).take_items(), ["a"]);
        assert!(None::<Vec<&str>>.take_items().is_empty());
        assert!(Nullable::<Vec<&str>>::Null.take_items().is_empty());

        assert_eq!("t".to_owned().token(), Some("t"));
        assert_eq!(Some(Nullable::Value("t".to_owned())).token(), Some("t"));
        assert_eq!(None::<String>.token(), None);
        assert_eq!(Nullable::<String>::Null.token(), None);
    }
}
