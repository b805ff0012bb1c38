"""Django settings of the door; everything that differs between places comes from the environment (README)."""

from __future__ import annotations

from pathlib import Path

from bot.web import environment

BASE_DIR = Path(__file__).resolve().parent

DEBUG = False
SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
ROOT_URLCONF = "bot.web.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "bot.web.conversations",
    "bot.web.channels",
    "bot.web.desk",
    "bot.web.pages",
]
# The two of the door come first and are asynchronous: the API and its streams go no further down.
MIDDLEWARE = [
    "bot.web.headers.security_headers",
    "bot.web.headers.cross_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
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
]

# HTTPS=1 where a proxy ends TLS in front of the door: cookies are then sent over TLS only.
HTTPS = environment.text("HTTPS") == "1"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves; no script needs the cookie
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "bot.web.pages.views.forbidden"

USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_I18N = False  # words come from the project's own catalogues

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
BODY_LIMIT = 16 * 1024  # bytes of any request
MESSAGE_LIMIT = 2000  # characters of a person's message

ALLOWED_ORIGINS = environment.listed("ALLOWED_ORIGINS")  # sites that carry the widget, besides the door itself
TOKEN_LIFE = 24 * 3600  # seconds a conversation's token lives

RETENTION_DAYS = environment.days("RETENTION_DAYS", 30)  # a Cité's file may say otherwise (retention_days)
PRIVACY_CONTROLLER = environment.text("PRIVACY_CONTROLLER")  # the body responsible, as the privacy page names it
PRIVACY_CONTACT = environment.text("PRIVACY_CONTACT")  # its e-mail or web address for questions about data
GEOCODER = environment.text("GEOCODER")  # the actions ask it; here only so that people are told
SWEEP_EVERY = 3600  # seconds between two looks for what is to be removed
SWEEP_POLL = 60.0  # seconds between two looks whether it is time
ERASED_SHOWN_HOURS = 12  # during which the desk says of a request that its conversation was erased
ERASURE_SETTLES = 90  # seconds after which no turn of an erased conversation can still be running in Rasa

RASA_URL = environment.text("RASA_URL", f"http://127.0.0.1:{environment.number('RASA_PORT', 5005)}")
RASA_SECRET = environment.secret("RASA_SECRET")
RASA_TIMEOUT = 20.0  # seconds for a whole turn
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
PUBLIC_URL = environment.text("PUBLIC_URL")  # where people and platforms reach the door: https://bot.example
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
SEND_TIMEOUT = 10.0  # seconds for one message
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
    "reading": (240, 60),  # looks at one conversation: histories, polls, streams, transcripts
    "calls": (3000, 60),  # calls of one address, with a token or without
    "calendar": (300, 600),  # calendar files of one address
    "told": (1, 60),  # times that one person is told that they write too fast
    "login": (10, 300),  # attempts of one address
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
