"""Tests of the database on real files: schema, guards, repositories, faults."""
