"""Tests of the application; the folders mirror `lms/`."""
