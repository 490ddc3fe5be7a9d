"""Writes a made-up world out: `python -m matching_world MAP [--seed N] [--bookings N]`."""

import argparse
from pathlib import Path

from matching_world import make_world
from matching_world.lists import write_out

if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--bookings", type=int, default=2000)
    options = asked.parse_args()
    write_out(make_world(options.seed, options.bookings), options.folder)
