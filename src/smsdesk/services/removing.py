"""Take originals out of the case (移出), and put them back.

What is out stays in the case file byte for byte, with all that was read of it, and is verified like
the rest. But it counts nowhere: its sightings show no messages, so lists, figures, proposals,
exhibits and exports go without them, and every export names it with its hash and the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from smsdesk.domain.cases import ImportItem, ImportStatus, Original, RemovedOriginal
from smsdesk.domain.changes import Change, RemovalChange
from smsdesk.domain.errors import CannotRemove
from smsdesk.domain.threads import ThreadKey
from smsdesk.services.cases import actor, now
from smsdesk.services.copies import date_alike, link_new_copies, regroup, surest_moment
from smsdesk.services.joining import join_new, join_thread, with_other_neighbours
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

LONGEST_REASON = 200
"""Characters: every export prints it in a cell of a table."""

_SHORTEST_HASH = 8
"""Digits of a SHA-256 that name an original; where two share them, more are asked for."""

_Kept = Mapping[str, Any]
"""How an original and its copies were: the `better` one, those `present`, all their `times`."""


def removed(case: CaseFile) -> list[RemovedOriginal]:
    """Return the originals that are out of the case, in the order in which they went."""
    with case.view() as work:
        return work.removals.all()


def removed_twins(case: CaseFile, items: Iterable[ImportItem]) -> dict[int, RemovedOriginal]:
    """Return, by line of the queue, the original that was taken out and that the file equals."""
    out = {one.original.id: one for one in removed(case)}
    return {
        item.id: out[item.original_id]
        for item in items
        if item.status == ImportStatus.DUPLICATE and item.original_id in out
    }


def find_originals(case: CaseFile, names: Sequence[str]) -> list[int]:
    """Return the originals, in the case or out of it, that *names* mean (ids, each once).

    A name is a file name or the beginning of a SHA-256. CannotRemove if one means none, or several.
    """
    with case.view() as work:
        every = work.originals.every()
    return list(dict.fromkeys(_named(every, name).id for name in names))


def _named(originals: Iterable[Original], name: str) -> Original:
    digits = name.lower()
    found = [
        one
        for one in originals
        if one.file_name == name
        or (len(digits) >= _SHORTEST_HASH and one.sha256.startswith(digits))
    ]
    if not found:
        raise CannotRemove(why="unknown", names=name)
    if len(found) > 1:
        hashes = "、".join(one.sha256[:12] for one in found)
        raise CannotRemove(why="several", names=f"{name}（{hashes}）")
    return found[0]


def plan_removal(case: CaseFile, original_ids: Iterable[int], reason: str) -> Change:
    """Return the change that takes originals out of the case.

    CannotRemove without a reason (or with one longer than LONGEST_REASON), or if one is out.
    """
    told = " ".join(reason.split())
    if not told or len(told) > LONGEST_REASON:
        raise CannotRemove(why="reason_too_long" if told else "no_reason", names="")
    return _plan(case, original_ids, told)


def plan_restoring(case: CaseFile, original_ids: Iterable[int]) -> Change:
    """Return the change that puts originals back.

    CannotRemove if one is not out, or if its bytes stayed behind when the case was packed.
    """
    ids = list(original_ids)
    with case.view() as work:
        lacking = work.originals.lacking_bytes()
        names = [work.originals.get(i).file_name for i in ids if i in lacking]
    if names:
        raise CannotRemove(why="withheld", names="、".join(names))
    return _plan(case, ids, None)


def _plan(case: CaseFile, original_ids: Iterable[int], reason: str | None) -> Change:
    with case.view() as work:
        out = work.removals.reasons()
        wanted = [work.originals.get(i) for i in dict.fromkeys(original_ids)]
    wrong = [one.file_name for one in wanted if (one.id in out) is (reason is not None)]
    if wrong:
        why = "not_out" if reason is None else "out"
        raise CannotRemove(why=why, names="、".join(wrong))
    return Change(removals=tuple(RemovalChange(one.id, out.get(one.id), reason) for one in wanted))


def apply_removals(work: UnitOfWork, changes: Sequence[RemovalChange]) -> list[int]:
    """Carry out changes within *work* and join what they touch; return what came or changed."""
    out = work.removals.reasons()
    going = {c.original_id: c.after for c in changes if c.after and c.original_id not in out}
    coming = [c.original_id for c in changes if c.after is None and c.original_id in out]
    touched = _take_out(work, going) if going else []
    return touched + (_put_back(work, coming) if coming else [])


# --- taking out -----------------------------------------------------------------------------------


def _take_out(work: UnitOfWork, reasons: Mapping[int, str]) -> list[int]:
    """Take originals (with reasons) out; messages that others show too keep all that was done."""
    threads = dict.fromkeys(work.removals.threads_of(reasons))
    for original_id in reasons:
        family = work.originals.family_of(original_id)
        threads |= dict.fromkeys(work.removals.threads_of(one.id for one in family))
        work.removals.take_out(original_id, reasons[original_id], now(), _kept_of(work, family))
        _part_with(work, original_id, family)
    before = {key: _order(work, key) for key in threads}
    left = [(i, work.removals.unlink(i)) for i in reasons]
    changed = [i for key in threads for i in join_thread(work, key, bring_back=False)]
    for key, order in before.items():
        work.bearings.note_due(with_other_neighbours(order, _order(work, key)))
    work.removals.keep_what_is_left(i for _, unlinked in left for i in unlinked.staying)
    for original_id, unlinked in left:
        details = {
            **_identity(work.originals.get(original_id)),
            "reason": reasons[original_id],
            "messages_gone": list(unlinked.gone),
            "messages_staying": list(unlinked.staying),
        }
        work.custody.append("original_removed", details, actor(), now())
    return changed


def _order(work: UnitOfWork, key: ThreadKey) -> list[int]:
    return work.messages.of_thread(work.messages.thread_id(key))


def _identity(original: Original) -> dict[str, Any]:
    return {"file_name": original.file_name, "sha256": original.sha256, "sm3": original.sm3}


def _kept_of(work: UnitOfWork, family: Sequence[Original]) -> list[_Kept]:
    """Return how an original and its copies are, so that they can be so again."""
    present = _present(work, family)
    if len(family) < 2:
        return []
    (better,) = {one.copy_of or one.id for one in family}
    times = work.sightings.times_of([one.id for one in present])
    state = {
        "better": better,
        "present": [one.id for one in present],
        "times": {str(number): sent for number, sent in times.items()},
    }
    return [state]


def _present(work: UnitOfWork, family: Iterable[Original]) -> list[Original]:
    out = work.removals.reasons()
    return [one for one in family if one.id not in out]


def _part_with(work: UnitOfWork, original_id: int, family: Sequence[Original]) -> None:
    """Let the copies of an original that went do without it, and without its moment."""
    if len(family) < 2:
        return
    left = _present(work, family)
    regroup(work, family)
    before = [*left, work.originals.get(original_id)]
    if left and surest_moment(before) != surest_moment(left):
        moment = surest_moment(left)
        for one in left:
            work.sightings.date_anew(one.id, moment)


# --- putting back ---------------------------------------------------------------------------------


def _put_back(work: UnitOfWork, original_ids: Collection[int]) -> list[int]:
    out = {one.original.id: one for one in work.removals.all()}
    kept = {i: work.removals.put_back(i) for i in original_ids}
    threads = _meet_again(work, kept)
    if work.originals.came_since(min(out[i].removed_at for i in original_ids)):
        link_new_copies(work)
    back = work.removals.relink(original_ids)
    changed = join_new(work, dict.fromkeys((*threads, *back.threads)))
    settled = work.removals.settle(original_ids)
    work.rulings.forget_judgements([*back.messages, *settled])
    for original_id in original_ids:
        original = work.originals.get(original_id)
        details = {**_identity(original), "removed_for": out[original_id].reason}
        work.custody.append("original_restored", details, actor(), now())
    return list(dict.fromkeys((*back.messages, *changed)))


def _meet_again(work: UnitOfWork, kept: Mapping[int, Sequence[_Kept]]) -> list[ThreadKey]:
    """Link originals with their copies again, and let the surest of their moments hold.

    *kept* is how families were before originals went: one of which the same members are present
    is so again. Return the threads that this touches.
    """
    threads: list[ThreadKey] = []
    families = {
        tuple(one.id for one in family): family
        for family in map(work.originals.family_of, kept)
        if len(family) > 1
    }
    for ids, family in families.items():
        present = _present(work, family)
        known = [state for i in ids for state in kept.get(i, ())]
        same = [state for state in known if state["present"] == [one.id for one in present]]
        if same:
            _make_as_before(work, family, same[0])
        else:
            regroup(work, family)
            date_alike(work, present)
        still_out = next((i for i in ids if i in work.removals.reasons()), None)
        if still_out is not None:
            work.removals.hand_on(still_out, known)
        threads += work.removals.threads_of(ids)
    return threads


def _make_as_before(work: UnitOfWork, family: Iterable[Original], state: _Kept) -> None:
    better = state["better"]
    work.originals.regroup(better, [one.id for one in family if one.id != better])
    work.sightings.set_times({int(number): sent for number, sent in state["times"].items()})
