"""Addresses that are worked out once are those that Django would have worked out each time."""

from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.templatetags.static import static
from django.urls import NoReverseMatch, clear_script_prefix, get_resolver, reverse, set_script_prefix

from backend.core.ui.addresses import address, file_address

ONE, OTHER = uuid4(), UUID("00000000-0000-0000-0000-000000000001")


def pages_of_rows() -> list[tuple[str, int]]:
    """Every page of ours that is reached by nothing but keys of rows, with how many."""
    found = []
    for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items():
        for name in filter(lambda each: isinstance(each, str), resolver.reverse_dict):
            for count in (0, 1, 2):
                try:
                    reverse(f"{namespace}:{name}", args=[ONE, OTHER][:count])
                except (NoReverseMatch, StopIteration):  # a key is no word of an address
                    continue
                found.append((f"{namespace}:{name}", count))
    return found


def test_each_page_about_rows_has_the_address_that_django_gives_it() -> None:
    pages = pages_of_rows()
    assert ("matching:propose", 2) in pages
    for keys in ([ONE, OTHER], [OTHER, ONE]):
        for name, count in pages:
            assert address(name, *keys[:count]) == reverse(name, args=keys[:count])


def test_an_address_follows_where_the_site_is_mounted() -> None:
    assert address("employers:opening_list") == reverse("employers:opening_list")
    try:
        set_script_prefix("/100%/")
        assert address("employers:opening_detail", ONE) == reverse("employers:opening_detail", args=[ONE])
    finally:
        clear_script_prefix()


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        address("employers:no_such_page", ONE)


def test_a_template_is_led_by_key_by_name_and_by_a_word_kept_for_later() -> None:
    kept = "{% url 'employers:opening_detail' pk as where %}{{ where }}"
    for words in (
        "{% url 'employers:opening_detail' pk %}",
        "{% url 'employers:opening_detail' pk=pk %}",
        kept,
    ):
        written = Template(words).render(Context({"pk": ONE}))
        assert written == reverse("employers:opening_detail", args=[ONE])


def test_a_file_is_where_django_serves_it() -> None:
    assert file_address("css/base.css") == static("css/base.css")
    assert Template("{% static 'css/base.css' %}").render(Context()) == static("css/base.css")
