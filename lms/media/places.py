"""Where films are kept, under `Settings.media_path`. `films/<hash>/` is whole or absent, never half."""

from pathlib import Path

FILES = ("video.mp4", "captions.vtt", "poster.webp")


def film_folder(media_path: Path, film_hash: str) -> Path:
    """Folder of one finished film: video, captions, poster, `scenes/<scene id>.webp`."""
    return media_path / "films" / film_hash


def segments_folder(media_path: Path) -> Path:
    """Folder of the encoded scenes that films share."""
    return media_path / "segments"


def is_finished(media_path: Path, film_hash: str) -> bool:
    """Whether the film stands there whole."""
    folder = film_folder(media_path, film_hash)
    return all((folder / name).is_file() for name in FILES)
