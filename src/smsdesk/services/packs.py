"""The rule packs of a case: the bundled one, and what an office adds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from smsdesk.domain.errors import NoSuchPack, RulePackError
from smsdesk.domain.rulings import KeptPack
from smsdesk.rules.pack import RulePack, load_pack, read_office_pack
from smsdesk.services.cases import actor, now
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs in use, the bundled one first."""

    bundled: RulePack
    added: tuple[RulePack, ...] = ()

    @property
    def timing(self) -> RulePack:
        """The bundled rules with the [thresholds] of the pack added last: a person chose it.

        What is collection the bundled rules say: a pack may add thresholds alone.
        """
        if not self.added:
            return self.bundled
        return replace(self.bundled, thresholds=self.added[-1].thresholds)

    @property
    def fingerprint(self) -> str:
        """One hash for all of them, in order."""
        names = [pack.identity.sha256 for pack in (self.bundled, *self.added)]
        return hashlib.sha256("\n".join(names).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PackPlan:
    """A pack to add, and the version of one to take out of use."""

    add: KeptPack | None = None
    remove: str | None = None


_AS_IT_IS = PackPlan()


def load_bundled() -> RulePack:
    """Load the bundled pack, a quarter of a second, unless it is there; RulePackError if broken."""
    return load_pack()


def check_pack(path: Path) -> RulePack:
    """Read an office's pack without a case; RulePackError names file and line."""
    try:
        return read_office_pack(path.name, path.read_bytes())
    except OSError as error:
        detail = f"无法读取（{error.strerror}）"
        raise RulePackError(path=path, line=0, detail=detail) from error


def packs_of(case: CaseFile, plan: PackPlan = _AS_IT_IS) -> Packs:
    """Return the packs that judge a case once *plan* were carried out."""
    with case.view() as work:
        kept = {pack.version: pack for pack in work.rulings.packs()}
    return _packs(kept, plan)


def packs_within(work: UnitOfWork) -> Packs:
    """Return the packs that judge a case as *work* leaves it."""
    return _packs({pack.version: pack for pack in work.rulings.packs()}, _AS_IT_IS)


def _packs(kept: dict[str, KeptPack], plan: PackPlan) -> Packs:
    if plan.remove is not None and kept.pop(plan.remove, None) is None:
        raise NoSuchPack(version=plan.remove)
    if plan.add is not None:
        kept.pop(plan.add.version, None)
        kept[plan.add.version] = plan.add
    added = tuple(read_office_pack(p.name, p.source.encode()) for p in kept.values())
    return Packs(load_pack(), added)


def kept_pack(path: Path) -> KeptPack:
    """Check an office's pack and return it as a case keeps it."""
    identity = check_pack(path).identity
    source = path.read_bytes().decode("utf-8")
    return KeptPack(path.name, identity.version, identity.sha256, source, now())


def carry_out(case: CaseFile, plan: PackPlan) -> None:
    """Keep and drop packs as planned; nothing is judged by them until `adopt`."""
    packs_of(case, plan)
    with case.work() as work:
        if plan.remove is not None:
            work.rulings.drop_pack(plan.remove)
            work.custody.append("pack_removed", {"pack": plan.remove}, actor(), now())
        if plan.add is not None:
            work.rulings.keep_pack(plan.add)
            identity = {"pack": plan.add.version, "pack_sha256": plan.add.sha256}
            work.custody.append("pack_added", {"name": plan.add.name, **identity}, actor(), now())
        work.commit()
