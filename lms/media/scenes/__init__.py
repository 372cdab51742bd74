"""How each kind of scene looks and moves: one drawing per module, all on the same stage and timeline."""
