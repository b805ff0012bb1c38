"""The widget's modules as one file without comments: one small answer on a slow line, instead of a chain of them.

It knows only the forms that they use: `import { a, b } from "./x.js";` on one line, `export` before a declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# Only comments that begin a line go: what begins one is never within a string, since none of ours has several lines.
_BLOCKS = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINES = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_BLANK = re.compile(r"\n\s*\n")


def bundle(sources: Mapping[str, str], entry: str) -> str:
    """One module that exports what the module `entry` does; each other one is a function called once.

    `sources`: texts by name ("chat" for chat.js). Raises `ValueError` for a form it does not know, `KeyError` for a
    module that is not there.
    """
    order = list(dict.fromkeys(_needed(sources, entry, ())))
    return "".join([*(_wrapped(name, sources[name]) for name in order[:-1]), _linked(entry, sources[entry])])


def lean(source: str) -> str:
    """A script without the comments that begin a line, and without empty lines."""
    return _BLANK.sub("\n", _LINES.sub("", _BLOCKS.sub("", source)))


def _needed(sources: Mapping[str, str], name: str, above: tuple[str, ...]) -> Iterator[str]:
    """The module and all that it imports, those first."""
    if name in above:
        raise ValueError(f"{name}.js imports itself, by way of {', '.join(above)}")
    for _, imported in _IMPORT.findall(sources[name]):
        yield from _needed(sources, imported, (*above, name))
    yield name


def _wrapped(name: str, source: str) -> str:
    body, exported = _EXPORT.sub("", source), ", ".join(_EXPORT.findall(source))
    return f"const ${name} = (() => {{\n{_checked(name, _linked(name, body))}return {{ {exported} }};\n}})();\n"


def _linked(name: str, source: str) -> str:
    return lean(_IMPORT.sub(lambda found: f"const {{ {found[1]} }} = ${found[2]};\n", source))


def _checked(name: str, source: str) -> str:
    left = _LEFT.search(source)
    if left:
        raise ValueError(f"{name}.js: the bundle knows no such form: {left[0]}")
    return source
