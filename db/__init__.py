"""The site's database: one SQLite file, its schema and the queries that return domain values.

Import what you need from its modules: `db.open` opens a store, `db.store` is what use cases
hold, `db.records` and `db.errors` are values that load no database driver.
"""
