"""The other implementation of `jwt_interop.rs`: PyJWT. Reads JSON from standard input, writes JSON."""

import json
import sys

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key(_):
    """A new key as a JWK."""
    return json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate()))


def verify(request):
    """The header and claims of a token, once its signature, times and audience are checked."""
    public = {name: value for name, value in request["jwk"].items() if name != "d"}
    claims = jwt.decode(
        request["token"],
        jwt.PyJWK(public, algorithm="EdDSA").key,
        algorithms=["EdDSA"],
        audience=request["audience"],
        options={"require": ["iss", "sub", "aud", "iat", "exp", "nbf"]},
    )
    return {"header": jwt.get_unverified_header(request["token"]), "claims": claims}


def sign(request):
    """A token of these claims."""
    private = jwt.PyJWK(request["jwk"], algorithm="EdDSA").key
    return {"token": jwt.encode(request["claims"], private, algorithm="EdDSA", headers=request["header"])}


if __name__ == "__main__":
    print(json.dumps({"key": key, "verify": verify, "sign": sign}[sys.argv[1]](json.load(sys.stdin))))
