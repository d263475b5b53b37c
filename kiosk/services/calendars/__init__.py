"""Calendars of owners: iCalendar text (RFC 5545) to the times of an offer and back."""
