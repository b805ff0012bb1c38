"""Signing in to the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from bot.web.conversations.errors import Refused
from bot.web.limits import address, rates
from bot.web.words import preferred


class Login(LoginView):
    """GET and POST /desk/login; attempts are limited for each address."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the name and the password, unless there were too many attempts."""
        try:
            rates.hit("login", address(request))
        except Refused as refused:
            context = self.get_context_data(form=AuthenticationForm(), problem="desk.too_many")
            response = self.render_to_response(context, status=refused.status)
            response.headers["Retry-After"] = str(refused.retry_after)
            return response
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page's language, and the key of what went wrong."""
        context = super().get_context_data(**kwargs)
        context["language"] = preferred(self.request.headers.get("Accept-Language", ""))
        if context["form"].is_bound and not context["form"].is_valid():
            context.setdefault("problem", "desk.wrong")
        return context
