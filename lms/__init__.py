"""Tous Cybervigilants: ninety-second cyber-awareness paths for hospital staff.

A folder is a feature, a file is plumbing. Start with `lms/README.md`.
"""
