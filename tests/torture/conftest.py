"""Gives long runs the small databases of other tests."""

from tests.db.conftest import migrated_file, opened, path, site, store
from tests.fakes.stage import founded

__all__ = ["founded", "migrated_file", "opened", "path", "site", "store"]
