"""What phones write around messages: the few places where the reader goes by words.

Everything else goes by geometry and colour. A phone that words these things differently loses
little: short text on the page between bubbles is no message anyway.
"""

from __future__ import annotations

import re

from smsdesk.domain.time_labels import TimeLabel, parse_label

_SIM = r"(?:来自|通过|经由|由|via)?\s*(?:卡|SIM)\s*[12一二①②]"
_CARRIER = r"(?:中国)?(?:移动|联通|电信|广电)"
_SERVICE = r"(?:短信|彩信|信息|短消息|消息|iMessage|SMS|MMS|RCS|Text Message)"

PLACEHOLDER = re.compile(
    rf"(?:发送|输入|编写|编辑|回复|写|请输入|添加|Send|Write|Type|Enter)?\s*(?:一?条|一下|a |an )?"
    rf"(?:新|文本|RCS|网络|加密|iMessage|new |text )*\s*(?:{_SERVICE}|内容|文字|message)"
    rf"(?:\s*[/／|·]\s*(?:{_SERVICE}))*(?:内容)?"
    rf"\s*(?:[（(·•\-]?\s*(?:{_SIM}|{_CARRIER})\s*(?:{_CARRIER})?\s*[)）]?)?[.。…·]*"
    rf"|发(?:消息|信息|短信|送)|说点什么.{{0,3}}|(?:无法|不支持|不能|暂不支持)回复.{{0,6}}",
    re.IGNORECASE,
)
"""What an empty input field says, and one that takes no text."""

_SERVICE_LINE = re.compile(
    rf"(?:{_SERVICE}|{_SIM}|{_CARRIER}|SIM|卡|[/／·•|()（）\s])+", re.IGNORECASE
)
_RECEIPT = re.compile(
    r"(?:已读|未读|已?送达|已发送|发送成功|发送失败|未?发送|发送中|正在发送|未送达|Delivered|Read|Sent"
    r"|Sending)[.。…!！]*",
    re.IGNORECASE,
)
_DIVIDER = re.compile(
    r"[-—\s]*(?:以[上下]为?(?:未读|最?新|历史|以前的)?(?:消息|信息|短信)|\d*\s*条?(?:未读|新)(?:消息|信息|短信)"
    r"|(?:查看|加载)(?:更早|更多|历史).*|没有更多.*|unread messages?|new messages?)[-—\s]*",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:点击|立即|一键)?(?:查看(?:详情|更多|全文|详细)?|复制(?:验证码|号码|链接|口令|[“「]?\s?[A-Za-z\d]{3,8}\s?[”」]?)?|打开(?:链接)?|进入.{0,6}|回复|退订"
    r"|拨打(?:电话)?|去?还款|领取|办理|忽略|删除|举报|联系客服|查看(?:账单|原文|物流|地图)|立即(?:缴费|办理|支付)|标记.{0,4}|发短信|菜单|服务号|翻译|收起|展开|更多)[>›]?"
)

_ACTION = 4
"""So many characters of a button's wording are no answer that people send."""

_ARROW = re.compile(r"[く<‹〈＜>›〉＞个十+＋⊕⊙◎☺©←→↑]{1,2}")

_ICON = re.compile(r"[十+＋OoＯ〇○◯①⊕⊙◎☺©@()（）〈〉<>く个G]{1,2}")

STATUS = re.compile(
    rf"\d{{1,3}}\s?%|[2345]\.?5?G|HD|VoLTE|[KM]B?/s|LTE|WLAN|Wi-?Fi|{_CARRIER}", re.IGNORECASE
)
CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4])\s?[:：]\s?[0-5]\d(?![\d:])")

NAVIGATION = re.compile(
    r"[<‹〈《←>›〉》＜＞个\s]*(?:返回|编辑|取消|完成|更多|信息|短信|消息|聊天|搜索|联系人|删除|详情|全部|通知信息|选择|管理"
    r"|拨打|呼叫|关闭|设置|微信|Back|Edit|Done|Messages|Search|在线)?(?:\s*[(（]?\d{0,3}\+?[)）]?)[<>›〉》＞\s]*",
    re.IGNORECASE,
)
"""Words of a header's buttons, with or without a count."""

_ARROWS = "<>‹›〈〉《》«»＜＞←→↑⟨⟩❮❯⋮…·.•:|, 　"

_EDGE_OF_LABEL = re.compile(
    rf"^(?:{_SERVICE}|{_SIM}|{_CARRIER}|{_RECEIPT.pattern}|[/／·•|\s])+(?=\S)"
    rf"|[\s·•|,，]*(?:{_SIM}|{_CARRIER}|{_RECEIPT.pattern}|[√✓vV]{{1,2}})+\s*$"
    r"|[\s·•|]+\S$"
    r"|^[12](?=\d{2}[:：]\d{2}$)|(?<=[:：]\d{2})[12]$",
    re.IGNORECASE,
)
"""What stands before or after the time on the line of a label: service, SIM (or what an engine
makes of its icon, a character alone, or its number next to the clock), read receipt."""


def time_label(text: str) -> str | None:
    """Return the time that *text* consists of, without SIM and service marks; None if none."""
    return _time_label(text.strip())


def _time_label(text: str) -> str | None:
    if not text or len(text) > 40 or not any(c.isdigit() or c in _TIME_WORDS for c in text):
        return None
    shortened = text
    for _ in range(4):
        parsed = parse_label(shortened)
        rest = _EDGE_OF_LABEL.sub("", shortened, count=1).strip()
        if parsed is not None and (rest == shortened or parse_label(rest) != parsed):
            return shortened
        if rest == shortened or not rest:
            return None
        shortened = rest
    return shortened if parse_label(shortened) else None


_TIME_WORDS = "今昨前刚周期拜晚早午晨夜daymotuwefrs"


def says(label: str) -> TimeLabel:
    """Return the parts of a time label that `time_label` found."""
    return parse_label(label) or TimeLabel()


def is_moment(label: str) -> bool:
    """Say whether a label tells a clock or a date; 2小时前 and 昨天 stand in all programs."""
    said = says(label)
    return said.clock is not None or said.month is not None


def is_icon(text: str) -> bool:
    """Say whether *text* is what engines read in the icons of bars: one plus, ring or arc."""
    return bool(_ICON.fullmatch(text.strip()))


def is_arrow(text: str) -> bool:
    """Say whether *text* is what engines read in a round button, and nobody sends."""
    return bool(_ARROW.fullmatch(text.strip()))


def names_an_action(text: str) -> bool:
    """Say whether *text* is a button's and too long for an answer: 退订 may be one."""
    return is_button(text) and len(text.strip()) >= _ACTION


def is_mark(text: str) -> bool:
    """Say whether *text* is a service or SIM mark, a read receipt or a divider."""
    bare = text.strip()
    return any(p.fullmatch(bare) for p in (_SERVICE_LINE, _RECEIPT, _DIVIDER))


def is_button(text: str) -> bool:
    """Say whether *text* is what a button of a card says."""
    return bool(_BUTTON.fullmatch(text.strip()))


def without_arrows(text: str) -> str:
    """Return *text* without the arrows that headers draw beside names."""
    return text.strip(_ARROWS)
