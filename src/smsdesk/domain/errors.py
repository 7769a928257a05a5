"""Failures that people can act on; their sentences stand in the catalogue (smsdesk.wording).

Anything raised that is not a SmsdeskError is a bug of ours.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class SmsdeskError(Exception):
    """Base of all failures that a person can act on; `fields` fill the sentence's gaps."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 2

    def __init__(self, **fields: object) -> None:
        self.fields = {name: str(value) for name, value in fields.items()}
        super().__init__(self.code, self.fields)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes: by default only positional arguments would."""
        return _made_anew, (type(self), self.fields)


def _made_anew(kind: type[SmsdeskError], fields: dict[str, str]) -> SmsdeskError:
    return kind(**fields)


class WrongUse(SmsdeskError):
    """An option or argument that makes no sense: field `detail`."""

    code = "wrong_use"


class CannotJoin(SmsdeskError):
    """Messages cannot be joined or parted so: field `why`."""

    code = "cannot_join"


class CannotRemove(SmsdeskError):
    """Originals cannot be taken out or put back so: field `why`, `names` of what it is about."""

    code = "cannot_remove"


class CannotArrange(SmsdeskError):
    """The catalogue of exhibits cannot be changed so: fields `why`, and what its sentence needs."""

    code = "cannot_arrange"


class CaseError(SmsdeskError):
    """The case cannot be opened: field `path`."""

    exit_code = 3


class CaseNotFound(CaseError):
    """No file at the path."""

    code = "case_not_found"


class CaseExists(CaseError):
    """A new case would overwrite a file."""

    code = "case_exists"
    exit_code = 2


class NotACaseFile(CaseError):
    """Some other file, or a database of another program."""

    code = "not_a_case"


class CaseDamaged(CaseError):
    """The database is broken: fields `path`, `detail`."""

    code = "case_damaged"


class CaseTooNew(CaseError):
    """Written by a later version: fields `path`, `revision`."""

    code = "case_too_new"


class CaseLocked(CaseError):
    """Another program holds it."""

    code = "case_locked"


class CaseReadOnly(CaseError):
    """The file or its folder may not be written."""

    code = "case_read_only"


class CaseUnreachable(CaseError):
    """The drive or share does not answer (unplugged, say): fields `path`, `detail`."""

    code = "case_unreachable"


class DiskFull(SmsdeskError):
    """No room: field `path`."""

    code = "disk_full"
    exit_code = 3


class CannotWrite(SmsdeskError):
    """An output file could not be written: fields `path`, `detail`."""

    code = "cannot_write"


class EngineUnavailable(SmsdeskError):
    """The chosen engine cannot run: fields `engine`, `reason`."""

    code = "engine_unavailable"


class RulePackError(SmsdeskError):
    """A rule pack cannot be used: fields `path`, `line`, `detail`."""

    code = "rule_pack"


class NoSuchPack(SmsdeskError):
    """A case has no added rule pack of that version: field `version`."""

    code = "no_such_pack"
    exit_code = 2


class ExportMismatch(SmsdeskError):
    """The finished file does not hold what the case holds: field `detail`; it is not delivered."""

    code = "export_mismatch"
    exit_code = 4


class CaseChanged(SmsdeskError):
    """Somebody worked on the case while it was being packed: field `path`; nothing is delivered."""

    code = "case_changed"


class IsPackage(CaseError):
    """An evidence package where a case is wanted: unpack it first."""

    code = "is_package"


class PackageRefused(SmsdeskError):
    """No evidence package, or none that may be unpacked: fields `path`, `why`, `detail`."""

    code = "package_refused"
    exit_code = 3


class PackageDamaged(SmsdeskError):
    """A package whose content does not fit its lists: fields `path`, `problems`."""

    code = "package_damaged"
    exit_code = 3


class PackageWithoutCase(SmsdeskError):
    """A package of a choice, or a masked one: field `path`; it opens as no case."""

    code = "package_without_case"
    exit_code = 3


class NothingToTell(SmsdeskError):
    """A letter would have no message to be about: nothing chosen is a collection message."""

    code = "nothing_to_tell"


class LimitTooSmall(SmsdeskError):
    """The texts alone are larger than the pack may be: fields `limit`, `needed`, in MB."""

    code = "limit_too_small"


class VolumeTooSmall(SmsdeskError):
    """A page alone needs more than a volume may have.

    Fields `limit_mb` and `needed_mb` (decimal), `held` (the originals on it, in Chinese).
    """

    code = "volume_too_small"
    exit_code = 2


class SetAsideReason(StrEnum):
    """Why a file was not imported or not read; sentences in the catalogue."""

    MISSING = "missing"
    NO_ACCESS = "no_access"
    EMPTY = "empty"
    NOT_A_PICTURE = "not_a_picture"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    UNSAFE_PATH = "unsafe_path"
    ENCRYPTED = "encrypted"
    READ_FAILED = "read_failed"
    READER_ENDED = "reader_ended"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    NO_MESSAGES = "no_messages"


class PictureError(SmsdeskError):
    """A file that cannot be used as a picture: `reason`, and field `detail`."""

    code = "picture"

    def __init__(self, reason: SetAsideReason, detail: str = "") -> None:
        self.reason = SetAsideReason(reason)
        super().__init__(reason=self.reason.value, detail=detail)
