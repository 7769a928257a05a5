"""How the window words dates, times, numbers and states; everything goes through translation."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QCoreApplication, QObject

from smsdesk.domain.cases import Original
from smsdesk.domain.findings import FindingState, Recipient, ViolationType
from smsdesk.domain.numbers import Sender, SenderKind, parse_sender
from smsdesk.domain.times import CHINA, CaptureMoment, CaptureSource, SentTime, TimeBasis
from smsdesk.gui.language import current_language
from smsdesk.wording import say

translate = QCoreApplication.translate


def label_name(violation: ViolationType) -> str:
    """Return the name of a violation type."""
    return _label_names()[violation]


def _label_names() -> dict[ViolationType, str]:
    return {
        ViolationType.FREQUENT: translate("Words", "Frequent harassment"),
        ViolationType.FALSE_THREAT: translate("Words", "False threat"),
        ViolationType.PRIVACY_LEAK: translate("Words", "Privacy leak"),
        ViolationType.INSULT: translate("Words", "Insult or defamation"),
        ViolationType.IMPERSONATION: translate("Words", "Posing as an authority"),
        ViolationType.THIRD_PARTY_CONTACT: translate("Words", "Pressure on third persons"),
        ViolationType.MINOR_THREAT: translate("Words", "Threat to a minor child"),
        ViolationType.VIOLENCE_THREAT: translate("Words", "Threat of violence"),
        ViolationType.DOCTORED_IMAGE: translate("Words", "Doctored picture"),
        ViolationType.INDUCE_LOAN: translate("Words", "Urging to borrow more"),
        ViolationType.NO_IDENTITY: translate("Words", "Sender not named"),
        ViolationType.PRIVATE_NUMBER: translate("Words", "Private number"),
        ViolationType.NUMBER_RISK: translate("Words", "Number hint"),
    }


def label_short(violation: ViolationType) -> str:
    """Return a violation type's name as short as a row of buttons needs it."""
    return {
        ViolationType.FREQUENT: translate("Words", "Frequent", "short label"),
        ViolationType.FALSE_THREAT: translate("Words", "False threat", "short label"),
        ViolationType.PRIVACY_LEAK: translate("Words", "Privacy", "short label"),
        ViolationType.INSULT: translate("Words", "Insult", "short label"),
        ViolationType.IMPERSONATION: translate("Words", "Authority", "short label"),
        ViolationType.THIRD_PARTY_CONTACT: translate("Words", "Third person", "short label"),
        ViolationType.MINOR_THREAT: translate("Words", "Child", "short label"),
        ViolationType.VIOLENCE_THREAT: translate("Words", "Violence", "short label"),
        ViolationType.DOCTORED_IMAGE: translate("Words", "Picture", "short label"),
        ViolationType.INDUCE_LOAN: translate("Words", "More debt", "short label"),
    }.get(violation) or label_name(violation)


def state_name(state: FindingState) -> str:
    """Return the word for a finding's state."""
    return {
        FindingState.PROPOSED: translate("Words", "Proposed"),
        FindingState.CONFIRMED: translate("Words", "Confirmed"),
        FindingState.REJECTED: translate("Words", "Rejected"),
    }[state]


def counted(name: str, count: int) -> str:
    """Return a change's name with the number of messages that it is about, if several."""
    if count == 1:
        return name
    return translate("Words", "{name} (%n messages)", "", count).format(name=name)


def recipient_name(recipient: Recipient) -> str:
    """Return the word for whom a message was sent to."""
    if recipient == Recipient.SELF:
        return translate("Words", "Debtor")
    return translate("Words", "Third person")


def weekday(day: dt.date) -> str:
    """Return the short name of a weekday."""
    return (
        translate("Words", "Mon"),
        translate("Words", "Tue"),
        translate("Words", "Wed"),
        translate("Words", "Thu"),
        translate("Words", "Fri"),
        translate("Words", "Sat"),
        translate("Words", "Sun"),
    )[day.weekday()]


def day_name(day: dt.date, *, with_year: bool = False) -> str:
    """Return a date as a borrower writes it: 12月18日 周四."""
    pattern = (
        translate("Words", "{year}-{month:02}-{day:02} {weekday}", "with year")
        if with_year
        else translate("Words", "{month}/{day} {weekday}", "without year")
    )
    return pattern.format(year=day.year, month=day.month, day=day.day, weekday=weekday(day))


def short_day(day: dt.date) -> str:
    """Return a date without its weekday: 12月18日."""
    pattern = translate("Words", "{month}/{day}", "short date")
    return pattern.format(month=day.month, day=day.day)


def month_name(day: dt.date, *, with_year: bool) -> str:
    """Return the month of a day for the edge of a chart: 12月, 2025.12 with its year."""
    if with_year:
        pattern = translate("Words", "{year}-{month:02}", "month with year")
        return pattern.format(year=day.year, month=day.month)
    return (
        translate("Words", "Jan"),
        translate("Words", "Feb"),
        translate("Words", "Mar"),
        translate("Words", "Apr"),
        translate("Words", "May"),
        translate("Words", "Jun"),
        translate("Words", "Jul"),
        translate("Words", "Aug"),
        translate("Words", "Sep"),
        translate("Words", "Oct"),
        translate("Words", "Nov"),
        translate("Words", "Dec"),
    )[day.month - 1]


def gap_span(after: dt.datetime, before: dt.datetime) -> str:
    """Return from when to when nothing is shown: 12月18日 14:06—12月21日 09:12."""
    first, last = (f"{short_day(china_day(end))} {clock(end)}" for end in (after, before))
    return f"{first}—{last}"


def china_day(moment: dt.datetime) -> dt.date:
    """Return the day in China on which *moment* lies."""
    return moment.astimezone(CHINA).date()


def clock(moment: dt.datetime) -> str:
    """Return the time of day in China, "23:41"."""
    return f"{moment.astimezone(CHINA):%H:%M}"


def sent_clock(sent: SentTime) -> str:
    """Return the time for a list that is already grouped by day, with how it is known."""
    if sent.earliest is None or sent.latest is None:
        return _with_bound(sent)
    return _basis_pattern(sent.basis).format(time=_range(sent.earliest, sent.latest))


def sent_full(sent: SentTime) -> str:
    """Return the time with its day, how it is known, and the label in the picture."""
    if sent.earliest is None or sent.latest is None:
        words = _with_bound(sent)
    else:
        day = day_name(china_day(sent.earliest), with_year=True)
        time = f"{day} {_range(sent.earliest, sent.latest)}"
        words = _basis_pattern(sent.basis).format(time=time)
    if not sent.label:
        return words
    return words + translate("Words", " (label in the picture: “{label}”)").format(label=sent.label)


def _with_bound(sent: SentTime) -> str:
    """Word a time of which one end at most is known."""
    if sent.earliest is not None:
        pattern = translate("Words", "not before {moment}")
        return pattern.format(moment=_moment(sent.earliest))
    if sent.latest is not None:
        pattern = translate("Words", "not after {moment}")
        return pattern.format(moment=_moment(sent.latest))
    return translate("Words", "time unknown")


def _moment(moment: dt.datetime) -> str:
    return f"{day_name(china_day(moment), with_year=True)} {clock(moment)}"


def _range(earliest: dt.datetime, latest: dt.datetime) -> str:
    if earliest == latest:
        return clock(earliest)
    if china_day(earliest) == china_day(latest):
        return f"{clock(earliest)}–{clock(latest)}"
    return f"{clock(earliest)}–{day_name(china_day(latest))} {clock(latest)}"


def _basis_pattern(basis: TimeBasis) -> str:
    if basis == TimeBasis.TYPED:
        return translate("Words", "{time} typed")
    if basis == TimeBasis.DERIVED:
        return translate("Words", "derived {time}")
    return translate("Words", "{time} read")


def captured_words(captured: CaptureMoment) -> str:
    """Return when a screenshot was taken and from where that is known."""
    if captured.at is None:
        return translate("Words", "moment of the screenshot unknown")
    source = {
        CaptureSource.PERSON: translate("Words", "given by hand"),
        CaptureSource.EXIF: translate("Words", "from the picture's EXIF"),
        CaptureSource.FILE_NAME: translate("Words", "from the file name"),
        CaptureSource.FILE_TIME: translate("Words", "from the file's date"),
        CaptureSource.UNKNOWN: translate("Words", "source unknown"),
    }[captured.source]
    pattern = translate("Words", "screenshot of {moment}, {source}")
    return pattern.format(moment=_moment(captured.at), source=source)


def contradicted(original: Original) -> str:
    """Return what a picture says against its moment; empty if nothing."""
    at = _moment(original.captured.at) if original.captured.at else ""
    language = current_language()
    return "  ".join(
        say(f"terms.contradiction_{found}", language, clock=original.status_clock, at=at)
        for found in original.contradictions
    )


def sender_name(sender: Sender) -> str:
    """Return who a message came from, as short as it stays recognisable."""
    if sender.name and sender.number:
        return f"{sender.name} {_grouped(sender)}"
    return sender.name or _grouped(sender) or translate("Words", "number not recognised")


def key_name(key: str) -> str:
    """Return whose conversation it is, by its key: a number, a name, or "?" and a picture."""
    if key.startswith("?"):
        return translate("Words", "a screenshot without number or name")
    return sender_name(parse_sender(key))


def _grouped(sender: Sender) -> str:
    """Mobile numbers read in groups of 3-4-4; other numbers as they are drawn."""
    digits = (sender.number or "").removeprefix("+86")
    if sender.kind == SenderKind.MOBILE and len(digits) == 11:
        country = "+86 " if "86" in sender.raw[:4] else ""
        return f"{country}{digits[:3]} {digits[3:7]} {digits[7:]}"
    return sender.raw or sender.number or ""


def sender_hint(sender: Sender) -> str:
    """Return what the number plan says of a number; never who owns it."""
    parts = [_kind_names()[sender.kind]]
    if sender.region:
        parts.append(sender.region)
    if sender.resale:
        parts.append(translate("Words", "resale prefix (virtual operator)"))
    if sender.carrier:
        parts.append(translate("Words", "prefix of {carrier}").format(carrier=sender.carrier))
    return " · ".join(parts)


def kind_name(sender: Sender) -> str:
    """Return what kind of number the plan says it is."""
    return _kind_names()[sender.kind]


def numbers_counted(count: int) -> str:
    """Return how many numbers."""
    return _Counts().numbers(count)


def messages_counted(count: int) -> str:
    """Return how many messages."""
    return _Counts().messages(count)


def messages_named(count: int) -> str:
    """Return how many messages, where other things are counted beside them."""
    return _Counts().messages_named(count)


def screenshots_counted(count: int) -> str:
    """Return how many screenshots."""
    return _Counts().screenshots(count)


def files_counted(count: int) -> str:
    """Return how many files."""
    return _Counts().files(count)


class _Counts(QObject):
    """What has a plural in English: lupdate notices plurals in tr() alone, not in translate()."""

    def numbers(self, count: int) -> str:
        return self.tr("%n number(s)", "", count)

    def messages(self, count: int) -> str:
        return self.tr("%n message(s)", "", count)

    def messages_named(self, count: int) -> str:
        return self.tr("%n message(s)", "beside other things", count)

    def screenshots(self, count: int) -> str:
        return self.tr("%n screenshot(s)", "", count)

    def files(self, count: int) -> str:
        return self.tr("%n file(s)", "", count)


def sender_doubt(sender: Sender) -> str:
    """Return what else the number was read as; empty if all readings agree."""
    if not sender.doubtful:
        return ""
    pattern = translate("Words", "Number in doubt, also read as {others}: compare with the picture")
    return pattern.format(others=" / ".join(sender.readings))


def _kind_names() -> dict[SenderKind, str]:
    return {
        SenderKind.MOBILE: translate("Words", "mobile number"),
        SenderKind.SATELLITE: translate("Words", "satellite telephone number"),
        SenderKind.IOT: translate("Words", "number of a machine's card"),
        SenderKind.LANDLINE: translate("Words", "landline"),
        SenderKind.SP106: translate("Words", "106 port number"),
        SenderKind.SERVICE95: translate("Words", "95/96 service number"),
        SenderKind.SERVICE400: translate("Words", "400 number"),
        SenderKind.SHORT: translate("Words", "short number"),
        SenderKind.FOREIGN: translate("Words", "number outside the mainland"),
        SenderKind.EMAIL: translate("Words", "e-mail address"),
        SenderKind.NAME: translate("Words", "name from the contacts, number not shown"),
        SenderKind.UNKNOWN: translate("Words", "could not be recognised"),
    }


def time_left(seconds: float) -> str:
    """Return a rough rest: people plan by minutes."""
    if seconds < 60:
        return translate("Words", "less than a minute")
    return translate("Words", "about {count} min").format(count=round(seconds / 60))


def interval(minutes: int) -> str:
    """Return how long something takes, by the two largest units: days and hours, hours, minutes."""
    hours, rest = divmod(minutes, 60)
    days, of_day = divmod(hours, 24)
    if not hours:
        return translate("Words", "{count} min").format(count=minutes)
    if not days:
        return translate("Words", "{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return translate("Words", "{days} d {hours} h").format(days=days, hours=of_day)


_LONG_RUN = re.compile(r"[\w.@-]{24,}", re.ASCII)
"""Longer than any number or usual word: it would push what stands beside it out of sight."""


def breakable(html: str) -> str:
    """Return *html* with places to break in runs of letters that have none of their own."""
    return _LONG_RUN.sub(lambda run: "\u200b".join(run.group()), html)
