"""The harness itself: that what it promises to catch is caught."""

import socket

import pytest
from django.contrib.auth.models import Group
from django.template import Context, Origin, Template

from backend.core.models import DatedRule
from tests.architecture.source import ROOT, TEMPLATES
from tests.harness import pytest_itemcollected


def template(text: str, *, name: str) -> Template:
    return Template(text, origin=Origin(name=name))


class TestUndefinedVariables:
    ours = str(TEMPLATES / "home" / "made_up.html")

    def test_fail_in_our_templates(self):
        with pytest.raises(AssertionError, match="who }} is undefined"):
            template("Hello {{ who }}", name=self.ours).render(Context())

    def test_an_attribute_that_is_not_there_fails(self):
        with pytest.raises(AssertionError, match="undefined"):
            template("{{ who.name }}", name=self.ours).render(Context({"who": object()}))

    def test_a_default_is_an_answer(self):
        assert template("{{ who|default:'you' }}", name=self.ours).render(Context()) == "you"

    def test_a_question_is_allowed(self):
        assert template("{% if who %}{{ who }}{% endif %}", name=self.ours).render(Context()) == ""

    def test_templates_of_others_are_left_alone(self):
        assert template("{{ who }}", name="django/forms/made_up.html").render(Context()) == ""


@pytest.mark.django_db
class TestUnorderedQueries:
    def test_come_back_shuffled(self):
        Group.objects.bulk_create(Group(name=str(number)) for number in range(12))

        orders = {tuple(Group.objects.values_list("pk", flat=True)) for _ in range(10)}

        assert len(orders) > 1

    def test_keep_the_order_that_was_asked_for(self):
        Group.objects.bulk_create(Group(name=str(number)) for number in range(12))

        orders = {tuple(Group.objects.order_by("pk").values_list("pk", flat=True)) for _ in range(10)}

        assert len(orders) == 1


class TestWhatMigrationsWrote:
    @pytest.mark.django_db(transaction=True)
    def test_is_there_for_a_test_that_commits(self):
        assert DatedRule.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_is_there_for_the_next_one(self):
        assert DatedRule.objects.exists()

    def test_is_there_afterwards(self, django_db_setup, django_db_blocker):
        """Run after the tests that commit, as pytest-django orders those without a database of their own."""
        with django_db_blocker.unblock():
            assert DatedRule.objects.exists()


class TestNetwork:
    def test_is_closed(self):
        with pytest.raises(AssertionError, match="reach"), socket.socket() as outward:
            outward.connect(("192.0.2.1", 80))


class TestLanes:
    @pytest.mark.parametrize(("needs", "lanes"), [((), {"once"}), (("postgres",), {"postgres"})])
    def test_what_needs_postgresql_is_run_there(self, request, needs, lanes):
        """Left to the first lane, which has no PostgreSQL, it would be run in none."""
        item = pytest.Function.from_parent(request.node.parent, name="made_up", callobj=lambda: None)
        for each in needs:
            item.add_marker(each)
        item.path = ROOT / "tests" / "demo" / "test_year.py"

        pytest_itemcollected(item)

        assert {each.name for each in item.own_markers} == lanes
