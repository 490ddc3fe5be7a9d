"""From a reminder to a finished letter: the only room that knows Jinja.

`render` makes the letter, in the standard words or the user's own of Sjablonen; `check_templates` says what
is wrong with the user's, before anybody gets one; `render_arrangement` writes about an arrangement.
"""

from debiteuren.mail.letters.plan import render_arrangement
from debiteuren.mail.letters.render import check_templates, render

__all__ = ["check_templates", "render", "render_arrangement"]
