"""The door's settings, for a test that is two hundred people behind one address."""

from bot.web.settings import *  # noqa: F403

RATES = {name: (100_000, 1) for name in ("create", "address", "conversation", "calendar", "login")}
DISPATCH_POLL = 0.1
