"""Learners, attempts, answers and completion, and the player that makes them.

Nouns: attempt (one run through a path), answer (one act in it), judgement (what an answer was worth),
result (what an attempt was worth), bearer token (what the page holds instead of a cookie), resume code.
Rates and reports do not belong here: this slice counts, `reports` tells.
"""
