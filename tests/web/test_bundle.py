"""The widget's modules in one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from bot.web.pages.bundle import bundle, lean

WIDGET = Path(settings.BASE_DIR) / "static" / "widget"


def test_modules_come_before_those_that_import_them_and_keep_their_own_names() -> None:
    sources = {
        "main": 'import { two } from "./b.js";\n\nexport async function mount() {\n  return two;\n}\n',
        "b": 'import { one } from "./a.js";\nconst own = 1;\nexport const two = one + own;\n',
        "a": "const own = 2;\nexport const one = own;\nexport class Kept {}\n",
        "apart": "export const unused = 1;\n",
    }
    assert bundle(sources, "main") == (
        "const $a = (() => {\nconst own = 2;\nconst one = own;\nclass Kept {}\nreturn { one, Kept };\n})();\n"
        "const $b = (() => {\nconst { one } = $a;\nconst own = 1;\nconst two = one + own;\nreturn { two };\n})();\n"
        "const { two } = $b;\nexport async function mount() {\n  return two;\n}\n"
    )


def test_comments_are_not_sent_and_nothing_else_is_lost() -> None:
    source = "// one\n/** two\n * three */\nconst a = 'b // c';\n\n  // d\n  /* e */\n  f(/\\/\\//g); // g\n"
    assert lean(source) == "const a = 'b // c';\n  f(/\\/\\//g); // g\n"


FORMS = ['import x from "./a.js";', "export { a };", "export default 1;", 'export * from "./a.js";']


@pytest.mark.parametrize("form", FORMS)
def test_forms_that_are_not_known_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match=r"b\.js: the bundle knows no such form"):
        bundle({"main": 'import { b } from "./b.js";\n', "b": f"{form}\nexport const b = 1;\n", "a": ""}, "main")


def test_modules_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="a.js imports itself"):
        bundle({"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'}, "a")


def test_every_module_is_short_and_has_no_string_of_several_lines() -> None:
    for path in WIDGET.glob("*.js"):
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) < 300, path.name
        assert all(line.count("`") % 2 == 0 for line in lines), path.name
