"""How rightly the threads of a folder of screenshots with their truth are joined.

    python benchmarks/joining_truth.py FOLDER [ORDERS]

FOLDER holds an IMAGE.json beside each image, which tells its messages, with `thread_message_id`
where a message is seen more than once. Screens are joined as a perfect reader would see them, in
several shuffled orders of importing. Printed for each order: pairs of sightings of one message that
are joined and that are not, pairs of two messages that are joined (must be 0), questions.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.screens import Direction, LabelScope, ScreenKind
from smsdesk.layout.joining import join
from tests.layout.test_joining import Phone

SCOPES = {"group": LabelScope.GROUP}


def threads(truths: list[dict]) -> list[Phone]:  # type: ignore[type-arg]
    """Return the screens by device and sender, in the order of *truths*."""
    phones: defaultdict[tuple[str, str], Phone] = defaultdict(Phone)
    for truth in truths:
        rows = defaultdict(list)
        for number, m in enumerate(truth["messages"]):
            raw = m.get("sender_raw") or truth.get("sender_raw") or ""
            label = m.get("time_label")
            scope = SCOPES.get(m.get("sent_at_basis", ""), LabelScope.OWN)
            more = {
                "direction": Direction(m["direction"]),
                "clipped": m.get("clipped", False),
                "snippet": m.get("truncated", False),
                "key": m.get("thread_message_id") or (truth["image"], number),
            }
            if m["text"]:
                row = (m["text"], label, scope if label else LabelScope.NONE, more)
                rows[parse_sender(raw).key].append(row)
        for key, seen in rows.items():
            captured = dt.datetime.fromisoformat(truth["captured_at"])
            device = str(truth.get("device", truth.get("style", "")))
            phones[device, key].show(seen, captured, ScreenKind(truth["kind"]))
    return list(phones.values())


def main() -> None:
    """Print one line for each order."""
    paths = sorted(Path(sys.argv[1]).glob("*.json"))
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    truths = [t for t in truths if t.get("captured_at") and t.get("messages")]
    for order in range(int(sys.argv[2]) if len(sys.argv) > 2 else 5):
        random.Random(order).shuffle(truths)
        counts = dict.fromkeys(("joined", "missed", "false", "questions"), 0)
        for phone in threads(truths):
            result = join(phone.screens)
            counts["questions"] += len(result.questions)
            of = {i: n for n, m in enumerate(result.messages) for i in m.sighting_ids}
            for a, b in itertools.combinations(phone.truth, 2):
                same, one = phone.truth[a] == phone.truth[b], of[a] == of[b]
                name = ("joined" if one else "missed") if same else "false" if one else None
                if name:
                    counts[name] += 1
        print(f"order {order}: " + ", ".join(f"{n} {count}" for n, count in counts.items()))


if __name__ == "__main__":
    main()
