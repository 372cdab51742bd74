"""A stand-in for `python -m lms.media.render` that costs no drawing: its conduct is in the film's title.

`slow` draws until it is stopped, `fails` and `dies` end badly, `chatters` prints what is not JSON;
`<folder>/../../begun` gets a line a run: the pid and the title.
"""

import json
import os
import sys
import time
from pathlib import Path

order = json.load(sys.stdin)
title, folder = order["film"]["title"], Path(order["folder"])
folder.parent.mkdir(parents=True, exist_ok=True)
with (folder.parent.parent / "begun").open("a") as begun:
    begun.write(f"{os.getpid()} {title}\n")
if "chatters" in title:
    print("a library says hello", flush=True)
    print('"not an object"', flush=True)
print(json.dumps({"progress": 0.4}), flush=True)
while "slow" in title:
    time.sleep(0.05)
    print(json.dumps({"progress": 0.5}), flush=True)
if "fails" in title:
    print(json.dumps({"error": "ValueError: no such icon"}), flush=True)
    print("a long story", file=sys.stderr)
    sys.exit(1)
if "dies" in title:
    os.kill(os.getpid(), 9)
partial = folder.with_name(folder.name + ".part")
(partial / "scenes").mkdir(parents=True)
for name in ("video.mp4", "captions.vtt", "poster.webp"):
    (partial / name).write_bytes(b"drawn")
partial.rename(folder)
print(json.dumps({"progress": 1.0}), flush=True)
