"""A headless Chromium, spoken to over a pipe: pages as a person at the keyboard meets them."""

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
MISSING = "" if CHROMIUM else "Chromium ontbreekt op deze computer (apt install chromium)"
_KEYS = {"ArrowDown": 40, "ArrowUp": 38, "Enter": 13, "Tab": 9}


class Browser:
    """One tab. `asked`: every address that the page asked for; `blocked`: why it did not get some."""

    def __init__(self, process: subprocess.Popen[bytes], reading: int, writing: int) -> None:
        self._process = process
        self._reading = os.fdopen(reading, "rb", buffering=0)
        self._writing = os.fdopen(writing, "wb", buffering=0)
        self._buffer = b""
        self._number = 0
        self._session = ""
        self.asked: list[str] = []
        self.blocked: list[str] = []
        target = self._tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self._tell(f"{domain}.enable")

    def open(self, page: Path) -> None:
        """Show a file, and wait for its script to have run."""
        self._tell("Page.navigate", url=page.as_uri())
        for _ in range(200):
            if self.value("document.readyState") == "complete" and self.value("location.protocol") == "file:":
                return
            time.sleep(0.02)
        raise TimeoutError(page)

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            code = {"key": key, "windowsVirtualKeyCode": _KEYS.get(key, ord(key[0].upper()))}
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            self._tell("Input.dispatchKeyEvent", type="keyDown", **code, **text)
            self._tell("Input.dispatchKeyEvent", type="keyUp", **code)

    def value(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page holds
        """What an expression is in the page."""
        return self._tell("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get(
            "value"
        )

    def width(self, pixels: int) -> None:
        """Look through a window of so many pixels, as on a phone."""
        self._tell(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=800,
            deviceScaleFactor=1,
            mobile=False,
        )

    def picture(self) -> bytes:
        """The page as PNG."""
        return base64.b64decode(self._tell("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=10)
        self._reading.close()
        self._writing.close()

    def _tell(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        self._writing.write(json.dumps(asked).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("method") == "Network.requestWillBeSent":
                self.asked.append(said["params"]["request"]["url"])
            if said.get("method") == "Network.loadingFailed":
                self.blocked.append(str(said["params"].get("blockedReason")))
            if said.get("id") == self._number:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']}")
                return dict(said.get("result", {}))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            data = self._reading.read(65536)
            if not data:
                raise RuntimeError("Chromium ended")
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser for the length of the block."""
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    command = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"),
        *(f"--user-data-dir={profile}", "--window-size=1000,900", "--no-first-run"),
    ]
    shell = f'exec "$@" 3<&{to_read} 4>&{from_write}'
    process = subprocess.Popen(
        ["bash", "-c", shell, "chromium", *command],
        pass_fds=(to_read, from_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    running = Browser(process, from_read, to_write)
    try:
        yield running
    finally:
        running.close()
