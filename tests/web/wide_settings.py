"""The door's settings, for a test that is two hundred people behind one address."""

from bot.web import settings
from bot.web.settings import *  # noqa: F403

RATES = dict.fromkeys(settings.RATES, (100_000, 1))
DISPATCH_POLL = 0.1
