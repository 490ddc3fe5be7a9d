"""Throws damaged files at every reader of bank files and lists; see run.py."""
