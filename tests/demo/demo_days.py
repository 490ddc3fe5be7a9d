"""Days on which the demo company must be sensible: the usual ones and the awkward ones."""

from datetime import date

import pytest
from hypothesis import strategies as st

DAYS = (
    pytest.param(date(2026, 11, 20), id="a Friday afternoon"),
    pytest.param(date(2026, 11, 21), id="a Saturday in the story"),
    pytest.param(date(2027, 1, 1), id="New Year's Day"),
    pytest.param(date(2026, 5, 5), id="Liberation Day after a long weekend"),
    pytest.param(date(2028, 2, 29), id="leap day"),
    pytest.param(date(2027, 3, 30), id="Tuesday after Easter"),
    pytest.param(date(2026, 12, 28), id="Monday after Christmas"),
    pytest.param(date(2027, 4, 11), id="thirteen days after Easter Monday"),
)
ANY_DAY = st.dates(date(2025, 1, 1), date(2034, 12, 31))
