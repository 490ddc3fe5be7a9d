"""The registry of Windows, as far as we read and write it; empty on other systems.

A key is written with its root in front: HKCU, HKLM or HKCR. Only HKCU, the user's own part, is ever written.
"""

import sys
from collections.abc import Mapping
from typing import Protocol

Value = str | int


class Registry(Protocol):
    """What we ask of the registry."""

    def value(self, key: str, name: str = "") -> Value | None:
        """The value of that name ('' is the key's own); None where it, or its key, is not there."""

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys right below this one."""

    def write(self, key: str, values: Mapping[str, Value]) -> None:
        """Make the key and set its values; OSError when that is not allowed."""

    def remove(self, key: str) -> None:
        """Take the key away, with its values; nothing when it is not there."""


class NoRegistry:
    """Of a system that has none."""

    def value(self, key: str, name: str = "") -> Value | None:  # noqa: ARG002 - there is nothing
        """None."""
        return None

    def keys(self, key: str) -> tuple[str, ...]:  # noqa: ARG002 - there is nothing
        """None at all."""
        return ()

    def write(self, key: str, values: Mapping[str, Value]) -> None:  # noqa: ARG002 - there is nothing
        """Not possible."""
        raise OSError(f"no registry for {key}")

    def remove(self, key: str) -> None:
        """Nothing."""


NO_REGISTRY: Registry = NoRegistry()


if sys.platform == "win32":
    import winreg

    _ROOTS = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }

    class _WindowsRegistry:
        def value(self, key: str, name: str = "") -> Value | None:
            root, _, path = key.partition("\\")
            try:
                with winreg.OpenKey(_ROOTS[root], path) as opened:
                    found, _ = winreg.QueryValueEx(opened, name)
            except OSError:
                return None
            return found if isinstance(found, str | int) else None

        def keys(self, key: str) -> tuple[str, ...]:
            root, _, path = key.partition("\\")
            try:
                with winreg.OpenKey(_ROOTS[root], path) as opened:
                    return tuple(
                        winreg.EnumKey(opened, place) for place in range(winreg.QueryInfoKey(opened)[0])
                    )
            except OSError:
                return ()

        def write(self, key: str, values: Mapping[str, Value]) -> None:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _own(key)) as opened:
                for name, value in values.items():
                    kind = winreg.REG_SZ if isinstance(value, str) else winreg.REG_DWORD
                    winreg.SetValueEx(opened, name, 0, kind, value)

        def remove(self, key: str) -> None:
            try:
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _own(key))
            except FileNotFoundError:
                return

    def _own(key: str) -> str:
        root, _, path = key.partition("\\")
        if root != "HKCU":
            raise OSError(f"{key} is not the user's own")
        return path

    def of_this_computer() -> Registry:
        """The registry."""
        return _WindowsRegistry()

else:

    def of_this_computer() -> Registry:
        """One without anything in it."""
        return NO_REGISTRY
