"""Tests of the rules alone: no clock, no file, no device."""
