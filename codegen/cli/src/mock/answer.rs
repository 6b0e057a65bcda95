//! Requests and responses without a socket.

/// A request, as it was received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: String,
    /// The path, with its percent-encoding.
    pub path: String,
    /// The query, with its percent-encoding.
    pub query: String,
    /// The names in lower case, and the values of the header fields.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Asked {
    /// Returns the first header field of a name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let field = self.headers.iter().find(|(other, _)| other == name);
        field.map(|(_, value)| value.as_str())
    }

    /// Returns all header fields of a name in lower case.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let fields = self.headers.iter().filter(move |(other, _)| other == name);
        fields.map(|(_, value)| value.as_str())
    }

    /// Returns the value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let pairs = self.all("cookie").flat_map(|field| field.split(';'));
        let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Returns the names and values of the query.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        pairs(&self.query)
    }
}

/// Returns the names and values of a form or a query.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let decoded = |text: &str| decoded(&text.replace('+', " "));
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    });
    pairs.collect()
}

/// Returns a string without percent-encoding.
pub(super) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// A response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header fields, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The operation that the request belongs to.
    pub operation: Option<String>,
    /// The reason of a rejection, for the log. Contains no values of the request.
    pub reason: Option<String>,
}

impl Answer {
    /// Sets the operation.
    #[must_use]
    pub(super) fn of(self, operation: &str) -> Self {
        Self {
            operation: Some(operation.to_owned()),
            ..self
        }
    }
}
