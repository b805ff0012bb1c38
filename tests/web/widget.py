"""The widget as a person meets it in a browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import watch


class Widget:
    """The widget on the demonstration page."""

    def __init__(self, page: Page, url: str, language: str = "fr") -> None:
        self.page = page
        self.faults = watch(page)
        self.requests: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(f"{url}/demo/?lang={language}")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("cite-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("cite-chat section")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def text(self) -> Locator:
        return self.page.locator("cite-chat textarea")

    def lines(self, author: str) -> Locator:
        """The lines of one author: person, bot, house, advisor."""
        return self.page.locator(f"cite-chat .line.{author}")

    def open(self) -> Widget:
        """Open the panel, wait for the greeting and until it has slid in."""
        self.launcher.click()
        expect(self.lines("bot").first).to_be_visible()
        self.panel.evaluate("panel => Promise.all(panel.getAnimations().map((each) => each.finished))")
        return self

    def say(self, text: str) -> None:
        """Type and send."""
        self.text.fill(text)
        self.text.press("Enter")

    def hear(self, text: str) -> None:
        """Wait until a line of somebody else holds `text`."""
        expect(self.page.locator("cite-chat .line:not(.person)").filter(has_text=text).last).to_be_visible()

    def press(self, name: str) -> None:
        """Use the button of that name."""
        self.page.locator("cite-chat").get_by_role("button", name=name, exact=True).click()

    def stored(self) -> dict[str, Any]:
        """What the browser keeps of the site: session and local storage, cookies."""
        kept: dict[str, Any] = self.page.evaluate(
            "() => ({session: {...sessionStorage}, local: {...localStorage}, cookies: document.cookie})"
        )
        return kept
