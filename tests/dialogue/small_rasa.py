"""A small assistant, trained in seconds, behind the house's door, responses and tracker store over real HTTP."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rasa import model_training
from rasa.core.agent import Agent, load_agent
from rasa.core.channels import channel
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from bot.dialogue.door_channel import DoorInput

SECRET = "a-secret-of-the-test"
FILES = {
    "config.yml": """
recipe: default.v1
assistant_id: small
language: fr
pipeline:
  - name: KeywordIntentClassifier
policies:
  - name: RulePolicy
    core_fallback_action_name: utter_rephrase
    core_fallback_threshold: 0.3
    enable_fallback_prediction: true
""",
    "domain.yml": """
version: "3.1"
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
intents: [greet, inform, goodbye]
entities: [language, place, cite, concern]
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: language}]}
  place: {type: any, mappings: [{type: from_entity, entity: place}]}
  cite: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: cite}]}
  concern: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: concern}]}
responses:
  utter_greet: [{text: never read}]
  utter_inform: [{text: never read}]
  utter_rephrase: [{text: never read}]
  utter_not_worded: [{text: never read}]
""",
    "data.yml": """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - bonjour
    - bonsoir
- intent: inform
  examples: |
    - j'habite
    - je suis
- intent: goodbye
  examples: |
    - salut
    - au revoir
rules:
- rule: greet
  steps: [{intent: greet}, {action: utter_greet}]
- rule: inform
  steps: [{intent: inform}, {action: utter_inform}]
- rule: goodbye
  steps: [{intent: goodbye}, {action: utter_not_worded}]
""",
    "endpoints.yml": """
nlg:
  type: bot.dialogue.responses.CatalogueResponses
tracker_store:
  type: bot.dialogue.tracker_store.BoundedTrackerStore
  url: sqlite:///FOLDER/tracker.sqlite3
  turns: 3
""",
}


def train(folder: Path) -> Path:
    """Train the assistant in `folder`; returns its model."""
    for name, text in FILES.items():
        (folder / name).write_text(text.replace("FOLDER", str(folder)), "utf-8")
    trained = model_training.train(
        str(folder / "domain.yml"), str(folder / "config.yml"), [str(folder / "data.yml")], str(folder / "models")
    )
    assert trained.model is not None
    return Path(trained.model)


class NoSecret(DoorInput):
    """The door of a deployment that configured no secret, beside the guarded one."""

    @classmethod
    def name(cls) -> str:
        """Return another name, hence another address."""
        return "no-secret"


@dataclass
class Door:
    """The served channel, and what the door sends to it."""

    agent: Agent
    url: str

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request with the right secret, unless `headers` says otherwise."""
        channel_ = more.pop("channel", "door")
        more.setdefault("headers", {"Authorization": f"Bearer {SECRET}"})
        with httpx.Client(trust_env=False, timeout=30) as client:
            return client.request(method, f"{self.url}/webhooks/{channel_}{path}", **more)

    def say(self, message: Any, sender: Any = "a", metadata: Any = None, **more: Any) -> httpx.Response:
        """One turn; what begins with a slash is a button's, unless `command` says otherwise."""
        command = more.pop("command", str(message).startswith("/"))
        body = {"sender": sender, "message": message, "command": command, "metadata": metadata}
        return self.request("POST", "/webhook", json=body, **more)

    def tracker(self, sender: str) -> DialogueStateTracker | None:
        """What is kept of a conversation."""
        return asyncio.run(self.agent.tracker_store.retrieve(sender))

    def slots(self, sender: str) -> dict[str, Any]:
        """What the conversation remembers."""
        tracker = self.tracker(sender)
        assert tracker is not None
        return dict(tracker.current_slot_values())


@contextmanager
def served(folder: Path, model: Path) -> Iterator[Door]:
    """Serve the channel in a thread, on a free port; the agent is loaded as Rasa's server loads it."""
    configure_structlog(logging.INFO)  # as `rasa run` does
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        serving = asyncio.run_coroutine_threadsafe(_serve(folder, model, listening), loop)
        agent, server = serving.result(60)
        yield Door(agent, f"http://127.0.0.1:{listening.getsockname()[1]}")
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


async def _serve(folder: Path, model: Path, listening: socket.socket) -> tuple[Agent, Any]:
    endpoints = AvailableEndpoints.read_endpoints(str(folder / "endpoints.yml"))
    app = Sanic("small-rasa", configure_logging=False)
    app.ctx.agent = await load_agent(str(model), endpoints=endpoints)
    channel.register([DoorInput(SECRET), NoSecret("")], app, "/webhooks/")
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.start_serving()
    return app.ctx.agent, server
