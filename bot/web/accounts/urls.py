"""Addresses of accounts, under /desk/."""

from __future__ import annotations

from django.urls import path

from bot.web.accounts import joining, me, oidc, people, signing_in
from bot.web.audit.views import log

_PERSON = "people/<int:account_id>/"

urlpatterns = [
    path("login", signing_in.login_page, name="login"),
    path("factor", signing_in.second, name="factor"),
    path("logout", signing_in.sign_out, name="logout"),
    path("logout-everywhere", signing_in.sign_out_everywhere, name="logout_everywhere"),
    path("session", signing_in.stay, name="session"),
    path("session/anew", signing_in.sign_in_anew, name="session_anew"),
    path("oidc/begin", oidc.begin, name="oidc_begin"),
    path("oidc/callback", oidc.callback, name="oidc_callback"),
    path("join/<str:token>", joining.join, name="join"),
    path("account/", me.account, name="account"),
    path("account/password", me.password, name="password"),
    path("account/factor", me.factor_set_up, name="factor_set_up"),
    path("account/factor/later", me.factor_later, name="factor_later"),
    path("account/factor/codes", me.factor_codes, name="factor_codes"),
    path("account/factor/off", me.factor_off, name="factor_off"),
    path("people/", people.people, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/invitations/<int:invitation_id>/withdraw", people.withdraw, name="withdraw"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}give-role", people.give_role, name="give_role"),
    path(f"{_PERSON}take-role", people.take_role, name="take_role"),
    path(f"{_PERSON}disable", people.disable, name="disable"),
    path(f"{_PERSON}enable", people.enable, name="enable"),
    path(f"{_PERSON}reset-factor", people.reset_factor, name="reset_factor"),
    path(f"{_PERSON}reset-password", people.reset_password, name="reset_password"),
    path("audit/", log, name="audit"),
]
