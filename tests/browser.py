"""A headless Chromium for tests, and what is asked of every page: no error, no accessibility fault."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
_WAIT = 15_000  # ms for anything to come, on a busy machine too


def chromium() -> str | None:
    """The path of an installed Chromium: CHROMIUM, else Debian's; None means Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None) or (
        shutil.which("google-chrome")
    )


expect.set_options(timeout=_WAIT)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module."""
    # Playwright keeps an event loop in the test's thread; the tests' own look at the database is harmless there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            launched = playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        except Error as error:
            pytest.fail(f"No Chromium could be started; install one or name it in CHROMIUM. {error.message[:300]}")
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, in French, without anything kept."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(_WAIT)
    yield context.new_page()
    context.close()


def watch(page: Page) -> list[str]:
    """From now on collect the page's errors: thrown, logged, or barred by its security policy."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    return faults


_AT_REST = """() => Promise.all(
  [document, ...[...document.querySelectorAll("cite-chat")].map((chat) => chat.shadowRoot)]
    .flatMap((root) => root?.getAnimations() ?? [])
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished.catch(() => {}))
)"""


def accessibility_faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is once all has slid in: what is half seen has half its colours."""
    page.evaluate(_AT_REST)
    if page.evaluate("typeof axe === 'undefined'"):  # it is half a megabyte: once for each document
        page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{fault['id']}: {fault['help']} {[node['target'] for node in fault['nodes']]}" for fault in found]
