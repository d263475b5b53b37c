"""Gives long runs the small databases of the tests of the store."""

from tests.db.conftest import migrated_file, opened, path, site, store

__all__ = ["migrated_file", "opened", "path", "site", "store"]
