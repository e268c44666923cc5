"""The documentation of the API is seen in a browser, under the policy of the site."""

import pytest


@pytest.mark.browser
def test_it_lists_the_operations(arrive, municipality):
    cecilia = arrive()
    cecilia.sign_in("cecilia@exempelstad.example")

    cecilia.page.goto(f"{cecilia.base}/api/v1/docs/")
    cecilia.page.wait_for_selector(".opblock")

    paths = cecilia.page.locator(".opblock-summary-path").all_inner_texts()
    assert len(paths) == 65
    assert "/api/v1/openings/" in {path.replace("\u200b", "") for path in paths}
    assert cecilia.errors == []
