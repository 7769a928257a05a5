"""The catalogue of sentences and terms that the command line, the window and the reports share.

Each TOML file in resources/translations/wording holds entries `key = { zh = "…", en = "…" }`,
grouped in tables; "errors.case_locked" is the entry `case_locked` of the file errors.toml.
"""

from __future__ import annotations

import tomllib
from functools import cache

from smsdesk.domain.errors import SmsdeskError
from smsdesk.resources import resource

LANGUAGES = ("zh", "en")


@cache
def _area(name: str) -> dict[str, dict[str, str]]:
    with resource("translations", "wording", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def say(key: str, language: str = "zh", /, **fields: object) -> str:
    """Return the sentence *key* ("area.name") with its gaps filled; KeyError if there is none."""
    area, _, name = key.partition(".")
    return _area(area)[name][language].format(**fields)


def explain(error: SmsdeskError, language: str = "zh") -> str:
    """Return what went wrong, what is safe and what to do, in the person's language."""
    if "reason" in error.fields and error.code == "picture":
        return say(f"set_aside.{error.fields['reason']}", language)
    if error.code == "cannot_join":
        return say(f"joining.{error.fields['why']}", language)
    fields = dict(error.fields)
    if error.code == "cannot_remove":
        return say(f"removals.{fields['why']}", language, **fields)
    if error.code == "cannot_arrange":
        return say(f"exhibits.{fields['why']}", language, **fields)
    if error.code == "package_refused":
        fields["why"] = say(f"package.{fields['why']}", language)
    if error.code == "engine_unavailable":
        fields["reason"] = say(f"engines.{fields['reason']}", language)
    return say(f"errors.{error.code}", language, **fields)
