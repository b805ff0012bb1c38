"""What uvicorn serves: Django, behind limits on requests and their bodies, with the dispatcher beside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.core.asgi import get_asgi_application

if TYPE_CHECKING:
    from bot.web.bodylimit import Application


def build() -> Application:
    """Set Django up, then build the application (these modules need Django's settings)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.web.settings")
    django_application = get_asgi_application()

    from bot.web.bodylimit import limit_bodies
    from bot.web.lifespan import with_dispatcher
    from bot.web.overload import limit_requests

    return with_dispatcher(limit_requests(limit_bodies(django_application)))


application = build()
