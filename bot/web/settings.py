"""Django settings of the door; everything that differs between places comes from the environment (README)."""

from __future__ import annotations

from pathlib import Path

from bot.web import environment

BASE_DIR = Path(__file__).resolve().parent

DEBUG = False
SECRET_KEY = environment.secret("SECRET_KEY")
_NAMES = environment.listed("ALLOWED_HOSTS", "localhost")
ALLOWED_HOSTS = [*_NAMES, *environment.LOOPBACK]  # who starts the door asks there whether it is well
ROOT_URLCONF = "bot.web.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "bot.web.conversations",
    "bot.web.channels",
    "bot.web.desk",
    "bot.web.desk_notes",
    "bot.web.figures",
    "bot.web.accounts",
    "bot.web.audit",
    "bot.web.notices",
    "bot.web.pages",
    "bot.web.review",
]
# The two of the door come first and are asynchronous: the API and its streams go no further down.
MIDDLEWARE = [
    "bot.web.headers.security_headers",
    "bot.web.headers.cross_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "bot.web.desk.clock.of_reader",
    "bot.web.accounts.lasting.tell",
    "bot.web.accounts.gate.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"))}

AUTH_USER_MODEL = "desk.Advisor"
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "desk:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "first_name", "email")},
    },
]
INVITATION_DAYS = environment.days("INVITATION_DAYS", 7)  # a link is good for
TRIES = {"name": 5, "address": 20, "factor": 5}  # failed ones in an hour before one must wait
OTP_TOTP_ISSUER = "Cités des métiers"  # what apps show beside the code
OTP_STATIC_THROTTLE_FACTOR = 0  # TRIES counts the tries of both together
FACTOR_KEY = environment.text("FACTOR_KEY") or SECRET_KEY  # what the secrets of second factors are encrypted with

# HTTPS=1 where a proxy ends TLS in front of the door: cookies are then sent over TLS only.
HTTPS = environment.text("HTTPS") == "1"
SESSION_HOURS = environment.at_least("SESSION_HOURS", 12, 1)  # the longest that a session of the desk lasts
SESSION_IDLE_MINUTES = environment.at_least("SESSION_IDLE_MINUTES", 60, 5)  # without anybody doing anything
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves; no script needs the cookie
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "bot.web.desk.dead_ends.forbidden"

# A second factor that a role requires may be put off only where nobody can come from another machine.
_ALONE = environment.is_alone(environment.text("HOST", "127.0.0.1"), _NAMES)
FACTOR_MAY_WAIT = _ALONE and not HTTPS and not CSRF_TRUSTED_ORIGINS

# A directory of the house's own, where there is one (docs/accounts.md).
OIDC_ISSUER = environment.text("OIDC_ISSUER")
OIDC_RP_CLIENT_ID = environment.text("OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = environment.text("OIDC_CLIENT_SECRET")
OIDC_RP_SIGN_ALGO = environment.text("OIDC_ALGORITHM", "RS256")
OIDC_CLAIM = environment.text("OIDC_CLAIM", "email")
OIDC_RP_SCOPES = environment.text("OIDC_SCOPES", "openid email")
OIDC_CREATE_USER = False
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 5  # seconds
OIDC_AUTHENTICATION_CALLBACK_URL = "desk:oidc_callback"
LOGIN_REDIRECT_URL_FAILURE = "/desk/login?notice=oidc_failed"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
if OIDC_ISSUER:
    AUTHENTICATION_BACKENDS.append("bot.web.accounts.oidc.Directory")

USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_I18N = False  # words come from the project's own catalogues

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
BODY_LIMIT = 16 * 1024  # bytes of any request
MESSAGE_LIMIT = 2000  # characters of a person's message

ALLOWED_ORIGINS = environment.listed("ALLOWED_ORIGINS")  # sites that carry the widget, besides the door itself
TOKEN_LIFE = 24 * 3600  # seconds a conversation's token lives

RETENTION_DAYS = environment.days("RETENTION_DAYS", 30)  # a Cité's file may say otherwise (retention_days)
AUDIT_DAYS = environment.days("AUDIT_DAYS", 180)  # the audit log of the desk
PRIVACY_CONTROLLER = environment.text("PRIVACY_CONTROLLER")  # the body responsible, as the privacy page names it
PRIVACY_CONTACT = environment.text("PRIVACY_CONTACT")  # its e-mail or web address for questions about data
GEOCODER = environment.text("GEOCODER")  # the actions ask it; here only so that people are told
SWEEP_EVERY = 3600  # seconds between two looks for what is to be removed
SWEEP_POLL = 60.0  # seconds between two looks whether it is time
ERASED_SHOWN_HOURS = 12  # during which the desk says of a request that its conversation was erased
ERASURE_SETTLES = 90  # seconds after which no turn of an erased conversation can still be running in Rasa

# Who is told that somebody waits and nobody looks: nobody, unless addresses or a webhook are given.
ALERT_EMAIL = environment.listed("ALERT_EMAIL")  # addresses, or cite=address for one Cité (its id) alone
ALERT_WEBHOOK = environment.web_address("ALERT_WEBHOOK")  # is sent a JSON object by POST
ALERT_AFTER = environment.number("ALERT_AFTER", 60)  # seconds that somebody waits before
ALERT_LANGUAGE = environment.text("ALERT_LANGUAGE", "fr")
DESK_URL = environment.web_address("DESK_URL")  # the desk's address, for the link in an alert
ALERT_POLL = 10.0  # seconds between two looks
ALERT_TIMEOUT = 5.0  # seconds that the other side has to take an alert
ALERT_TRIES = 8
ALERT_PAUSE = 15  # seconds before the second try; each further pause is twice as long
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.text("EMAIL_USE_TLS") == "1"  # STARTTLS
EMAIL_USE_SSL = environment.text("EMAIL_USE_SSL") == "1"
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "assistant@localhost")
LOOK_STEP = 4  # seconds between two notes that an advisor has a request open
LOOK_LASTS = 12  # seconds for which such a note holds
# Handoffs. Minutes, unless said otherwise.
HANDOFF_WIDEN = environment.minutes("HANDOFF_WIDEN", 5)  # of waiting, after which any Cité's advisors may answer
HANDOFF_TELL = environment.minutes("HANDOFF_TELL", 5)  # more, after which the person is told what else there is
HANDOFF_REMIND = environment.minutes("HANDOFF_REMIND", 5)  # of the person's silence, before they are reminded
HANDOFF_SILENCE = environment.minutes("HANDOFF_SILENCE", 10)  # more, after which the exchange is closed
HANDOFF_NUDGE = environment.minutes("HANDOFF_NUDGE", 3)  # of the advisor's silence, before they are given a sign
HANDOFF_REQUEUE = environment.minutes("HANDOFF_REQUEUE", 5)  # more, after which anybody may take it
CALLBACK_DAYS = environment.days("CALLBACK_DAYS", 14)  # for which a number to call back is kept at most
CALLBACK_KEY = environment.text("CALLBACK_KEY") or SECRET_KEY  # what it is encrypted with
PRESENCE = 60  # seconds for which an advisor counts as here after the desk's last look
TYPING = 8  # seconds for which a sign of typing holds
WATCH_POLL = 10.0  # seconds between two looks at the handoffs that wait or are silent

RASA_URL = environment.text("RASA_URL", f"http://127.0.0.1:{environment.number('RASA_PORT', 5005)}")
RASA_SECRET = environment.secret("RASA_SECRET")
RASA_TIMEOUT = 20.0  # seconds for a whole turn; less than LEASE
RASA_CONNECT_TIMEOUT = 2.0
DISPATCH = True  # whether the server carries messages to Rasa (tests turn it off)
DISPATCH_AT_ONCE = 16  # conversations whose turn runs at the same time
DISPATCH_POLL = 1.0  # seconds between two looks at the database, for what another process stored
LEASE = 30  # seconds after which the lease of a process that died is free again
GIVE_UP_UNREACHABLE = 600  # seconds after which a message that Rasa never took is given up
GIVE_UP_FAILING = 120  # the same for one whose turn fails each time
STREAM_POLL = 2.0  # seconds between two looks at the database of an open stream
STREAM_HEARTBEAT = 15.0  # seconds
STREAM_LIFE = 3600.0  # seconds after which a stream ends; the widget opens another
LONGEST_WAIT = 25  # seconds that a long poll may ask for

# Messaging apps: each is off without its own secrets (docs/messaging.md).
PUBLIC_URL = environment.text("PUBLIC_URL").rstrip("/")  # where people and platforms reach the door: https://bot.example
CHANNEL_KEY = environment.text("CHANNEL_KEY")  # of the hashes and ciphers of platform ids; else SECRET_KEY
CHANNEL_PAGE = environment.text("CHANNEL_PAGE")  # the page told to who wants to stay anonymous; else the door's own
TELEGRAM_TOKEN = environment.text("TELEGRAM_TOKEN")
TELEGRAM_SECRET = environment.text("TELEGRAM_SECRET")  # what Telegram sends with each call; made by itself otherwise
TELEGRAM_URL = environment.text("TELEGRAM_URL", "https://api.telegram.org")
TWILIO_ACCOUNT_SID = environment.text("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = environment.text("TWILIO_AUTH_TOKEN")
TWILIO_SMS_FROM = environment.text("TWILIO_SMS_FROM")  # +33…, or a messaging service: MG…
TWILIO_WHATSAPP_FROM = environment.text("TWILIO_WHATSAPP_FROM")  # whatsapp:+33…
TWILIO_URL = environment.text("TWILIO_URL", "https://api.twilio.com")
META_APP_SECRET = environment.text("META_APP_SECRET")  # with which Meta signs its calls, WhatsApp's and Messenger's
META_APP_ID = environment.text("META_APP_ID")  # with it, `channels register` sets the webhooks by itself
META_VERIFY_TOKEN = environment.text("META_VERIFY_TOKEN")  # what Meta asks with once; made by itself otherwise
META_URL = environment.text("META_URL", "https://graph.facebook.com/v24.0")
WHATSAPP_TOKEN = environment.text("WHATSAPP_TOKEN")
WHATSAPP_PHONE_ID = environment.text("WHATSAPP_PHONE_ID")  # Meta's id of the number, not the number
WHATSAPP_ACCOUNT_ID = environment.text("WHATSAPP_ACCOUNT_ID")
WHATSAPP_TEMPLATE = environment.text("WHATSAPP_TEMPLATE")  # approved; tells that an advisor's answer waits
MESSENGER_TOKEN = environment.text("MESSENGER_TOKEN")  # of the page
MESSENGER_PAGE_ID = environment.text("MESSENGER_PAGE_ID")
SEND_TIMEOUT = 10.0  # seconds for one message; less than LEASE
SEND_AT_ONCE = 8  # people to whom something is sent at the same time, of each platform
GIVE_UP_SENDING = 24 * 3600  # seconds after which a message that a platform does not take is a dead letter
NOTE_LIFE = 600  # seconds during which somebody may still be told that all was erased
EVENTS_KEPT = 8  # days during which an event is known again: WhatsApp repeats for seven
GAP_PATIENCE = 0.5  # seconds to wait for an event that another one has overtaken
WEBHOOK_LIMIT = 256 * 1024  # bytes of a call of a platform's
BATCH_LIMIT = 3 * 1024 * 1024  # the same for Meta's, which hold many events: so much is WhatsApp's documented most

# What one client may hold of the server.
HEAD_PATIENCE = 10.0  # seconds for a request's head
BODY_PATIENCE = 10.0  # seconds for its body
WRITE_PATIENCE = 30.0  # seconds that a client may leave unread what it was sent
CONNECTIONS = 4000  # open at the same time
REQUESTS = 1500  # being answered at the same time, streams among them
STREAMS = {"conversation": 8, "address": 300, "all": 1000}  # streams and long polls open at the same time

# Events allowed in a window of seconds; kept in memory only. Schools share one address: these are wide.
RATES = {
    "create": (60, 600),  # conversations of one address
    "address": (600, 60),  # messages of one address
    "conversation": (20, 60),  # messages of one conversation
    "signs": (60, 60),  # of typing and of reading, in one conversation
    "reading": (240, 60),  # looks at one conversation: histories, polls, streams, transcripts
    "calls": (3000, 60),  # calls of one address, with a token or without
    "calendar": (300, 600),  # calendar files of one address
    "told": (1, 60),  # times that one person is told that they write too fast
    "login": (30, 300),  # attempts of one address, right or wrong
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "bot.web.logs.QuietFormatter", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {"without_paths": {"()": "bot.web.logs.WithoutPaths"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_paths"]}
    },
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # These write addresses of pages or of people, at each call.
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "uvicorn.access": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},  # what was refused is no fault, and a flood of it would fill the disk
    },
}
