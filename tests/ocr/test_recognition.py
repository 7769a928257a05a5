"""What the recogniser makes of the likelihoods that the model gives, frame by frame."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from smsdesk.domain.geometry import Box
from smsdesk.ocr.recognition import Recognizer

LISTED = "还钱人入,，。粤粵1l"


class Frames:
    """Stands for the model: whatever the picture, it gives these frames."""

    def __init__(self, *frames: dict[str, float]) -> None:
        characters = ["", *LISTED, " "]
        self.output = np.zeros((1, len(frames), len(characters)), np.float32)
        for number, frame in enumerate(frames):
            for char, likely in frame.items():
                self.output[0, number, characters.index(char)] = likely

    def get_inputs(self):
        return [SimpleNamespace(name="x")]

    def get_modelmeta(self):
        return SimpleNamespace(custom_metadata_map={"character": "\n".join(LISTED)})

    def run(self, outputs, inputs):
        return [self.output]


def read(*frames: dict[str, float]):
    return Recognizer(Frames(*frames)).line(Image.new("RGB", (96, 48)), Box(0, 0, 96, 48))


NONE = {"": 1.0}


def test_the_likeliest_character_of_each_run_is_read():
    line = read(NONE, {"还": 0.9}, {"还": 0.99}, NONE, {"钱": 0.8, "": 0.2}, NONE)
    assert line.text == "还钱"
    assert line.confidences == pytest.approx((0.99, 0.8))


def test_a_letter_twice_needs_an_empty_frame_between():
    assert read({"1": 1}, {"1": 1}, NONE, {"1": 1}).text == "11"


@pytest.mark.parametrize(("one", "other"), [(",", "，"), ("粵", "粤")])
def test_the_likelihood_of_characters_that_look_the_same_is_one(one, other):
    assert read({one: 0.6, other: 0.4}).confidences == pytest.approx((1.0,))


@pytest.mark.parametrize(("one", "other"), [("人", "入"), ("1", "l"), (",", "。")])
def test_what_looks_unlike_is_a_doubt(one, other):
    assert read({one: 0.6, other: 0.4}).confidences == pytest.approx((0.6,))


def test_a_character_that_may_be_lost_makes_its_neighbours_doubtful():
    line = read({"还": 1}, {"": 0.7, ",": 0.3}, {"钱": 1}, NONE, {"人": 1})
    assert line.text == "还钱人"
    assert line.confidences == pytest.approx((0.7, 0.7, 1.0))


def test_a_character_lost_at_an_end_too():
    line = read({"": 0.8, "1": 0.2}, {"还": 1}, {"": 0.6, "，": 0.4})
    assert line.confidences == pytest.approx((0.6,))


def test_a_frame_of_its_own_or_of_a_space_is_no_lost_character():
    line = read({"还": 1}, {"": 0.6, "还": 0.4}, {"": 0.6, " ": 0.4}, {"钱": 1})
    assert line.confidences == pytest.approx((1.0, 1.0))


def test_nothing_read_has_no_confidence():
    assert read(NONE, NONE).confidences == ()
