"""Relay boards, scanners, printers and barriers; what a passage means is left to the services."""
