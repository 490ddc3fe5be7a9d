"""A made-up Dutch small business: its debtors, invoices and bank bookings, with what truly paid what.

Made to judge the matcher (docs/metingen.md, "Koppelen"). The matcher must not be tuned to how this is made.
`python -m matching_world MAP` writes one out as lists and bank files.
"""

from matching_world.bookings import Booking
from matching_world.habits import Habits, messy
from matching_world.world import World, make_world

__all__ = ["Booking", "Habits", "World", "make_world", "messy"]
