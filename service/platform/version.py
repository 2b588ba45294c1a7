"""The version of Patas, as pyproject.toml has it."""

from importlib.metadata import PackageNotFoundError, version


def current() -> str:
    """Return the installed version, or "unknown" where Patas was copied but not installed."""
    try:
        return version("patas")
    except PackageNotFoundError:
        return "unknown"
