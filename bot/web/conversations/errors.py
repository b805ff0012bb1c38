"""What a person is refused, and why: each code has its sentence in the catalogue (`door.<code>`)."""

from __future__ import annotations


class Refused(Exception):
    """A request that is not carried out.

    `code` is one of STATUS; `values` fill the placeholders of its sentence; `retry_after` is in seconds.
    """

    def __init__(self, code: str, retry_after: int | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.values = values

    @property
    def status(self) -> int:
        """The HTTP status that says the same."""
        return STATUS[self.code]


STATUS = {
    "bad_request": 400,
    "empty": 400,
    "no_name": 400,
    "bad_contact": 400,
    "unauthorised": 401,
    "expired": 401,
    "forbidden": 403,
    "not_found": 404,
    "nowhere": 404,
    "no_message": 404,
    "not_allowed": 405,
    "too_slow": 408,
    "unknown_choice": 409,
    "no_callback": 409,
    "body_too_large": 413,
    "too_long": 413,
    "too_many": 429,
    "failed": 500,
    "unavailable": 503,
    "full": 503,
    "not_stored": 503,
}
