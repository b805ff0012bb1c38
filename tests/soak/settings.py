"""The door's settings, for people who all come from one address and write faster than anybody does."""

import os

from bot.web import settings
from bot.web.settings import *  # noqa: F403

RATES = dict.fromkeys(settings.RATES, (1_000_000, 1))
LEASE = int(os.environ.get("SOAK_LEASE", settings.LEASE))
RASA_TIMEOUT = LEASE * 2 / 3  # a turn ends before its lease
PASSWORD_HASHERS = ["tests.web.helpers.QuickArgon2"]
