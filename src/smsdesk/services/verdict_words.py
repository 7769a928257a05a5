"""What a check found, in plain sentences: first what does not fit, then the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from smsdesk.services.verifying import Problem, Verdict
from smsdesk.services.verifying_packages import PackageVerdict
from smsdesk.wording import say


def case_verdict(verdict: Verdict, language: str) -> list[str]:
    """Return a line for each problem of a case, then what that means."""
    if not verdict.ok:
        return _broken("broken", verdict.problems, language)
    lines = [
        say("verify.whole", language, originals=verdict.originals, entries=verdict.entries),
    ]
    if here := verdict.removed - verdict.withheld:
        lines.append(say("removals.verified", language, count=here))
    if verdict.withheld:
        lines.append(say("removals.withheld_verified", language, count=verdict.withheld))
    if verdict.attachments:
        lines.append(say("verify.attachments_whole", language, attachments=verdict.attachments))
    return lines


def package_verdict(verdict: PackageVerdict, language: str) -> list[str]:
    """Return a line for each problem of an evidence package, then what that means."""
    if not verdict.ok:
        return _broken("package_broken", verdict.problems, language)
    inside = "package_case" if verdict.case else "package_no_case"
    whole = say("verify.package_whole", language, files=verdict.files)
    return [whole, say(f"verify.{inside}", language)]


def _broken(key: str, problems: Sequence[Problem], language: str) -> list[str]:
    named = [say(f"verify.{one.kind}", language, subject=one.subject) for one in problems]
    return [*named, say(f"verify.{key}", language, problems=len(problems))]
