"""Telegram, the local chat, the page and the command line."""
