//! Answers that a mock sends to requests that no expectation is for.

/// An answer for each operation of a client. A client that is generated with `default_answers` has one: `mock::DEFAULTS`.
#[derive(Clone, Copy, Debug)]
pub struct DefaultAnswers(&'static [DefaultAnswer]);

/// The answer of an operation.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct DefaultAnswer {
    id: &'static str,
    pub(super) status: u16,
    /// The media type and the body.
    pub(super) content: Option<(&'static str, &'static str)>,
}

impl DefaultAnswers {
    #[doc(hidden)]
    /// Creates the answers of a client.
    #[must_use]
    pub const fn new(answers: &'static [DefaultAnswer]) -> Self {
        Self(answers)
    }

    /// Returns the answer of an operation, by its id.
    pub(super) fn of(self, id: &str) -> Option<&'static DefaultAnswer> {
        self.0.iter().find(|answer| answer.id == id)
    }
}

impl DefaultAnswer {
    /// Creates an answer without content.
    #[must_use]
    pub const fn new(id: &'static str, status: u16) -> Self {
        Self {
            id,
            status,
            content: None,
        }
    }

    /// Sets the content.
    #[must_use]
    pub const fn with(mut self, media_type: &'static str, body: &'static str) -> Self {
        self.content = Some((media_type, body));
        self
    }
}

/// Declares the default answers of a client.
#[doc(hidden)]
#[macro_export]
macro_rules! __default_answers {
    (
        $visibility:vis const $name:ident {
            $($id:literal = $status:literal $($media:literal $body:literal)?),* $(,)?
        }
    ) => {
        /// An answer for each operation: an example of the document, or a value made from the schema. Operations whose content is
        /// not JSON have none, and pages that always have a next one.
        ///
        /// `Mock::new().with_defaults(DEFAULTS)` sends them.
        $visibility const $name: $crate::mock::DefaultAnswers = $crate::mock::DefaultAnswers::new(&[
            $($crate::mock::DefaultAnswer::new($id, $status)$(.with($media, $body))?,)*
        ]);
    };
}
