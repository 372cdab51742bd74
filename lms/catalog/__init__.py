"""Courses as people write them, and the paths made of them for one establishment in one language.

Nouns: Course, Step, Overlay, Path, Item. Judging an answer belongs to `learn`, drawing a film to `media`.
"""
