"""What nobody would send, for properties of whatever takes it."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.kit.web import PHONE

FUZZ = settings(max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
TEXT = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(["\x00", "\ud800", PHONE, "+55 11 95555-0001", "", " "])
