"""Tariff files: read, written, and counted."""
