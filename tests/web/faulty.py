"""What is asked of a form that comes back with something wrong: who cannot see it learns what, and where."""

from __future__ import annotations

import re


def assert_tied(shown: str, field: str, box: str = "") -> None:
    """The fault of `field` is tied to its box (an id; the field's own by default), the page's title tells of it, and
    the focus is in a box that is wrong."""
    assert re.search(r"<title>\s*Erreur : ", shown)
    assert f'id="{field}-fault"' in shown and f'href="#{field}"' in shown
    found = re.search(rf'<\w+ id="{box or field}"[^>]*>', shown)
    assert found
    assert 'aria-invalid="true"' in found[0]
    assert re.search(rf'aria-describedby="{field}-fault[" ]', found[0])
    focused = re.findall(r"<[^>]* autofocus>", shown[: shown.index("</main>")])
    assert len(focused) == 1 and 'aria-invalid="true"' in focused[0]
