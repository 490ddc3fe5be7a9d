"""The committed workbook is what the sources make, byte for byte."""

from pathlib import Path

import pytest

from debiteuren.book.shipped import template_bytes
from debiteuren.book.template import build

WORKBOOK = Path(__file__).parents[2] / "workbook" / "Debiteuren.xlsm"


def test_a_fresh_build_is_the_committed_workbook_byte_for_byte(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.xlsm"
    build(fresh)
    assert fresh.read_bytes() == WORKBOOK.read_bytes()


def test_the_shipped_workbook_is_the_committed_one() -> None:
    assert template_bytes() == WORKBOOK.read_bytes()


def test_a_module_that_is_not_there_cannot_be_replaced(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no VBA module Nergens"):
        build(tmp_path / "fresh.xlsm", replaced_modules={"Nergens": ""})
