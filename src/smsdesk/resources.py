"""Find the files that ship with the program; the only module that knows where they lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files(__package__)))
_CHECKOUT = _PACKAGE.parents[1]


def _folder(packaged: str, in_checkout: str) -> Path:
    """Return the installed folder, or the checkout's own when running from source."""
    installed = _PACKAGE / packaged
    return installed if installed.is_dir() else _CHECKOUT / in_checkout


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under resources/."""
    return _folder("_resources", "resources").joinpath(*parts)


def form(name: str) -> Path:
    """Return the path of a Qt Designer form under ui/."""
    return _folder("_ui", "ui") / f"{name}.ui"
