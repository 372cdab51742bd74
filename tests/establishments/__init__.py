"""Tests of establishments."""
