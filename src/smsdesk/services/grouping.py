"""Which senders a person takes for one institution; every step is a Change, to be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from smsdesk.domain.changes import Change, InstitutionChange
from smsdesk.domain.figures import Dossier, Overview
from smsdesk.domain.institutions import Institution
from smsdesk.storage.case_file import CaseFile


def plan_assignment(case: CaseFile, overview: Overview, keys: Collection[str], name: str) -> Change:
    """Return the change that puts senders (*keys*) under the institution *name*.

    Those that are shown under that name already are said to belong there as well: what the program
    grouped by itself and what a person says would stand beside each other otherwise.
    """
    members = (key for one in _named(overview, name) for key in one.senders)
    return _plan(case, overview, {key: name for key in (*members, *keys) if key})


def plan_renaming(
    case: CaseFile, overview: Overview, institution: Institution, name: str
) -> Change:
    """Return the change that calls an institution *name*; one that has that name takes it in."""
    return plan_assignment(case, overview, institution.senders, name)


def plan_parting(case: CaseFile, overview: Overview, keys: Collection[str]) -> Change:
    """Return the change that takes senders out of their institutions.

    One that a person placed is left to signatures and numbers again; one that these placed stands
    alone from then on.
    """
    wanted = {key: None if key in overview.by_hand else key for key in keys if key}
    return _plan(case, overview, wanted)


def names_of(overview: Overview) -> list[str]:
    """Return the names of institutions that are more than a number alone, each once."""
    named = [one.name for one in overview.institutions if one.name not in one.senders]
    return list(dict.fromkeys(named))


def institution_of(overview: Overview, key: str) -> Institution | None:
    """Return the institution of a sender, None for one that never sent anything."""
    return next((one for one in overview.institutions if key in one.basis), None)


def _named(overview: Overview, name: str) -> list[Institution]:
    return [one for one in overview.institutions if one.name == name]


def _plan(case: CaseFile, overview: Overview, wanted: Mapping[str, str | None]) -> Change:
    with case.view() as work:
        known = work.rulings.institutions()
    of_sender: dict[str, Dossier] = {one.sender.key: one for one in overview.received.numbers}
    return Change(
        institutions=tuple(
            InstitutionChange(
                key,
                of_sender[key].rhythm.ids if key in of_sender else (),
                known.get(key),
                name,
            )
            for key, name in wanted.items()
            if known.get(key) != name
        )
    )
