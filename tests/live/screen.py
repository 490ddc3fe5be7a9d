"""A screen without a monitor: Xvfb, on which xdotool clicks, and of which a picture can be kept.

Leaves to others: what is shown on it (libreoffice.py), where to click (test_live_clicks.py).
"""

import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

from libreoffice import OfficeMissingError

_SIZE = "1600x1000x24"
_SECONDS = 10
_HEADER = struct.Struct(">20I")


class Screen:
    """A running Xvfb; `display` is what programs are told of it."""

    def __init__(self, folder: Path) -> None:
        """Start it; what it shows lies in a file under `folder`."""
        for program, package in (("Xvfb", "xvfb"), ("xdotool", "xdotool")):
            if shutil.which(program) is None:
                raise OfficeMissingError(f"{program} is not here: apt-get install {package}")
        self._picture = folder / "Xvfb_screen0"
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            # Without -noreset the screen starts anew when the first, short-lived part of soffice goes.
            [
                *("Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE),
                *("-noreset", "-nolisten", "tcp", "-fbdir", str(folder)),
            ],
            pass_fds=(writing,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as number:  # it ends without a number when Xvfb does
            found = number.readline().strip()
        if not found:
            self.stop()
            raise OfficeMissingError("Xvfb does not start on this machine")
        self.display = f":{found}"

    def click(self, x: int, y: int) -> None:
        """Press and let go of the left button there."""
        subprocess.run(
            ["xdotool", "mousemove", str(x), str(y), "click", "1"],
            env={**os.environ, "DISPLAY": self.display},
            check=True,
            timeout=_SECONDS,
        )

    def keep_picture(self, path: Path) -> None:
        """What the screen shows now, as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_png(self._picture.read_bytes()))

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _png(window_dump: bytes) -> bytes:
    """A PNG of an X window dump (XWD version 7) of 32 bits a point: blue, green, red, nothing."""
    header = _HEADER.unpack_from(window_dump)
    width, height, line_size, colours = header[4], header[5], header[12], header[19]
    start = header[0] + colours * 12
    lines = bytearray()
    for row in range(height):
        line = window_dump[start + row * line_size :][: width * 4]
        points = bytearray(width * 3)
        points[0::3], points[1::3], points[2::3] = line[2::4], line[1::4], line[0::4]
        lines += b"\0" + points
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(lines))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
