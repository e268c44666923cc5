"""The documentation of the API is seen in a browser, under the policy of the site."""

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.mark.browser
def test_it_lists_the_operations(arrive, municipality):
    cecilia = arrive()
    cecilia.sign_in("cecilia@exempelstad.example")

    cecilia.page.goto(f"{cecilia.base}/api/v1/docs/")
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    number = sum(len(operations) for operations in described.values())
    # They are drawn a few at a time.
    all_there = "number => document.querySelectorAll('.opblock-summary-path').length === number"
    cecilia.page.wait_for_function(all_there, arg=number)

    paths = cecilia.page.locator(".opblock-summary-path").all_inner_texts()
    assert "/api/v1/openings/" in {path.replace("\u200b", "") for path in paths}
    assert cecilia.errors == []
