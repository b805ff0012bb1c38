#!/bin/sh
# Finds a Chromium for the tests, else installs one: Debian's package where that can be done, else Playwright's own.
set -e
cd "$(dirname "$0")/.."
for candidate in "$CHROMIUM" chromium chromium-browser google-chrome; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then exit 0; fi
done
if .venv/bin/python -c "import sys; from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as p: sys.exit(not Path(p.chromium.executable_path).exists())" 2>/dev/null; then exit 0; fi
echo "» Installing Chromium for the tests"
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
.venv/bin/python -m playwright install chromium && exit 0
echo "The tests need Chromium and none could be installed. Install it, or set CHROMIUM to its path, and run this again." >&2
exit 1
