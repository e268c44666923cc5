"""The documentation of the API is seen in a browser, under the policy of the site."""

import pytest
from drf_spectacular.generators import SchemaGenerator

SHOWN = """() => [...document.querySelectorAll(".opblock-summary")].map((each) => [
  each.querySelector(".opblock-summary-method").innerText,
  each.querySelector(".opblock-summary-path").innerText.replaceAll("\\u200b", ""),
])"""
SCREEN = 700


@pytest.mark.browser
def test_it_lists_the_operations(arrive, municipality):
    cecilia = arrive()
    cecilia.sign_in("cecilia@exempelstad.example")

    cecilia.page.goto(f"{cecilia.base}/api/v1/docs/")
    cecilia.page.wait_for_selector(".opblock")

    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    wanted = {(method.upper(), path) for path, methods in described.items() for method in methods}
    seen: set[tuple[str, str]] = set()
    # Of so many it draws those that are near the screen.
    for _ in range(len(wanted)):
        seen |= {(method, path) for method, path in cecilia.page.evaluate(SHOWN)}
        if seen >= wanted:
            break
        cecilia.page.mouse.wheel(0, SCREEN)
        cecilia.page.wait_for_timeout(100)
    assert seen == wanted
    assert cecilia.errors == []
