"""How long we wait for an Excel that is busy, and that we never end an Excel that is not ours.

Source: xlwings 0.37.8, _xlwindows.py: N_COM_ATTEMPTS is 0, which means trying without end and without a pause
(and not at all where a method is called); its `cleanup` ends, when Python ends, every Excel that shows
no workbook, also one that another program is working with.
Leaves to others: what the user is told when the wait is over (refusals.py).
"""

import atexit
import sys
import time

WINDOWS_MODULE = "xlwings._xlwindows"
_REJECTED = -2147418111
"""RPC_E_CALL_REJECTED: a cell is being typed in, or a window of Excel is open."""

_TRIES = 40
_PAUSE = 0.25


class Patience(int):
    """A number of tries that takes a breath before the next: xlwings asks it "may I, after so many?"."""

    __slots__ = ()

    def __gt__(self, tried: int) -> bool:
        """Whether there may be another try after so many."""
        if tried >= int(self):
            return False
        time.sleep(_PAUSE)
        return True


def be_patient() -> None:
    """Have xlwings wait ten seconds for a busy Excel, and leave every Excel running; only on Windows."""
    module = sys.modules.get(WINDOWS_MODULE)
    if module is not None and not isinstance(module.N_COM_ATTEMPTS, Patience):
        vars(module)["N_COM_ATTEMPTS"] = Patience(_TRIES)
        atexit.unregister(module.cleanup)


def is_busy(refusal: Exception) -> bool:
    """Whether it only says that Excel was busy."""
    return type(refusal).__name__ == "ExcelBusyError" or getattr(refusal, "hresult", None) == _REJECTED
