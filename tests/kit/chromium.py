"""An installed Chromium or Chrome, and how the tests start it."""

import os
import shutil
from functools import lru_cache
from pathlib import Path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/*/*headless*shell")


@lru_cache
def browser_path() -> str | None:
    """Return an installed Chromium or Chrome, else one that Playwright downloaded, else None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return next((str(path) for pattern in PLAYWRIGHTS_OWN for path in sorted(downloads.glob(pattern))), None)
