"""How the page of drafts looks and moves: its style, its keys, and what a browser may do with it.

Source: docs/regels.md, "Uiterlijk" and "Beloften" (5). The policy allows this one script, by its fingerprint,
and no loading of anything: what stands in a name or a letter can't do a thing.
"""

from base64 import b64encode
from hashlib import sha256

STYLE = """
body { font: 16px/1.5 Calibri, Carlito, 'Segoe UI', sans-serif; color: #1F2933; margin: 32px auto;
  max-width: 900px; padding: 0 16px }
h1 { color: #0B5C63; font-size: 26px; margin: 0 } h2 { color: #0B5C63; font-size: 18px; margin: 32px 0 8px }
p { margin: 4px 0; color: #5A6875 } .keys { margin: 0 0 16px; font-size: 13px }
kbd { border: 1px solid #D9E2EC; border-radius: 3px; padding: 0 5px; font: 12px/1.6 Consolas, monospace }
article { border: 1px solid #D9E2EC; border-left: 4px solid #D9E2EC; margin: 0 0 10px; padding: 8px 14px }
article:focus { outline: 2px solid #0B5C63; border-left-color: #0B5C63 }
article.done { opacity: .45 } header .money { float: right }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: normal; font-size: 13px; color: #5A6875;
  border-bottom: 2px solid #0B5C63 }
th, td { padding: 7px 10px 7px 0; vertical-align: top } td { border-bottom: 1px solid #D9E2EC }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: #F5F7FA; padding: 8px 12px }
summary { color: #0B5C63; cursor: pointer; width: max-content }
.money { text-align: right; white-space: nowrap } a { color: #0B5C63 } small { color: #5A6875 }
.note { background: #FFE9B8; color: #6B4300; padding: 1px 6px }
@media print { body { margin: 0; max-width: none } a { text-decoration: none } .keys { display: none }
  article, tr { break-inside: avoid } article.done { opacity: 1 } }
"""
HINT = (
    "<p class=keys><kbd>↓</kbd> <kbd>↑</kbd> volgende en vorige · <kbd>Enter</kbd> openen · <kbd>b</kbd> de "
    "brief hier lezen · <kbd>k</kbd> klaar, en de volgende · <kbd>w</kbd> wie is overgeslagen, en waarom</p>"
)
SCRIPT = """
"use strict";
const all = [...document.querySelectorAll("article")];
const go = (to) => { if (all[to]) { all[to].focus(); all[to].scrollIntoView({block: "center"}); } };
document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey) return;
  const here = all.indexOf(document.activeElement.closest("article"));
  const keys = {
    ArrowDown: () => go(here + 1), j: () => go(here + 1),
    ArrowUp: () => go(Math.max(0, here - 1)),
    Enter: () => {
      if (document.activeElement !== all[here]) return false;
      const link = all[here].querySelector("a.open");
      const letter = all[here].querySelector("details");
      if (link) link.click(); else if (letter) letter.open = !letter.open;
    },
    b: () => { const letter = all[here] && all[here].querySelector("details");
      if (letter) letter.open = !letter.open; },
    k: () => { if (all[here]) { all[here].classList.toggle("done"); go(here + 1); } },
    w: () => { const list = document.getElementById("overgeslagen"); if (list) list.scrollIntoView(); },
  };
  if (keys[press.key] && keys[press.key]() !== false) press.preventDefault();
});
go(0);
"""
_PRINT = b64encode(sha256(SCRIPT.encode()).digest()).decode("ascii")
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    f"style-src 'unsafe-inline'; script-src 'sha256-{_PRINT}'; base-uri 'none'; form-action 'none'\">"
)
