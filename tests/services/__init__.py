"""Tests of the use cases on a real database, with lanes and payments in virtual time."""
