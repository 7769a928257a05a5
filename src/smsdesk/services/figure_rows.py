"""Figures and changes of proposals as plain dictionaries and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from smsdesk.domain.figures import CaseFigures, Dossier, Ids, InstitutionFigures, Rhythm
from smsdesk.domain.findings import ProposalChange, ViolationType
from smsdesk.domain.retention import Retention
from smsdesk.services.rows import Row


def figures_row(counted: CaseFigures) -> Row:
    """Return what `figures --json` prints; every list of numbers names messages by id."""
    figures = counted.figures
    return {
        "overall": rhythm_row(figures.overall),
        "heat": [
            {"weekday": day + 1, "hour": hour, "messages": ids}
            for (day, hour), ids in figures.heat.items()
        ],
        "numbers": [_dossier_row(dossier) for dossier in figures.numbers],
        "institutions": [_institution_row(one) for one in figures.institutions],
        "labels": _labels_row(figures.labels),
        "confirmed": _labels_row(figures.confirmed),
        "record_kept_until": {
            str(message_id): _retention_row(kept) for message_id, kept in counted.retention.items()
        },
    }


def rhythm_row(rhythm: Rhythm) -> Row:
    """Return when a group of messages came."""
    worst, run, shortest = rhythm.worst_day, rhythm.longest_run, rhythm.shortest
    return {
        "messages": rhythm.ids,
        "days": {day.isoformat(): ids for day, ids in rhythm.days.items()},
        "worst_day": worst and worst.isoformat(),
        "night": rhythm.night,
        "night_share": round(len(rhythm.night) / len(rhythm.ids), 4) if rhythm.ids else None,
        "at_22_or_8_sharp": rhythm.edge,
        "without_day": rhythm.without_day,
        "shortest_interval": shortest and {"minutes": shortest.minutes, "messages": shortest.ids},
        "longest_run": run
        and {"first": run.first.isoformat(), "last": run.last.isoformat(), "messages": run.ids},
        "own_lines_not_law": {
            "noticed": [day.isoformat() for day in rhythm.noticed],
            "striking": [day.isoformat() for day in rhythm.striking],
        },
    }


def change_row(change: ProposalChange) -> Row:
    """Return what judging a message anew would do to its proposals."""
    kinds = {"added": change.added, "removed": change.removed, "reworded": change.reworded}
    return {
        "message": change.message_id,
        **{
            kind: [{"label": p.violation, "rule": p.rule, "reason": p.reason} for p in proposals]
            for kind, proposals in kinds.items()
        },
    }


def figure_lines(counted: CaseFigures, name_of: Callable[[ViolationType], str]) -> Iterator[str]:
    """Yield the figures in Chinese, for reading at the command line."""
    figures = counted.figures
    overall = figures.overall
    yield f"催收短信 {len(overall.ids)} 条，夜间 {len(overall.night)} 条"
    if overall.worst_day:
        yield f"最多的一天 {overall.worst_day}：{len(overall.days[overall.worst_day])} 条"
    if overall.shortest:
        yield f"最短间隔 {overall.shortest.minutes} 分钟（短信 {_numbers(overall.shortest.ids)}）"
    if overall.noticed:
        yield f"达到自设提示线（非法定标准）的有 {len(overall.noticed)} 天"
    for one in figures.institutions:
        count = len(one.rhythm.ids)
        yield f"{one.institution.name}：{count} 条，{len(one.institution.senders)} 个号码"
    for violation, ids in figures.labels.items():
        yield f"涉嫌{name_of(violation)}：{len(ids)} 条（短信 {_numbers(ids)}）"


def _numbers(ids: Ids) -> str:
    return "、".join(map(str, ids))


def _dossier_row(dossier: Dossier) -> Row:
    sender = dossier.sender
    return {
        "sender": sender.key,
        "kind": sender.kind,
        "carrier_of_prefix": sender.carrier,
        "resale_prefix": sender.resale,
        "institution": dossier.institution,
        "first": dossier.first and dossier.first.isoformat(),
        "last": dossier.last and dossier.last.isoformat(),
        "hours": {str(hour): ids for hour, ids in dossier.hours.items()},
        "labels": _labels_row(dossier.labels),
        **rhythm_row(dossier.rhythm),
    }


def _institution_row(one: InstitutionFigures) -> Row:
    return {
        "name": one.institution.name,
        "senders": dict(one.institution.basis),
        "labels": _labels_row(one.labels),
        **rhythm_row(one.rhythm),
    }


def _labels_row(labels: Mapping[ViolationType, Ids]) -> Row:
    return {violation.value: ids for violation, ids in labels.items()}


def _retention_row(kept: Retention) -> Row:
    return {"until": kept.until.isoformat(), "months": kept.months, "content_kept": kept.content}
