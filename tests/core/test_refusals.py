import pytest
from django.core.exceptions import ValidationError

from backend.core.writing.refusals import Reason, Refusal, Refused, codes_of
from tests.refusals import refused_for


class Why(Refusal):
    LATE = "late", "It is %(days)s days late."
    EMPTY = "empty", "Nothing is written."


class TestRefused:
    def test_carries_its_code_and_its_words(self):
        refused = Refused(Why.LATE, days=3)

        assert refused.codes == {"late"}
        assert refused.messages == ["It is 3 days late."]

    def test_stands_beside_its_field(self):
        refused = Refused(Why.EMPTY, about="note")

        assert refused.message_dict == {"note": ["Nothing is written."]}
        assert codes_of(refused) == {"empty"}

    def test_holds_several_reasons(self):
        refused = Refused.for_reasons([Why.EMPTY, Reason(Why.LATE, {"days": 1}, "day")])

        assert refused.codes == {"empty", "late"}
        assert refused.message_dict == {"__all__": ["Nothing is written."], "day": ["It is 1 days late."]}

    def test_is_for_a_reason(self):
        with pytest.raises(ValueError, match="needs a reason"):
            Refused.for_reasons([])


class TestCodesOf:
    def test_reads_what_django_raises_too(self):
        assert codes_of(ValidationError({"a": [ValidationError("x", code="b")], "c": ["y"]})) == {
            "b",
            "invalid",
        }

    def test_a_test_that_expects_another_code_fails(self):
        with pytest.raises(AssertionError), refused_for("late"):
            raise Refused(Why.EMPTY)
