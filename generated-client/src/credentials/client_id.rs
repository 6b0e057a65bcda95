//! `<id>@<host>/<use>`.

use specwright_runtime::{Error, Server};

use crate::tenant;

/// A client id, such as `strange-hydra-68836@acme.conductor.one/pcc`: it says at which host its tenant lives, and what
/// it is for: `pcc` for a person's own client, `wfe` for workload federation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientId {
    text: String,
    host: String,
}

impl ClientId {
    /// Reads a client id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the id has another form or its host is invalid.
    /// The error does not show `text`, because it could be a secret in the wrong place.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refuse = |reason: &str| Error::configuration(format!("the client id {reason}"));
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(refuse(
                "contains a space, a line break or a character that is not ASCII",
            ));
        }
        let parts = text
            .split_once('@')
            .and_then(|(name, rest)| Some((name, rest.split_once('/')?)));
        let Some((name, (host, purpose))) = parts else {
            return Err(refuse("does not have the form <id>@<host>/<use>"));
        };
        if name.is_empty() || host.is_empty() || purpose.is_empty() {
            return Err(refuse("has an empty part: its form is <id>@<host>/<use>"));
        }
        tenant::server(host)
            .and_then(|url| Server::from(url).check())
            .map_err(|error| refuse(&format!("names no host: {error}")))?;
        Ok(Self {
            text: text.to_owned(),
            host: host.to_owned(),
        })
    }

    /// The host of its tenant, with the port where it names one.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn the_host_stands_between_at_and_slash() {
        let rows = [
            ("strange-hydra-68836@acme.conductor.one/pcc", "acme.conductor.one"),
            ("a@acme.c1eu.ai/wfe", "acme.c1eu.ai"),
            ("a@acme.conductor.one:8443/pcc", "acme.conductor.one:8443"),
            ("a@acme.conductor.one/pcc/more@x", "acme.conductor.one"),
        ];
        for (text, host) in rows {
            assert_eq!(
                ClientId::parse(text).ok().as_ref().map(ClientId::host),
                Some(host),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_client_id_is_refused_unseen() {
        let texts = [
            "",
            "CANARY",
            "CANARY@acme.conductor.one",
            "CANARY/pcc",
            "CANARY/pcc@acme.conductor.one",
            "@acme.conductor.one/pcc",
            "CANARY@/pcc",
            "CANARY@acme.conductor.one/",
            "CANARY@acme/pcc",
            "CANARY@evil.example#.conductor.one/pcc",
            "CANARY@user@acme.conductor.one/pcc",
            "CANARY@acme.conductor.one?x/pcc",
            "CANARY@acme.conductor.one/pcc\n",
            "CANARY@http://acme.conductor.one/pcc",
            "secret-token:conductorone.com:v1:CANARY",
        ];
        for text in texts {
            let error = ClientId::parse(text).err();
            assert_eq!(
                error.as_ref().map(Error::kind),
                Some(ErrorKind::Configuration),
                "{text}"
            );
            assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
        }
    }
}
