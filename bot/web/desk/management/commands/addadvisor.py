"""`python -m bot.web.manage addadvisor sofia --first-name Sofia`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bot.web.accounts import AccountExists, add_advisor
from bot.web.words import LANGUAGES


class Command(BaseCommand):
    """Make an advisor's account and print its password, once."""

    help = "Make an advisor's account; its random password is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Username, the first name that people see, the language of the desk."""
        parser.add_argument("username")
        parser.add_argument("--first-name", required=True, help="what people are shown")
        parser.add_argument("--language", default="fr", choices=LANGUAGES, help="language of the desk")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account."""
        try:
            password = add_advisor(options["username"], options["first_name"], options["language"])
        except AccountExists:
            raise CommandError(f"There is an account named {options['username']} already.") from None
        self.stdout.write(f"{options['username']} {password}")
