"""What the court PDF of a large case costs: pages a second, peak memory, and beside img2pdf.

    python benchmarks/export.py [MESSAGES] [SCREENSHOTS]      (pip install -e ".[benchmark]")

A made-up case (10,000 messages on 3,000 pictures unless said otherwise) is stored through the real
storage and exported in a process of its own, whose peak memory is told. img2pdf then writes the
same pictures, one a page, to a PDF: nothing else does only that faster. The ratio is taken of the
time and memory for the annex alone: a case of the same pictures that nobody has read.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from smsdesk.domain.queries import MessageQuery
from smsdesk.services.cases import open_case
from smsdesk.services.exporting import export_pdf
from smsdesk.services.jobs import Task
from smsdesk.services.listing import original_bytes, originals


def peak_mb() -> float:
    """Return the most memory that this process ever held (Linux, macOS), in MB."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def exported(case_path: Path, target: Path) -> dict[str, float]:
    """Export a case to *target* and return what it took."""
    case = open_case(case_path)
    start = time.perf_counter()
    result = export_pdf(case, target, MessageQuery(), Task())
    seconds = time.perf_counter() - start
    case.close()
    return {"pages": result.pages, "seconds": seconds, "peak_mb": peak_mb()}


def by_img2pdf(case_path: Path, target: Path) -> dict[str, float]:
    """Write a case's pictures as img2pdf does: one a page, nothing else."""
    import img2pdf

    case = open_case(case_path)
    names = []
    for original in originals(case):
        names.append(target.with_name(f"{original.id}"))
        names[-1].write_bytes(original_bytes(case, original.id))
    case.close()
    start = time.perf_counter()
    with target.open("wb") as file:
        img2pdf.convert([str(name) for name in names], outputstream=file)
    seconds = time.perf_counter() - start
    return {"pages": len(names), "seconds": seconds, "peak_mb": peak_mb()}


def made(case_path: Path, messages: str, screenshots: str, read: str) -> dict[str, float]:
    """Make the case; here, so that its memory counts for no measurement."""
    from benchmarks.made_cases import make_case

    start = time.perf_counter()
    make_case(case_path, int(messages), int(screenshots), read=read == "read").close()
    return {"seconds": time.perf_counter() - start}


STEPS = {step.__name__: step for step in (exported, by_img2pdf, made)}


def apart(step: str, *arguments: object) -> dict[str, float]:
    """Run a step in a process of its own."""
    command = [sys.executable, __file__, step, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def told(name: str, cost: dict[str, float], target: Path) -> None:
    pace = cost["pages"] / cost["seconds"]
    print(
        f"{name}: {cost['pages']:,.0f} pages, {pace:.1f} a second, peak {cost['peak_mb']:.0f} MB, "
        f"file {target.stat().st_size / 1e6:.0f} MB"
    )


def main(messages: str = "10000", screenshots: str = "3000") -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case, bare = folder / "case.smscase", folder / "bare.smscase"
        apart("made", case, messages, screenshots, "read")
        apart("made", bare, messages, screenshots, "unread")
        whole = apart("exported", case, folder / "whole.pdf")
        annex = apart("exported", bare, folder / "annex.pdf")
        plain = apart("by_img2pdf", bare, folder / "plain.pdf")
        told("court PDF", whole, folder / "whole.pdf")
        told("annex alone", annex, folder / "annex.pdf")
        told("img2pdf", plain, folder / "plain.pdf")
    print(
        f"annex alone: {annex['seconds'] / plain['seconds']:.1f} times as long as img2pdf, "
        f"{annex['peak_mb'] / plain['peak_mb']:.1f} times its memory"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in STEPS:
        places = (Path(word) if "." in word else word for word in sys.argv[2:])
        print(json.dumps(STEPS[sys.argv[1]](*places)))
    else:
        main(*sys.argv[1:])
