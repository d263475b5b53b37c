"""The whole story on the screens of a running site."""
