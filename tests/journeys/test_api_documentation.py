"""The documentation of the API is seen in a browser, under the policy of the site."""

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.mark.browser
def test_it_lists_the_operations(arrive, municipality):
    cecilia = arrive()
    cecilia.sign_in("cecilia@exempelstad.example")

    cecilia.page.goto(f"{cecilia.base}/api/v1/docs/")
    cecilia.page.wait_for_selector(".opblock")

    paths = cecilia.page.locator(".opblock-summary-path").all_inner_texts()
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    assert len(paths) == sum(len(operations) for operations in described.values())
    assert "/api/v1/openings/" in {path.replace("\u200b", "") for path in paths}
    assert cecilia.errors == []
