"""The door's settings, for a test that kills it: what it held is soon free again."""

from bot.web.settings import *  # noqa: F403

LEASE = 2
DISPATCH_POLL = 0.1
SEND_TIMEOUT = 1.0
