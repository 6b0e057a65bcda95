//! Assertions against another implementation of JWT, `PyJWT`. Where Python does not have it, the tests show as ignored;
//! `PYTHON` names another interpreter than `python3`.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "../runtime/tests/tokens/server.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod server;

use std::{
    env,
    io::Write,
    process::{Command, ExitCode, Stdio},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use conductorone_client::{Client, ClientAssertion};
use libtest_mimic::{Arguments, Failed, Trial};
use ring::signature::{ED25519, UnparsedPublicKey};
use server::{Server, with};
use specwright_runtime::wire::{self, Object, Value};

const ID: &str = "strange-hydra-68836@acme.conductor.one/pcc";

type Test = fn() -> Result<(), Failed>;

fn main() -> ExitCode {
    let is_there = Command::new(interpreter())
        .args(["-c", "import jwt, cryptography"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    let kind = if is_there { "" } else { "no PyJWT" };
    let tests: [(&str, Test); 2] = [
        ("our_assertion_verifies_there", our_assertion_verifies_there),
        ("a_token_made_there_verifies_here", a_token_made_there_verifies_here),
    ];
    let trials = tests.map(|(name, test)| Trial::test(name, test).with_kind(kind).with_ignored_flag(!is_there));
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn interpreter() -> String {
    env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn python(command: &str, input: &Value) -> Value {
    let mut python = Command::new(interpreter())
        .args([concat!(env!("CARGO_MANIFEST_DIR"), "/tests/jwt_interop.py"), command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(&wire::to_vec(input)).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{command} failed");
    wire::from_slice(output.stdout.trim_ascii()).unwrap()
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .into_iter()
            .collect::<Object>(),
    )
}

/// The assertion that a client sends when its secret holds this key.
fn assertion_by(jwk: &Value) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let server = Server::by(|_, _| with("400 Bad Request", "{}")).await;
        let secret = format!(
            "secret-token:conductorone.com:v1:{}",
            URL_SAFE_NO_PAD.encode(wire::to_vec(jwk))
        );
        let builder = Client::builder(&server.url).unwrap();
        let client = builder
            .token_source(ClientAssertion::new(ID, secret).unwrap())
            .build()
            .unwrap();
        client.app_owners().list("a").send().await.unwrap_err();
        server.requests()[0].field("client_assertion").unwrap()
    })
}

#[allow(clippy::unnecessary_wraps, reason = "the signature of a trial")]
fn our_assertion_verifies_there() -> Result<(), Failed> {
    let jwk = python("key", &Value::Null);
    let token = assertion_by(&jwk);
    let audience = "127.0.0.1";
    let verified = python(
        "verify",
        &object([("jwk", jwk), ("token", token.into()), ("audience", audience.into())]),
    );
    let (header, claims) = (&verified["header"], &verified["claims"]);
    assert_eq!(header["alg"], "EdDSA");
    assert_eq!(header["nonce"].as_str().map(str::len), Some(32));
    assert_eq!((&claims["iss"], &claims["sub"]), (&ID.into(), &ID.into()));
    assert_eq!(claims["aud"], Value::from(vec![audience]));
    let time = |name| claims[name].as_i64().unwrap();
    assert_eq!((time("exp") - time("iat"), time("iat") - time("nbf")), (120, 120));
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "the signature of a trial")]
fn a_token_made_there_verifies_here() -> Result<(), Failed> {
    let jwk = python("key", &Value::Null);
    let public = URL_SAFE_NO_PAD.decode(jwk["x"].as_str().unwrap()).unwrap();
    let claims = object([("sub", ID.into())]);
    let header = object([("nonce", "00".into())]);
    let made = python(
        "sign",
        &object([("jwk", jwk.clone()), ("claims", claims), ("header", header)]),
    );
    for token in [made["token"].as_str().unwrap().to_owned(), assertion_by(&jwk)] {
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let key = UnparsedPublicKey::new(&ED25519, &public);
        assert!(key.verify(signed.as_bytes(), &signature).is_ok());
        assert!(key.verify(&signed.as_bytes()[1..], &signature).is_err());
    }
    Ok(())
}
