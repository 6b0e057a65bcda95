//! The part of a request that authorizes it.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderName, HeaderValue, Request, Uri, header};

use crate::{
    Error, ErrorKind, Secret,
    encoding::{Keep, push_encoded},
};

/// A header, a query parameter or a cookie that authorizes a request. Its value is marked as sensitive, and is never printed.
#[derive(Clone, Debug)]
pub struct Authorization {
    place: Place,
    pub(crate) value: HeaderValue,
    /// The forms in which a server can return the secret.
    echoes: Vec<Secret>,
}

/// Where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Header(HeaderName),
    /// The name is encoded.
    Query(String),
    /// The name is encoded.
    Cookie(String),
}

impl PartialEq for Authorization {
    fn eq(&self, other: &Self) -> bool {
        (&self.place, &self.value) == (&other.place, &other.value)
    }
}

impl Eq for Authorization {}

impl Authorization {
    /// Returns `Authorization: Bearer <token>`.
    ///
    /// A token that is empty or contains spaces, control characters or non-ASCII characters is an error, which does not contain
    /// the token.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        check_token(token.expose())?;
        Self::header(
            header::AUTHORIZATION,
            &Secret::new(format!("Bearer {}", token.expose())),
        )
    }

    /// Returns `Authorization: Basic ...` (RFC 7617), in UTF-8. A user name with a colon is an error.
    pub fn basic(user: &str, password: &Secret) -> Result<Self, Error> {
        if user.contains(':') {
            return Err(Error::configuration(
                "the user name contains a colon, which basic authentication does not allow",
            ));
        }
        let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
        let mut authorization = Self::header(header::AUTHORIZATION, &Secret::new(format!("Basic {pair}")))?;
        authorization.echoes.push(password.clone());
        Ok(authorization)
    }

    /// Returns a header, for keys that are not bearer tokens. An invalid value is an error, which does not contain the value.
    pub fn header(name: HeaderName, value: &Secret) -> Result<Self, Error> {
        // The part before the last space is a word such as `Bearer`.
        let token = value.expose().rsplit(' ').next().unwrap_or_default();
        Self::new(Place::Header(name), value.expose(), vec![Secret::new(token)])
    }

    /// Returns a query parameter. Its name and value are percent-encoded. It is part of the URL of the request, but is not
    /// contained in messages, traces and recordings.
    pub fn query(name: &str, value: &Secret) -> Result<Self, Error> {
        let (name, encoded) = (encoded(name), encoded(value.expose()));
        let echoes = vec![Secret::new(&*encoded), value.clone()];
        Self::new(Place::Query(name), &encoded, echoes)
    }

    /// Returns a cookie. Its name and value are percent-encoded.
    pub fn cookie(name: &str, value: &Secret) -> Result<Self, Error> {
        let (name, encoded) = (encoded(name), encoded(value.expose()));
        let echoes = vec![Secret::new(&*encoded), value.clone()];
        Self::new(Place::Cookie(name), &encoded, echoes)
    }

    fn new(place: Place, value: &str, echoes: Vec<Secret>) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            Error::new(
                ErrorKind::Configuration,
                "the credential contains characters that are not allowed in a header",
            )
        })?;
        value.set_sensitive(true);
        Ok(Self { place, value, echoes })
    }

    pub(crate) fn echoes(&self) -> &[Secret] {
        &self.echoes
    }

    /// Adds it to a request, unless the caller has set that header, parameter or cookie.
    pub(crate) fn apply<T>(&self, request: &mut Request<T>) -> Result<(), Error> {
        let invalid = |reason: String| Error::new(ErrorKind::InvalidRequest, reason);
        #[cfg(feature = "test-util")]
        let echoes = request.extensions_mut().get_or_insert_default::<Echoes>();
        #[cfg(feature = "test-util")]
        echoes.0.extend_from_slice(&self.echoes);
        match &self.place {
            Place::Header(name) => {
                if !request.headers().contains_key(name) {
                    let added = request.headers_mut().try_insert(name.clone(), self.value.clone());
                    added.map_err(|error| invalid(error.to_string()))?;
                }
            }
            Place::Query(name) => {
                if let Some(uri) = self.in_query(name, request.uri()) {
                    // The reason may show the URL.
                    let uri =
                        uri.map_err(|_| invalid("the URL of the call is invalid with the credential".to_owned()))?;
                    *request.uri_mut() = uri;
                    #[cfg(feature = "test-util")]
                    request.extensions_mut().insert(KeyInQuery(name.clone()));
                }
            }
            Place::Cookie(name) => self.add_cookie(name, request)?,
        }
        Ok(())
    }

    fn in_query(&self, name: &str, uri: &Uri) -> Option<Result<Uri, http::uri::InvalidUri>> {
        let value = self.value.to_str().unwrap_or_default();
        let mut pairs = uri.query().unwrap_or_default().split('&');
        if pairs.any(|pair| pair.split('=').next() == Some(name)) {
            return None;
        }
        let separator = if uri.query().is_some() { '&' } else { '?' };
        Some(format!("{uri}{separator}{name}={value}").parse())
    }

    /// Takes its query parameter out of a request to a URL that a server chose, unless the caller has set it in the first one.
    pub(crate) fn take_out<T>(&self, request: &mut Request<T>, first: &Uri) -> Result<(), Error> {
        let Place::Query(name) = &self.place else { return Ok(()) };
        let is_key = |pair: &&str| pair.split('=').next() == Some(name);
        let query = request.uri().query().unwrap_or_default();
        if first.query().unwrap_or_default().split('&').any(|pair| is_key(&pair))
            || !query.split('&').any(|pair| is_key(&pair))
        {
            return Ok(());
        }
        let others: Vec<&str> = query.split('&').filter(|pair| !is_key(pair)).collect();
        let question = if others.is_empty() { "" } else { "?" };
        let target = format!("{}{question}{}", request.uri().path(), others.join("&"));
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = target.parse().ok();
        let uri = Uri::from_parts(parts).map_err(|_| {
            let reason = "the URL of the next page makes no URL without its credential";
            Error::new(ErrorKind::InvalidRequest, reason)
        })?;
        *request.uri_mut() = uri;
        Ok(())
    }

    fn add_cookie<T>(&self, name: &str, request: &mut Request<T>) -> Result<(), Error> {
        let own = format!("{name}={}", self.value.to_str().unwrap_or_default());
        let cookies = match request.headers().get(header::COOKIE).map(HeaderValue::to_str) {
            None => own,
            Some(Ok(others)) => {
                if others.split("; ").any(|pair| pair.split('=').next() == Some(name)) {
                    return Ok(());
                }
                format!("{others}; {own}")
            }
            Some(Err(_)) => return Ok(()),
        };
        // Both parts were values of headers.
        if let Ok(mut cookies) = HeaderValue::from_str(&cookies) {
            cookies.set_sensitive(true);
            let added = request.headers_mut().try_insert(header::COOKIE, cookies);
            added.map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))?;
        }
        Ok(())
    }
}

/// What a response may repeat of the credentials of its request. Code that keeps responses reads this extension of the
/// request.
#[cfg(feature = "test-util")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Echoes(pub(crate) Vec<Secret>);

/// The name of the query parameter that contains a key. Code that keeps requests reads this extension of the request.
#[cfg(feature = "test-util")]
#[derive(Clone, Debug)]
pub(crate) struct KeyInQuery(String);

#[cfg(feature = "test-util")]
impl KeyInQuery {
    /// The path and the query of a request without the key.
    pub(crate) fn without_key<T>(request: &Request<T>) -> String {
        let uri = request.uri();
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let Some(Self(key)) = request.extensions().get::<Self>() else {
            return target.to_owned();
        };
        let pairs = uri.query().unwrap_or_default().split('&');
        let pairs: Vec<&str> = pairs.filter(|pair| pair.split('=').next() != Some(key)).collect();
        match pairs.as_slice() {
            [] => uri.path().to_owned(),
            pairs => format!("{}?{}", uri.path(), pairs.join("&")),
        }
    }
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    push_encoded(&mut encoded, text, Keep::Unreserved);
    encoded
}

fn check_token(token: &str) -> Result<(), Error> {
    let refuse = |reason| Err(Error::new(ErrorKind::Configuration, reason));
    if token.is_empty() {
        return refuse("the bearer token is empty");
    }
    if token.bytes().any(|byte| byte.is_ascii_control()) {
        return refuse("the bearer token contains a line break or another control character");
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refuse("the bearer token contains a space or a non-ASCII character");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    fn request(uri: &str) -> Request<()> {
        Request::builder().uri(uri).body(()).unwrap()
    }

    #[test]
    fn a_header_value_with_forbidden_characters_is_refused_unseen() {
        let name = HeaderName::from_static("x-api-key");
        let error = Authorization::header(name, &Secret::new("hush\n")).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }

    #[test]
    fn a_key_joins_the_query_and_the_cookies() {
        let key = Secret::new("a b&c");
        let mut bare = request("https://example.com/a");
        Authorization::query("k[]", &key).unwrap().apply(&mut bare).unwrap();
        assert_eq!(bare.uri(), "https://example.com/a?k%5B%5D=a%20b%26c");
        let mut full = request("https://example.com/a?x=1");
        Authorization::query("k", &key).unwrap().apply(&mut full).unwrap();
        assert_eq!(full.uri(), "https://example.com/a?x=1&k=a%20b%26c");
        full.headers_mut()
            .insert(header::COOKIE, HeaderValue::from_static("y=2"));
        Authorization::cookie("k", &key).unwrap().apply(&mut full).unwrap();
        assert_eq!(full.headers()[header::COOKIE], "y=2; k=a%20b%26c");
        assert!(full.headers()[header::COOKIE].is_sensitive());
    }

    #[test]
    fn what_the_caller_has_set_stays() {
        let key = Secret::new("other");
        let mut own = request("https://example.com/a?k=mine");
        own.headers_mut()
            .insert(header::COOKIE, HeaderValue::from_static("k=mine"));
        own.headers_mut().insert("x-key", HeaderValue::from_static("mine"));
        for authorization in [
            Authorization::query("k", &key).unwrap(),
            Authorization::cookie("k", &key).unwrap(),
            Authorization::header(HeaderName::from_static("x-key"), &key).unwrap(),
        ] {
            authorization.apply(&mut own).unwrap();
        }
        assert_eq!(own.uri(), "https://example.com/a?k=mine");
        assert_eq!(own.headers()[header::COOKIE], "k=mine");
        assert_eq!(own.headers()["x-key"], "mine");
    }

    #[test]
    fn a_pair_of_name_and_password_is_base64_of_utf_8() {
        let authorization = Authorization::basic("test", &Secret::new("123\u{a3}")).unwrap();
        // The example of RFC 7617, 2.1.
        assert_eq!(authorization.value.to_str().unwrap(), "Basic dGVzdDoxMjPCow==");
        let error = Authorization::basic("a:b", &Secret::new("hush")).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}
