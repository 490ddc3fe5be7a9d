"""A letter the user wrote himself, filled in without harm.

Answers: can this template be used, and what does it make; if not, what is wrong in Dutch.
Source: docs/regels.md, "Fouten en twijfel" and "Concepten" (7: a template with a fault gives way to the
standard text).
Leaves to others: which template fits (render.py), what it may know (facts.py), its tone (rules).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from debiteuren.mail.letters.facts import Fact
from debiteuren.mail.wording import plain_words

LONGEST_TEMPLATE = 20_000
"""Characters in a user's template."""
LONGEST_LETTER = 60_000
"""Characters in what it makes."""

_DEEPEST = 40
_FUNCTIONS = frozenset({"kies", "wie", "meervoud", "meervoud_van"})
_FILTERS = ("upper", "lower", "trim", "capitalize", "title", "default", "length", "join")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem,
    nodes.Call, nodes.Filter, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.Test, nodes.Keyword,
)  # fmt: skip
"""What a template may be made of: words, choices and one loop. No powers, products, macros, imports or sets,
so nothing in it can grow without end."""

_environment = SandboxedEnvironment(undefined=StrictUndefined)
_environment.globals.clear()
_environment.filters = {name: _environment.filters[name] for name in _FILTERS}


class TemplateFaultError(Exception):
    """A template cannot be used; `found` and `remedy` are Dutch sentences."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found = found
        self.remedy = remedy


def fill_in(source: str, known: Mapping[str, Fact]) -> str:
    """The template with everything it names filled in.

    Raises:
        TemplateFaultError: a Jinja fault, an unknown name, a form we do not allow, or too long.
    """
    template = _compiled(source, tuple(sorted(known)))
    pieces, size = [], 0
    try:
        for piece in template.generate(known):
            pieces.append(piece)
            size += len(piece)
            if size > LONGEST_LETTER:
                raise TemplateFaultError("Deze tekst wordt veel te lang.", "maak de tekst korter.")
    except UndefinedError as fault:
        raise TemplateFaultError(
            f"Hier staat een naam die het programma niet kent ({plain_words(str(fault), 80)}).",
            "kijk de namen tussen {{ en }} na.",
        ) from fault
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as fault:
        raise TemplateFaultError(
            f"Deze tekst is niet in te vullen ({plain_words(str(fault), 80)}).",
            "kijk de woorden tussen {{ en }} na.",
        ) from fault
    return "".join(pieces)


@lru_cache(maxsize=256)
def _compiled(source: str, names: tuple[str, ...]) -> Template:
    if len(source) > LONGEST_TEMPLATE:
        raise TemplateFaultError(
            f"Deze tekst heeft {len(source)} tekens.", f"houd hem onder {LONGEST_TEMPLATE} tekens."
        )
    try:
        tree = _environment.parse(source)
        _refuse_forms(tree)
        unknown = sorted(meta.find_undeclared_variables(tree) - set(names))
        if unknown:
            raise _unknown_name(unknown[0], names)
        return _environment.from_string(source)
    except TemplateError as fault:
        line = getattr(fault, "lineno", None)
        where = f" in regel {line}" if line else ""
        raise TemplateFaultError(
            f"Er zit een fout{where} in de code tussen accolades ({plain_words(str(fault), 80)}).",
            "kijk na of elke {{ een }} heeft en elke {% if %} een {% endif %}.",
        ) from fault
    except (RecursionError, MemoryError, SyntaxError, ValueError) as fault:
        raise TemplateFaultError("Deze tekst is te ingewikkeld.", "maak de tekst eenvoudiger.") from fault


def _refuse_forms(node: nodes.Node, depth: int = 0, *, in_loop: bool = False) -> None:
    """Stop at what could hang or grow: only the listed forms, not too deep, one loop over `facturen`."""
    if depth > _DEEPEST:
        raise TemplateFaultError("Deze tekst is te ingewikkeld.", "maak de tekst eenvoudiger.")
    if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Call) and not _is_our_function(node)):
        raise TemplateFaultError(
            f"Hier staat iets wat in een brief niet kan ({type(node).__name__}).",
            "gebruik alleen {{ naam }}, {% if %} en {% for factuur in facturen %}.",
        )
    if isinstance(node, nodes.For):
        over_invoices = isinstance(node.iter, nodes.Name) and node.iter.name == "facturen"
        if in_loop or node.recursive or not over_invoices:
            raise TemplateFaultError(
                "Hier staat een lus die in een brief niet kan.",
                "gebruik één lus: {% for factuur in facturen %} … {% endfor %}.",
            )
        in_loop = True
    for child in node.iter_child_nodes():
        _refuse_forms(child, depth + 1, in_loop=in_loop)


def _is_our_function(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in _FUNCTIONS


def _unknown_name(name: str, names: Sequence[str]) -> TemplateFaultError:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a fault

    near = get_close_matches(name, names, n=1)
    hint = f"bedoelt u {{{{ {near[0]} }}}}? " if near else ""
    return TemplateFaultError(
        f"Hier staat {{{{ {plain_words(name, 40)} }}}}. Die naam kent het programma niet.",
        f"{hint}Bekende namen zijn bijvoorbeeld voornaam, bedrag, uiterlijk, factuurtabel en betaalwijze.",
    )
