"""sharedpark-kiosk: shared parking spaces, from idle search to settlement."""

__version__ = "0.1.0"
