"""Pages that belong to no feature: home, accessibility statement, legal notice, privacy, health."""
