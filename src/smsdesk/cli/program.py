"""The whole command line: every module that adds commands, each named twice.

Imported once the language is known, because help texts are fixed when commands are declared.
"""

from __future__ import annotations

from smsdesk.cli import (
    card,
    complaining,
    conversing,
    exhibits,
    masks,
    missing,
    packages,
    phones,
    removing,
    ruling,
    setting,
)
from smsdesk.cli.commands import app

__all__ = [
    "app",
    "card",
    "complaining",
    "conversing",
    "exhibits",
    "masks",
    "missing",
    "packages",
    "phones",
    "removing",
    "ruling",
    "setting",
]
