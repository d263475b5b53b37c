"""Whole lives of reservations by the real services in virtual time, in any order at all."""
