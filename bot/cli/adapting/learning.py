"""How e5's last layers learn to tell intents apart: batches of examples, passes over them, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tqdm import tqdm

from bot.cli.adapting.network import Network
from bot.knowledge import e5_graph
from bot.knowledge.e5 import E5
from bot.knowledge.encoder import ready

BATCH = 32
_SORTED = 50  # batches: among so many, texts of like length stand together, which leaves little padding
_RATE = 1e-3
_DECAY = 0.01
_WARM = 0.06  # share of the steps in which the rate grows; it then falls to nothing
_SMOOTHING = 0.1  # of the labels: some examples have two fair readings
_SAMPLE = 1024
_SEED = 0


@dataclass(frozen=True)
class Thoughts:
    """What the layers that do not change think of each token of each text: arrays of shape (tokens, 384)."""

    rows: list[NDArray[np.float16]]

    @classmethod
    def of(cls, texts: Sequence[str], below: E5, title: str) -> Thoughts:
        """Think of `texts` once, with progress; learning goes through them many times."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        rows: list[NDArray[np.float16]] = [np.empty(0, np.float16)] * len(texts)
        for start in tqdm(range(0, len(order), BATCH), desc=title):
            numbers = order[start : start + BATCH]
            present, (found,) = below.thoughts([ready(texts[number]) for number in numbers], e5_graph.THOUGHT)
            for number, row, places in zip(numbers, found, present):
                rows[number] = row[: int(places.sum())].astype(np.float16)
        return cls(rows)

    def batch(self, numbers: Sequence[int] | NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return those of some texts, of shape (texts, tokens, 384), and which places hold a token (texts, tokens)."""
        chosen = [self.rows[number] for number in numbers]
        longest = max(map(len, chosen))
        thought = np.zeros((len(chosen), longest, chosen[0].shape[1]), np.float32)
        present = np.zeros((len(chosen), longest), np.float32)
        for row, known in enumerate(chosen):
            thought[row, : len(known)], present[row, : len(known)] = known, 1.0
        return thought, present


def learn(network: Network, thoughts: Thoughts, wanted: NDArray[np.int32], passes: float) -> None:
    """Teach `network` the intent (a column number of `wanted`) of each text, going through them `passes` times."""
    chance = np.random.default_rng(_SEED)
    sample = chance.permutation(len(wanted))[:_SAMPLE]
    network.even(vectors(network, thoughts, sample))
    steps = max(1, int(passes * len(wanted) / BATCH))
    optimizer = tf.keras.optimizers.AdamW(_rate(steps), weight_decay=_DECAY, global_clipnorm=1.0)
    optimizer.build(network.variables)

    @tf.function(reduce_retracing=True)
    def step(thought: tf.Tensor, present: tf.Tensor, columns: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            odds = network.odds(thought, present, learning=True)
            labels = tf.one_hot(columns, odds.shape[1])
            losses = tf.keras.losses.categorical_crossentropy(
                labels, odds, from_logits=True, label_smoothing=_SMOOTHING
            )
            loss = tf.reduce_mean(losses)
        optimizer.apply_gradients(zip(tape.gradient(loss, network.variables), network.variables))
        return loss

    with tqdm(total=steps, desc="Learning") as bar:
        for _, numbers in zip(range(steps), _batches(thoughts, chance)):
            loss = step(*map(tf.constant, thoughts.batch(numbers)), tf.constant(wanted[numbers]))
            bar.set_postfix_str(f"loss {float(loss):.2f}", refresh=False)
            bar.update()


def vectors(network: Network, thoughts: Thoughts, numbers: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the vectors of some texts, of shape (len(numbers), 384)."""
    parts = [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]
    return np.concatenate([network.vectors(*map(tf.constant, thoughts.batch(part))).numpy() for part in parts])


def _rate(steps: int) -> tf.keras.optimizers.schedules.LearningRateSchedule:
    warm = max(1, int(_WARM * steps))
    return _UpAndDown(warm, steps)


class _UpAndDown(tf.keras.optimizers.schedules.LearningRateSchedule):
    """Grows for `warm` steps, then falls to nothing at the last."""

    def __init__(self, warm: int, steps: int) -> None:
        self._warm, self._steps = float(warm), float(steps)

    def __call__(self, step: tf.Tensor) -> tf.Tensor:
        done = tf.cast(step, tf.float32) + 1.0
        falling = (self._steps - done + 1.0) / max(1.0, self._steps - self._warm)
        return _RATE * tf.minimum(done / self._warm, falling)


def _batches(thoughts: Thoughts, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield row numbers for ever: each text once a pass, in another order at each."""
    lengths = np.array([len(row) for row in thoughts.rows])
    while True:
        order = chance.permutation(len(lengths))
        for start in range(0, len(order), BATCH * _SORTED):
            many = order[start : start + BATCH * _SORTED]
            many = many[np.argsort(lengths[many], kind="stable")]
            parts = [many[at : at + BATCH] for at in range(0, len(many), BATCH)]
            yield from (parts[number] for number in chance.permutation(len(parts)))
