"""A small OpenID Connect provider on this machine: discovery, authorisation, token, JWKS, userinfo.

Shapes: OpenID Connect Core 1.0 (3.1, 5.3), Discovery 1.0 (4), RFC 7517 (keys), RFC 7636 (PKCE).
"""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "desk-of-the-tests", "a secret of the tests"


class Provider:
    """Signs `claims` for whoever comes; `token_changes` and `userinfo_changes` make it lie."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims = {"sub": "248289761001", "email": "ines@cite.example", "email_verified": True}
        self.token_changes: dict[str, Any] = {}
        self.userinfo_changes: dict[str, Any] = {}
        self.discovery_changes: dict[str, Any] = {}
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.slow = 0.0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def authorise(self, address: str) -> str:
        """What happens in the person's browser: they agree, and are sent back; the address they are sent to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, method: str, path: str, body: str, authorization: str) -> tuple[int, Any]:
        """Status and JSON of one call."""
        self.asked.append(path)
        time.sleep(self.slow)
        if path == "/.well-known/openid-configuration":
            return 200, self._discovery()
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return 200, {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]}
        if path == "/token" and method == "POST":
            return self._token({key: values[0] for key, values in parse_qs(body).items()})
        if path == "/userinfo" and authorization == "Bearer access":
            return 200, {**self.claims, **self.userinfo_changes}
        return 404, {}

    def _discovery(self) -> dict[str, Any]:
        endpoints = {"authorization_endpoint": "authorise", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        addresses = {key: f"{self.issuer}/{path}" for key, path in endpoints.items()}
        return {"issuer": self.issuer, **addresses, "jwks_uri": f"{self.issuer}/keys", **self.discovery_changes}

    def _token(self, sent: dict[str, str]) -> tuple[int, Any]:
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or (sent["client_id"], sent["client_secret"]) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        challenge = urlsafe_b64encode(sha256(sent["code_verifier"].encode()).digest()).decode().rstrip("=")
        if challenge != asked["code_challenge"] or sent["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        token = {**told, "sub": self.claims["sub"], **self.token_changes}
        key = token.pop("signed by", self.key)
        kept = {name: value for name, value in token.items() if value is not None}
        signed = jwt.encode(kept, key, algorithm="RS256", headers={"kid": "1"})
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": signed}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            path = urlsplit(self.path).path
            status, told = provider.answer(self.command, path, body, self.headers.get("Authorization", ""))
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
