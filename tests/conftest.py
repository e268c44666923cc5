"""Fixtures that every test may use."""

pytest_plugins = ["tests.harness", "tests.cast", "tests.places.fixtures", "tests.permissions.world"]
