from __future__ import annotations

import pytest

from smsdesk.domain.findings import Recipient
from smsdesk.domain.rulings import Answer, Judgement, KeptPack
from smsdesk.domain.threads import ThreadKey
from tests.storage.builders import MOBILE, NOON, device, sighting, store

PACK = KeptPack("office.toml", "office-2026-11", "a" * 64, 'version = "office-2026-11"', NOON)


@pytest.fixture
def message_id(work):
    return store(work, [sighting("你家孩子几点放学？")])[0]


def thread_of(work, message_id):
    return work.messages.get([message_id])[0].thread_id


def test_a_pack_is_kept_with_its_source_and_replaced_by_its_next_edition(work):
    work.rulings.keep_pack(PACK)
    assert work.rulings.packs() == [PACK]
    later = KeptPack("b.toml", PACK.version, "b" * 64, "", NOON)
    work.rulings.keep_pack(later)
    assert work.rulings.packs() == [later]
    assert work.rulings.drop_pack(PACK.version)
    assert not work.rulings.drop_pack(PACK.version)
    assert work.rulings.packs() == []


def test_an_answer_counts_for_all_messages_of_its_thread(work, message_id):
    thread = thread_of(work, message_id)
    assert work.rulings.answers() == {}
    work.rulings.answer(thread, Answer(Recipient.THIRD, "妻子"))
    assert work.rulings.answers() == {thread: Answer(Recipient.THIRD, "妻子")}
    assert work.messages.get([message_id])[0].recipient is Recipient.THIRD
    key = ThreadKey(device(work).id, MOBILE.key)
    assert work.rulings.answer_for(key) == Answer(Recipient.THIRD, "妻子")
    work.rulings.answer(thread, Answer(Recipient.SELF))
    assert work.messages.get([message_id])[0].recipient is Recipient.SELF
    with pytest.raises(KeyError):
        work.rulings.answer(99, Answer(Recipient.SELF))


def test_a_sender_is_put_under_an_institution_and_taken_out(work):
    assert work.rulings.assign(MOBILE.key, "甲公司") is None
    assert work.rulings.assign(MOBILE.key, "乙公司") == "甲公司"
    assert work.rulings.institutions() == {MOBILE.key: "乙公司"}
    assert work.rulings.assign(MOBILE.key, None) == "乙公司"
    assert work.rulings.assign(MOBILE.key, None) is None
    assert work.rulings.institutions() == {}


def test_what_was_judged_goes_with_its_message(work, message_id):
    work.rulings.note_judgements({message_id: Judgement("1", "2")})
    work.rulings.note_judgements({message_id: Judgement("3", "2")})
    assert work.rulings.judgements() == {message_id: Judgement("3", "2")}
    work.messages.store_thread(ThreadKey(device(work).id, MOBILE.key), [], Recipient.SELF)
    assert work.rulings.judgements() == {}
