from __future__ import annotations

import datetime as dt
from dataclasses import replace

from smsdesk.domain.findings import Finding, FindingState, Proposal, ViolationType
from smsdesk.rules.figures import figures, rhythm_of
from smsdesk.rules.institutions import institutions_in
from smsdesk.rules.pack import load_pack
from tests.rules.building import message, read_at

LINES = load_pack().thresholds
DAY = dt.date(2025, 12, 18)


def at(clock, day=18, **fields):
    return message("还钱", sent=f"2025-12-{day}T{clock}", **fields)


def test_every_figure_names_its_messages():
    first, second, third = at("09:00"), at("09:04"), at("23:00", 19)
    rhythm = rhythm_of([first, second, third], LINES)
    assert rhythm.days == {DAY: (first.id, second.id), dt.date(2025, 12, 19): (third.id,)}
    assert rhythm.worst_day == DAY
    assert rhythm.night == (third.id,)
    assert (rhythm.shortest.minutes, rhythm.shortest.ids) == (4, (first.id, second.id))


def test_minutes_at_which_night_begins_or_ends_are_marked():
    edges = [at("22:00"), at("08:00")]
    rhythm = rhythm_of([*edges, at("22:01")], LINES)
    assert rhythm.edge == tuple(m.id for m in edges)
    assert edges[0].id in rhythm.night
    assert edges[1].id not in rhythm.night


def test_a_range_counts_only_where_all_of_it_falls_inside():
    ranges = [
        ("2025-12-18T22:30", "2025-12-19T06:00", 1, 1),
        ("2025-12-18T21:30", "2025-12-18T23:00", 0, 0),
    ]
    for start, end, night, without_day in ranges:
        rhythm = rhythm_of([replace(message("还钱"), sent=read_at(start, end))], LINES)
        assert (len(rhythm.night), len(rhythm.without_day)) == (night, without_day)


def test_the_longest_row_of_days_has_no_pause():
    days = [1, 3, 4, 5, 8]
    run = rhythm_of([at("09:00", day=f"{day:02}") for day in days], LINES).longest_run
    assert (run.first.day, run.last.day, len(run.ids)) == (3, 5, 3)


def test_days_at_the_users_own_lines_stand_out():
    messages = [at(f"09:{n:02}") for n in range(3)] + [at(f"10:{n:02}", 20) for n in range(10)]
    rhythm = rhythm_of(messages, LINES)
    assert rhythm.noticed == (DAY, dt.date(2025, 12, 20))
    assert rhythm.striking == (dt.date(2025, 12, 20),)


def test_a_dossier_tells_a_numbers_hours_labels_and_institution():
    proposal = Proposal(ViolationType.INSULT, "insult.abuse", ((0, 1),), "", ())
    states = [FindingState.CONFIRMED, FindingState.REJECTED]
    labelled = [at("09:00", findings=(Finding(1, 1, proposal, state, None),)) for state in states]
    counted = figures(labelled, institutions_in(labelled, {}), LINES)
    (dossier,) = counted.numbers
    assert dossier.hours == {9: tuple(m.id for m in labelled)}
    assert dossier.labels == {ViolationType.INSULT: (labelled[0].id,)}
    assert counted.confirmed == dossier.labels
    assert counted.heat == {(3, 9): tuple(m.id for m in labelled)}
    assert (dossier.first, dossier.last) == (DAY, DAY)
    assert counted.institutions[0].rhythm.ids == counted.overall.ids
