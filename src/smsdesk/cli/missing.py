"""What a case still lacks before it goes to court."""

from __future__ import annotations

from contextlib import closing

from smsdesk.cli.commands import CasePath, JsonFlag, app
from smsdesk.cli.output import language, put, put_json, tell, words
from smsdesk.domain.missing import Missing
from smsdesk.services import completeness, listing
from smsdesk.services.cases import open_case
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say


@app.command(help=words("help_missing"))
def missing(case: CasePath, as_json: JsonFlag = False) -> None:
    """List what is missing or not sure (待补材料)."""
    with closing(open_case(case)) as opened:
        lines = completeness.missing(opened)
        for line in lines:
            if as_json:
                put_json(_row(opened, line))
            else:
                put(completeness.sentence(line, language()))
    name = "found" if lines else "nothing"
    tell(say(f"completeness.{name}", language(), count=len(lines)))


def _row(case: CaseFile, line: Missing) -> dict[str, object]:
    ids = listing.message_ids(case, line.query) if line.query else []
    return {
        "kind": line.kind,
        "count": line.count,
        "text": completeness.sentence(line, language()),
        "messages": ids,
        "subjects": list(line.subjects),
    }
