"""Who may do what: one line for each address of the door, or for each address and object.

A new address without a line here fails `test_permissions.py`. A line is the method, the address as it is routed, the
object that it is about (or what is asked for, as cite=marseille), and a letter for each of PEOPLE:

    L  is sent to sign in            F  is asked for a second factor first
    H  is told that there is no such thing, and sees nothing of it
    N  is told that it can't be done, and nothing changes
    K  it is shown, or done
"""

from __future__ import annotations

PEOPLE = (
    "nobody",  # has not signed in
    "without",  # an account without a role
    "elsewhere",  # an advisor of Nîmes; everything below is of Marseille
    "advisor",  # of Marseille
    "leads_elsewhere",  # coordinates Nîmes, with a second factor
    "coordinator",  # of Marseille, with a second factor
    "bare",  # coordinates Marseille too, but has set no second factor up
    "administrator",  # with a second factor
)

OBJECTS = {
    "waiting": "a request that waits for Marseille",
    "live": "one that a colleague of Marseille answers",
    "ended": "one that is over",
    "nowhere": "one that waits and is of no Cité",
    "nowhere_live": "the same, once that colleague answers",
    "callback": "one whose person is to be called back by Marseille",
    "widened_callback": "the same, after it had waited for so long that every Cité could answer",
}

LINES = """
GET  desk/                                                    -             L K K K K K F K
GET  desk/waiting                                             -             L K K K K K F K
POST desk/available                                           -             L K K K K K F K
GET  desk/letters/                                            -             L K K K K K F K
POST desk/letters/<int:letter_id>/again                       live          L H H K H K F K
POST desk/letters/<int:letter_id>/again                       ended         L H H K H K F K
POST desk/letters/<int:letter_id>/again                       nowhere       L H K K K K F K
POST desk/letters/<int:letter_id>/again                       nowhere_live  L H H H H H F K
POST desk/letters/<int:letter_id>/again                       unasked       L H H H H K F K
POST desk/letters/<int:letter_id>/aside                       live          L H H K H K F K
POST desk/letters/<int:letter_id>/aside                       nowhere       L H K K K K F K
POST desk/letters/<int:letter_id>/aside                       nowhere_live  L H H H H H F K
POST desk/letters/<int:letter_id>/aside                       unasked       L H H H H K F K
GET  desk/handoffs/<int:handoff_id>/                          waiting       L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/                          live          L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/                          ended         L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/                          nowhere       L H K K K K F K
GET  desk/handoffs/<int:handoff_id>/                          nowhere_live  L H H H H H F K
GET  desk/handoffs/<int:handoff_id>/news                      waiting       L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/news                      live          L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/news                      ended         L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/news                      nowhere       L H K K K K F K
GET  desk/handoffs/<int:handoff_id>/news                      nowhere_live  L H H H H H F K
POST desk/handoffs/<int:handoff_id>/claim                     waiting       L H H K H K F K
POST desk/handoffs/<int:handoff_id>/claim                     live          L H H N H N F N
POST desk/handoffs/<int:handoff_id>/claim                     nowhere       L H K K K K F K
POST desk/handoffs/<int:handoff_id>/answer                    waiting       L H H N H N F N
POST desk/handoffs/<int:handoff_id>/answer                    live          L H H N H N F N
POST desk/handoffs/<int:handoff_id>/answer                    nowhere_live  L H H H H H F N
POST desk/handoffs/<int:handoff_id>/give-back                 live          L H H N H N F N
POST desk/handoffs/<int:handoff_id>/close                     live          L H H N H N F N
POST desk/handoffs/<int:handoff_id>/transfer                  live          L H H N H K F K
POST desk/handoffs/<int:handoff_id>/transfer                  nowhere_live  L H H H H H F K
GET  desk/handoffs/<int:handoff_id>/hand                      live          L H H K H K F K
GET  desk/handoffs/<int:handoff_id>/hand                      nowhere       L H K K K K F K
POST desk/handoffs/<int:handoff_id>/note                      live          L H H K H K F K
POST desk/handoffs/<int:handoff_id>/note                      nowhere       L H N N N N F K
POST desk/handoffs/<int:handoff_id>/tags                      live          L H H K H K F K
POST desk/handoffs/<int:handoff_id>/tags                      nowhere       L H N N N N F K
GET  desk/handoffs/<int:handoff_id>/                          widened_callback  L H H K H K F K
POST desk/handoffs/<int:handoff_id>/callback                  callback      L H H K H K F K
POST desk/handoffs/<int:handoff_id>/callback                  widened_callback  L H H K H K F K
POST desk/handoffs/<int:handoff_id>/callback                  live          L H H N H N F N
POST desk/handoffs/<int:handoff_id>/callback/done             callback      L H H N H N F N

GET  desk/login                                               -             K K K K K K K K
GET  desk/factor                                              -             L K K K K K K K
POST desk/logout                                              -             K K K K K K K K
POST desk/session                                             -             L K K K K K K K
POST desk/session/anew                                        -             L L L L L L L L
POST desk/logout-everywhere                                   -             K K K K K K F K
POST desk/language                                            -             L K K K K K K K
GET  desk/oidc/begin                                          -             H H H H H H H H
GET  desk/oidc/callback                                       -             H H H H H H H H
GET  desk/join/<str:token>                                    -             H H H H H H H H
GET  desk/account/                                            -             L K K K K K F K
GET  desk/account/password                                    -             L K K K K K F K
GET  desk/account/factor                                      -             L K K K K K K K
POST desk/account/factor/later                                -             L K K K K K K K
POST desk/account/factor/codes                                -             L F F F K K F K
POST desk/account/factor/off                                  -             L F F F N N F N

GET  desk/people/                                             -             L H H H K K F K
POST desk/people/invite                                       -             L F F F H K F K
POST desk/people/invitations/<int:invitation_id>/withdraw     -             L F F F H K F K
GET  desk/people/<int:account_id>/                            -             L H H H H K F K
POST desk/people/<int:account_id>/give-role                   -             L F F F H K F K
POST desk/people/<int:account_id>/take-role                   -             L F F F H K F K
POST desk/people/<int:account_id>/disable                     -             L F F F H K F K
POST desk/people/<int:account_id>/enable                      -             L F F F H K F K
POST desk/people/<int:account_id>/reset-factor                -             L F F F H H F K
POST desk/people/<int:account_id>/reset-password              -             L F F F H H F K
GET  desk/audit/                                              -             L H H H K K F K

GET  desk/figures/                                            -             L H K K K K F K
GET  desk/figures/                                            cite=marseille  L H H K H K F K
GET  desk/figures/                                            cite=all      L H H H H H F K
GET  desk/figures/                                            cite=none     L H H H H H F K
GET  desk/figures/figures.csv                                 -             L H K K K K F K
GET  desk/figures/figures.csv                                 cite=marseille  L H H K H K F K
GET  desk/figures/figures.csv                                 cite=all      L H H H H H F K
GET  desk/figures/figures.csv                                 cite=none     L H H H H H F K

GET  desk/review/                                             -             L K K K K K F K
GET  desk/review/answers/                                     -             L K K K K K F K
GET  desk/review/answers/<int:message_id>/                    -             L H H K H K F K
GET  desk/review/handoffs/<int:handoff_id>/                   ended         L H H K H K F K
GET  desk/review/handoffs/<int:handoff_id>/                   live          L H H H H H F H
GET  desk/review/handoffs/<int:handoff_id>/transcript.txt     ended         L H H K H K F K
GET  desk/review/handoffs/<int:handoff_id>/transcript.pdf     ended         L H H K H K F K
GET  desk/review/handoffs/<int:handoff_id>/erase              ended         L F F F H K F K
POST desk/review/handoffs/<int:handoff_id>/erase              ended         L F F F H K F K
POST desk/review/handoffs/<int:handoff_id>/erase              live          L F F F H H F H

GET  desk/notices/                                            -             L K K K K K F K
GET  desk/notices/new                                         -             L H H K H K F K
GET  desk/notices/<int:notice_id>/withdraw                    -             L H H K H K F K
POST desk/notices/<int:notice_id>/withdraw                    -             L H H K H K F K
"""

WITHOUT_ACCOUNTS = {
    # The API knows conversations by their own key, and no account: being signed in at the desk opens nothing.
    "api/v1/conversations",
    "api/v1/conversations/<str:conversation_id>",
    "api/v1/conversations/<str:conversation_id>/messages",
    "api/v1/conversations/<str:conversation_id>/stream",
    "api/v1/conversations/<str:conversation_id>/messages/<int:seq>/feedback",
    "api/v1/conversations/<str:conversation_id>/transcript",
    "api/v1/conversations/<str:conversation_id>/language",
    "api/v1/conversations/<str:conversation_id>/restart",
    "api/v1/conversations/<str:conversation_id>/typing",
    "api/v1/conversations/<str:conversation_id>/read",
    "api/v1/conversations/<str:conversation_id>/callback",
    "api/v1/openapi.json",
    "api/",
    "api/<path:nowhere>",
    # A platform is known by its signature.
    "channels/<slug:name>/",
    # Public pages and files.
    "",
    "demo/",
    "write/",
    "privacy/",
    "accessibility/",
    "health",
    "words/<str:language>.json",
    "agenda/<str:cite>/<str:key>/<str:start>.ics",
    "widget.js",
    "widget.css",
    "files/<str:build>/<path:name>",
}
