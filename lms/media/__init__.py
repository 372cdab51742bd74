"""Films and the files around them: storyboards, their drawing and encoding, finished renditions, serving.

Nouns: storyboard (as authored), film (resolved for one establishment and language), scene, ground, layer,
segment (one encoded scene, cached), rendition (a film asked for, made or being made).
Does not belong here: which words go into a film (catalog), who watches it (learn), whose logo it is
(establishments). `lms/media/scenes/` draws; nothing in it knows Flask or the database.
"""
