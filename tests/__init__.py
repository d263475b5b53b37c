"""Everything that must hold; docs/guides say where which test belongs."""
