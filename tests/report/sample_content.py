"""Court files to print in tests: the bundled sample story, and ones made up on the spot."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PIL import Image, ImageDraw, ImageOps

from smsdesk.domain.arranging import CaseContents, MessageFacts, arrange
from smsdesk.domain.cases import CaseCard, ImportItem, ImportStatus, Original, SourceDevice
from smsdesk.domain.custody import next_entry
from smsdesk.domain.errors import PictureError, SetAsideReason
from smsdesk.domain.exhibits import DEFAULT_GROUPS, Attachment, ExhibitPlan, ExhibitRecord
from smsdesk.domain.findings import (
    Finding,
    FindingState,
    PackIdentity,
    Proposal,
    Provision,
    Recipient,
    ViolationType,
)
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity, Message, ReviewState, Sighting
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.reading import EngineIdentity
from smsdesk.domain.screens import Direction, LabelScope
from smsdesk.domain.times import (
    CHINA,
    UNKNOWN_TIME,
    CaptureMoment,
    CaptureSource,
    SentTime,
    TimeBasis,
)
from smsdesk.report.content import CourtFile, LabelText, PictureSource, manifest_text
from smsdesk.resources import resource
from smsdesk.rules.pack import load_pack
from smsdesk.services.describing import Describer
from smsdesk.services.figuring import figures_of
from smsdesk.services.packs import Packs

NOW = dt.datetime(2026, 1, 21, 15, 4, 5, tzinfo=CHINA)
PACK = PackIdentity("2026-11", "ab" * 32)
LABELS = {
    ViolationType.FREQUENT: LabelText("频繁骚扰", "夜间或同日密集发送短信，可能侵扰私人生活安宁。"),
    ViolationType.FALSE_THREAT: LabelText("虚假恐吓", "断言并未发生的立案、判决、执行等后果。"),
    ViolationType.PRIVACY_LEAK: LabelText("泄露隐私", "向第三人或公众披露欠款、证件、住址、照片。"),
    ViolationType.INSULT: LabelText("侮辱诽谤", "对收信人使用侮辱性称呼或评价。"),
    ViolationType.IMPERSONATION: LabelText("冒充国家机关", "以法院、公安等机关名义催款。"),
    ViolationType.THIRD_PARTY_CONTACT: LabelText(
        "第三方骚扰威胁", "联系或威胁联系债务人以外的人。"
    ),
    ViolationType.MINOR_THREAT: LabelText("威胁未成年子女", "以未成年子女施压。"),
    ViolationType.VIOLENCE_THREAT: LabelText("暴力威胁／上门", "伤害、毁物、堵门等威胁。"),
}
PROVISIONS = {
    p.id: p
    for p in (
        Provision(
            "law-a", "示例法", "法律", "第十二条",
            "任何组织或者个人不得以电话、短信、即时通讯工具、电子邮件、传单等方式侵扰他人的安宁（示例文字）。",
            "2021-01-01", None, True, "sample",
        ),
        Provision(
            "law-b", "示例处罚法", "法律", "第四十二条",
            "有下列行为之一的，处五日以下拘留（示例文字）：\n（一）写恐吓信的；\n（二）多次发送信息，干扰他人正常生活的。",
            "2013-01-01", "2025-12-31", True, "sample",
        ),
        Provision("rule-c", "示例管理办法", "部门规章", None, None, None, None, False, "sample"),
        Provision("std-d", "示例风控指引", "国家标准", None, None, "2025-02-28", None, False, "s"),
    )
}  # fmt: skip
SMALL_WIDTH, SMALL_HEIGHT = 390, 844
BUBBLE = Box(20, 60, 310, 180)


@dataclass
class Pictures:
    """Pictures by original id, made or read on demand; those of documents by (id, page)."""

    makers: dict[int | tuple[int, int], Callable[[], bytes]] = field(default_factory=dict)

    def data(self, original_id: int, page: int = 0) -> bytes:
        make = self.makers.get((original_id, page)) or self.makers.get(original_id)
        if make is None:
            raise PictureError(SetAsideReason.DAMAGED)
        return make()

    def upright(self, original_id: int, page: int = 0) -> Image.Image:
        with Image.open(io.BytesIO(self.data(original_id, page))) as image:
            return ImageOps.exif_transpose(image).convert("RGB")


def court_file(
    messages: Sequence[Message],
    originals: Sequence[Original],
    pictures: Pictures,
    devices: Sequence[SourceDevice],
    **changes: object,
) -> CourtFile:
    card = changes.get("card") or CaseCard(
        "张女士与示例公司隐私权纠纷（示例）",
        "张女士",
        "示例信用管理有限公司",
        "隐私权、个人信息保护纠纷",
        "",
        "张女士",
    )
    entry = next_entry(None, NOW, "zhang", "imported", {"originals": len(originals)})
    fields: dict = {
        "card": card,
        "generated_at": NOW,
        "program_version": "smsdesk 0.1.0",
        "pack": PACK,
        "devices": devices,
        "originals": originals,
        "messages": messages,
        "total_messages": len(messages),
        "set_aside": [
            ImportItem(
                1, "C:\\照片\\损坏.png", ImportStatus.SET_ASIDE, None, SetAsideReason.DAMAGED
            )
        ],
        "provisions": PROVISIONS,
        "labels": LABELS,
        "custody_head": entry,
        "figures": figures_of(Packs(load_pack()), messages, {}),
        "plan": plan_of(card, devices, originals, messages),
        "manifest_sha256": hashlib.sha256(manifest_text(originals).encode()).hexdigest(),
        "engines": [EngineIdentity("ppocr", "PP-OCRv6 small", "cd" * 32)],
        "pictures": PictureSource(pictures.data, pictures.upright),
    }  # fmt: skip
    return CourtFile(**{**fields, **changes})


def with_messages(base: CourtFile, messages: Sequence[Message]) -> CourtFile:
    """Return *base* with other messages, and all that follows from them."""
    return replace(
        base,
        messages=messages,
        figures=figures_of(Packs(load_pack()), messages, {}),
        plan=plan_of(base.card, base.devices, base.originals, messages),
    )


def plan_of(
    card: CaseCard,
    devices: Sequence[SourceDevice],
    originals: Sequence[Original],
    messages: Sequence[Message],
    attachments: Sequence[Attachment] = (),
    records: Sequence[ExhibitRecord] = (),
) -> ExhibitPlan:
    """Return the catalogue that the program proposes."""
    describe = Describer(
        card, {d.id: d for d in devices}, {o.id: o for o in originals}, lambda v: v.value
    )
    facts = [MessageFacts.of(m, n) for n, m in enumerate(messages, 1)]
    groups = [replace(group, id=n) for n, group in enumerate(DEFAULT_GROUPS, 1)]
    contents = CaseContents([d.id for d in devices], originals, facts, groups, records, attachments)
    return arrange(contents, describe)


def original(id_: int, data: bytes, name: str, device: int = 1, **changes: object) -> Original:
    with Image.open(io.BytesIO(data)) as image:
        width, height = ImageOps.exif_transpose(image).size
        media = Image.MIME[image.format or "PNG"]
    taken = CaptureMoment(NOW, CaptureSource.EXIF)
    fields: dict = {
        "id": id_,
        "sha256": hashlib.sha256(data).hexdigest(),
        "sm3": hashlib.sha256(b"sm3" + data).hexdigest(),
        "size": len(data),
        "media_type": media,
        "file_name": name,
        "source": f"/pictures/{name}",
        "width": width,
        "height": height,
        "file_time": None,
        "exif_time": None,
        "captured": taken,
        "imported_at": NOW,
        "device_id": device,
    }
    return Original(**{**fields, **changes})


SENDER = Sender("+86 171 0000 0001", "+8617100000001", None, SenderKind.MOBILE, "电信", resale=True)
PHONE = SourceDevice(1, "张女士的手机", "张女士", "iPhone 14", "", "张女士")


def message(
    id_: int,
    text: str,
    *,
    original_id: int = 1,
    sent: SentTime | None = None,
    labels: Sequence[ViolationType] = (),
    state: FindingState = FindingState.PROPOSED,
    box: Box = BUBBLE,
    sender: Sender = SENDER,
    **changes: object,
) -> Message:
    at = dt.datetime(2025, 12, 20, 9, 0, tzinfo=CHINA) + dt.timedelta(hours=5 * id_)
    sent = sent or SentTime(at, at, TimeBasis.READ, "09:00")
    seen = Sighting(
        id_, original_id, 0, box, Direction.IN, text, text, 0.99, (), False, False, sender, sent,
        LabelScope.OWN,
    )  # fmt: skip
    findings = tuple(
        Finding(
            id_ * 10 + n, id_,
            Proposal(label, "rule", ((0, min(4, len(text))),), "含有示例词句。", tuple(PROVISIONS)),
            state, PACK,
        )
        for n, label in enumerate(labels)
    )  # fmt: skip
    fields: dict = {
        "id": id_, "thread_id": 1, "sender": sender, "direction": Direction.IN,
        "recipient": Recipient.SELF, "machine_text": text, "corrected_text": None, "doubtful": (),
        "sent": sent, "state": ReviewState.NEW, "starred": False, "note": "",
        "before": Continuity.CONTINUOUS, "sightings": (seen,), "findings": findings,
    }  # fmt: skip
    return Message(**{**fields, **changes})


def drawn_png(seed: int = 0, size: tuple[int, int] = (SMALL_WIDTH, SMALL_HEIGHT)) -> bytes:
    """Return a PNG with a few bubbles on a white ground."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for top in range(60, size[1] - 120, 200):
        draw.rounded_rectangle((20, top, size[0] - 80, top + 120), 18, fill=(233, 233, 235))
        for line in range(3):
            draw.line((40, top + 30 + 30 * line, 240 + seed % 40, top + 30 + 30 * line), "black", 9)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def small_file(texts: Sequence[str], **changes: object) -> CourtFile:
    """Return a file of these messages, seen four to a small screenshot."""
    pictures = Pictures()
    originals = []
    for number in range(1, -(-len(texts) // 4) + 1):
        data = drawn_png(number)
        pictures.makers[number] = lambda data=data: data
        originals.append(original(number, data, f"IMG_{number:04}.PNG"))
    messages = [
        message(
            n, text, original_id=(n - 1) // 4 + 1,
            labels=[ViolationType.FALSE_THREAT, ViolationType.INSULT][: n % 3],
            state=FindingState.CONFIRMED if n % 2 else FindingState.PROPOSED,
        )
        for n, text in enumerate(texts, 1)
    ]  # fmt: skip
    return court_file(messages, originals, pictures, [PHONE], **changes)


# the bundled sample story


_KINDS = {
    "sp106": SenderKind.SP106, "mobile": SenderKind.MOBILE, "landline": SenderKind.LANDLINE,
    "400": SenderKind.SERVICE400, "foreign": SenderKind.FOREIGN, "name": SenderKind.NAME,
    "95": SenderKind.SERVICE95, "short": SenderKind.SHORT,
}  # fmt: skip


def story_file() -> CourtFile:
    """Return the court file of the sample story, as a perfect reading would give it."""
    story = json.loads(resource("samples", "story.json").read_text("utf-8"))
    devices = {
        d["id"]: SourceDevice(
            n, f"{d['person']}的手机", d["person"], d["model"], "", d["kept_by"],
            Recipient.SELF if d["owner"] == "本人" else Recipient.THIRD, d.get("relation", ""),
        )
        for n, d in enumerate(story["devices"], 1)
    }  # fmt: skip
    pictures = Pictures()
    originals = {}
    for shot in story["screenshots"]:
        id_, name = shot["order"], shot["image"]
        path = resource("samples", name)
        pictures.makers[id_] = path.read_bytes
        at = dt.datetime.fromisoformat(shot["captured_at"])
        exif = shot["captured_at_known_from"].startswith("EXIF")
        taken = CaptureMoment(at, CaptureSource.EXIF if exif else CaptureSource.FILE_TIME)
        originals[name] = original(
            id_, path.read_bytes(), name, devices[shot["device"]].id, captured=taken
        )
    senders = {s["thread"]: _sender(s) for s in story["senders"]}
    senders |= {f"m-{thread}": sender for thread, sender in senders.items()}  # to the mother
    sightings = _sightings(originals, senders, story)
    messages = [
        _story_message(n, m, senders, sightings[m["id"]])
        for n, m in enumerate(story["messages"], 1)
        if m["id"] in sightings
    ]
    card = story["case"]
    return court_file(
        messages, list(originals.values()), pictures, list(devices.values()),
        card=CaseCard(
            card["title"], card["claimant"], "；".join(card["respondents"]), card["cause"],
            card["case_number"], card["claimant"], card["facts"], 2,
        ),
    )  # fmt: skip


def _sender(s: dict) -> Sender:
    number = s["number"] or ""
    kind = _KINDS.get(s["kind"], SenderKind.UNKNOWN)
    resale = number.startswith(("+86171", "+86170", "+86165", "+86167", "+86162"))
    return Sender(s["as_shown"], s["number"], s["name"], kind, None, resale)


def _sightings(originals: dict, senders: dict, story: dict) -> dict[str, list[Sighting]]:
    found: dict[str, list[Sighting]] = {}
    thread_of = {m["id"]: m["thread"] for m in story["messages"]}
    for name, shot in originals.items():
        truth = json.loads(resource("samples", name).with_suffix(".json").read_text("utf-8"))
        for position, seen in enumerate(truth["messages"]):
            id_ = seen["thread_message_id"]
            found.setdefault(id_, []).append(
                Sighting(
                    0,
                    shot.id,
                    position,
                    Box(*seen["bbox"]),
                    Direction(seen["direction"]),
                    seen["text"],
                    seen["text"],
                    0.99,
                    (),
                    bool(seen.get("clipped")),
                    bool(seen.get("truncated")),
                    senders[thread_of[id_]],
                    _sent(seen),
                    LabelScope.OWN,
                )
            )
    return {id_: sorted(seen, key=lambda s: (s.clipped, s.snippet)) for id_, seen in found.items()}


def _sent(seen: dict) -> SentTime:
    if not seen["sent_at"]:
        return UNKNOWN_TIME
    at = dt.datetime.fromisoformat(seen["sent_at"])
    if seen["sent_at_basis"] == "group":
        return SentTime(at, at + dt.timedelta(minutes=40), TimeBasis.DERIVED, seen["time_label"])
    return SentTime(at, at, TimeBasis.READ, seen["time_label"])


def _story_message(id_: int, m: dict, senders: dict[str, Sender], seen: list[Sighting]) -> Message:
    text = seen[0].text
    names = [name for name in m["labels"] if name != "none"]
    names += ["frequent"] if m["frequent"] else []
    state = FindingState.PROPOSED if id_ % 3 == 0 else FindingState.CONFIRMED
    findings = tuple(
        Finding(
            id_ * 10 + n, id_,
            Proposal(
                ViolationType(name), f"rule-{name}", _span(text, n, name),
                "收到时间在 22:00 至次日 8:00 之间。" if name == "frequent" else "含有所涉词句。",
                tuple(PROVISIONS),
            ),
            state, PACK,
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    return message(
        id_, text, sent=seen[0].sent, sender=senders[m["thread"]],
        direction=Direction(m["direction"]),
        recipient=Recipient.SELF if m["recipient"] == "本人" else Recipient.THIRD,
        sightings=tuple(seen), findings=findings,
        doubtful=((6, 8),) if id_ % 9 == 0 else (),
        before=Continuity.GAP if id_ % 17 == 0 else Continuity.CONTINUOUS,
    )  # fmt: skip


def _span(text: str, n: int, name: str) -> tuple[tuple[int, int], ...]:
    if name == "frequent":
        return ()
    start = min(len(text) // 3 + 5 * n, max(len(text) - 6, 0))
    return ((start, min(start + 6, len(text))),)
