//! Logging in at a browser (RFC 8628).

use std::{fmt, time::Duration};

use specwright_runtime::{
    BearerToken, Error, Form, Secret, TokenEndpoint, TokenError,
    codegen::{Call, Operation},
    wire,
};
use tokio::time::{Instant, sleep};

use super::TOKEN_PATH;
use crate::Client;

static BEGIN: Operation = Operation::post("DeviceLogin.Begin", "/auth/v1/device_authorization");
static CREATE_CLIENT: Operation = Operation::post("PersonalClients.Create", "/api/v1/iam/personal_clients");

/// The pause between two questions where the server names none.
const INTERVAL: Duration = Duration::from_secs(5);

/// How much longer the pause becomes when the server asks for it (RFC 8628, 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// How long a person has where the server does not say.
const LIFETIME: Duration = Duration::from_secs(600);

/// No server can ask for a longer time than a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// A login at a browser, by which a program gets a client id and secret of the person's own.
///
/// ```no_run
/// use conductorone_client::{Client, DeviceLogin};
///
/// # async fn example(public_client_id: &str) -> Result<(), conductorone_client::Error> {
/// let login = DeviceLogin::begin("acme.conductor.one", public_client_id).await?;
/// println!("Open {} and confirm {}", login.verification_url(), login.user_code());
/// let own = login.personal_client("backup of the laptop").await?;
/// let client = Client::with_client_credentials(own.client_id(), own.client_secret().clone())?;
/// # Ok(())
/// # }
/// ```
pub struct DeviceLogin {
    client: specwright_runtime::Client,
    client_id: String,
    device_code: Secret,
    user_code: String,
    verification_url: String,
    interval: Duration,
    ends: Instant,
}

/// A client id and secret that belong to the person who logged in. The secret is shown by the server this once.
#[derive(Clone, Debug)]
pub struct PersonalClient {
    client_id: String,
    client_secret: Secret,
}

impl DeviceLogin {
    /// Begins a login at the tenant at `host`. `client_id` is the public id by which `ConductorOne` knows the program. It
    /// is not a secret and does not have the form of a [`ClientId`](crate::ClientId).
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub async fn begin(host: &str, client_id: &str) -> Result<Self, Error> {
        Self::begin_with(&Client::builder(host)?.build()?, client_id).await
    }

    /// Begins a login as [`DeviceLogin::begin`] does, with the settings of `client`. Its credential is not used.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub async fn begin_with(client: &Client, client_id: &str) -> Result<Self, Error> {
        let client = client.as_ref().without_credential();
        let form = Form::new().field("client_id", client_id);
        let call = Call::new(&client, &BEGIN, &[]).body(Form::CONTENT_TYPE, form.into_body());
        let reply = call.send_for_json::<wire::Object>().await?.into_inner();
        let complete = text(&reply, "verification_uri_complete");
        let verification_url = complete.or_else(|| text(&reply, "verification_uri"));
        let (Some(device_code), Some(verification_url)) = (text(&reply, "device_code"), verification_url) else {
            return Err(Error::credential(
                "the server began no login: its reply holds no device_code or no URL",
            ));
        };
        let lifetime = seconds(&reply, "expires_in").unwrap_or(LIFETIME);
        Ok(Self {
            client,
            client_id: client_id.to_owned(),
            device_code: Secret::new(device_code),
            user_code: text(&reply, "user_code").unwrap_or_default().to_owned(),
            verification_url: verification_url.to_owned(),
            interval: seconds(&reply, "interval")
                .unwrap_or(INTERVAL)
                .max(Duration::from_secs(1)),
            ends: Instant::now() + lifetime,
        })
    }

    /// The page at which the person logs in. Where the server offers that, it has the code in it.
    #[must_use]
    pub fn verification_url(&self) -> &str {
        &self.verification_url
    }

    /// The code that the page shows or asks for; empty where the server gives none.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Waits until the person has confirmed, and makes a client id and secret under this name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Credential`](crate::ErrorKind::Credential) where the person refuses or takes too long, else those
    /// of any call. The login is over then.
    pub async fn personal_client(self, display_name: &str) -> Result<PersonalClient, Error> {
        let token = BearerToken::new(self.access_token().await?)?;
        let client = self.client.with_credential(token);
        let body = wire::Object::from_iter([("display_name".to_owned(), display_name.into())]);
        let call = Call::new(&client, &CREATE_CLIENT, &[]).json(&body);
        let reply = call.send_for_json::<wire::Object>().await?.into_inner();
        let id = reply
            .get("client")
            .and_then(wire::Value::as_object)
            .and_then(|client| text(client, "clientId"));
        match (id, text(&reply, "clientSecret")) {
            (Some(id), Some(secret)) => Ok(PersonalClient {
                client_id: id.to_owned(),
                client_secret: Secret::new(secret),
            }),
            _ => Err(Error::credential(
                "the server made no client: its reply holds no clientId or no clientSecret",
            )),
        }
    }

    /// Asks again and again for the token of the login.
    async fn access_token(&self) -> Result<Secret, Error> {
        let form = Form::new()
            .field("client_id", &self.client_id)
            .field("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
            .secret_field("device_code", &self.device_code);
        let mut interval = self.interval;
        loop {
            match TokenEndpoint::new(TOKEN_PATH).fetch(&self.client, &form).await {
                Ok(token) => return Ok(token.secret().clone()),
                Err(error) => match longer(&error) {
                    Some(longer) => interval = interval.saturating_add(longer).min(LONGEST),
                    None => return Err(Error::credential(error)),
                },
            }
            if Instant::now() + interval >= self.ends {
                return Err(Error::credential("the login was not confirmed in time"));
            }
            sleep(interval).await;
        }
    }
}

/// Returns by how much the pause grows before the next request; `None` if no request follows.
fn longer(error: &TokenError) -> Option<Duration> {
    match error.code() {
        Some("authorization_pending") => Some(Duration::ZERO),
        Some("slow_down") => Some(SLOWER),
        _ => error.is_retryable().then_some(SLOWER),
    }
}

fn text<'a>(object: &'a wire::Object, name: &str) -> Option<&'a str> {
    let text = object.get(name).and_then(wire::Value::as_str);
    text.filter(|text| !text.is_empty())
}

fn seconds(object: &wire::Object, name: &str) -> Option<Duration> {
    let seconds = object.get(name).and_then(wire::Value::as_f64)?;
    Duration::try_from_secs_f64(seconds).ok().map(|time| time.min(LONGEST))
}

impl fmt::Debug for DeviceLogin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeviceLogin")
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

impl PersonalClient {
    /// The client id, for [`Client::with_client_credentials`].
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The client secret, for [`Client::with_client_credentials`].
    #[must_use]
    pub fn client_secret(&self) -> &Secret {
        &self.client_secret
    }
}
