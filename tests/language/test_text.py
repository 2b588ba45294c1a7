"""Texts are folded, and shortened where they are too long to be read."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from service.language.text import LEFT_OUT, LONGEST_MESSAGE, fold, shortened

WORDS = st.lists(st.from_regex(r"[a-zà-ú0-9]{1,40}", fullmatch=True), min_size=1, max_size=400)


@given(st.text(alphabet=st.sampled_from("aÀÇéß \n\t\u0301\u0323\u0344ﬁ½ǘＡ5"), max_size=60))
def test_marks_go_wherever_they_stand(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    assert fold(text) == " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@given(st.text(max_size=LONGEST_MESSAGE))
def test_an_ordinary_message_is_kept_as_it_is(text: str) -> None:
    assert shortened(text) == text


@given(WORDS, st.sampled_from((" ", "\n", "  ")), st.integers(1, 20))
def test_of_a_longer_one_both_ends_are_kept_in_whole_words(words: list[str], space: str, times: int) -> None:
    text = f"{space.join(words * times)} {'fim ' * 1100}"
    kept = shortened(text)
    first, last = kept.split(LEFT_OUT)
    assert len(kept) <= LONGEST_MESSAGE
    assert text.startswith(first)
    assert text.endswith(last)
    assert len(first) + len(last) > LONGEST_MESSAGE - 120
    assert set(first.split()) | set(last.split()) <= {*words, "fim"}


@given(st.integers(LONGEST_MESSAGE + 1, 65_536))
def test_without_spaces_it_is_cut_all_the_same(length: int) -> None:
    assert LONGEST_MESSAGE - 1 <= len(shortened("a" * length)) <= LONGEST_MESSAGE
