"""A policy of some forty thousand weights, built here: it reads the conversation and chooses."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor, nn

from grammar import Choice, Dialogue, words
from tau2_client import Json

VOCABULARY = 1024
WIDTH = 32
# How many words it reads of a conversation, and of something that it could choose.
MEMORY = 160
LABEL = 12


@dataclass(frozen=True)
class Decision:
    """A choice as it was made. `log_prob` is that of the policy at that time."""

    memory: Tensor
    choice: Choice
    taken: int
    log_prob: float


@dataclass(frozen=True)
class Turn:
    """Decisions in a turn, and the resulting action."""

    decisions: list[Decision]
    action: Json


class Policy(nn.Module):
    """Reads words (hashed into a small vocabulary), looks at the conversation from the slot that is to be filled, and scores what could fill it."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, WIDTH, padding_idx=0)
        # Small, so that the first choices are nearly open, with a slight preference for what shares a word with the slot.
        self.embed.weight.data.mul_(0.25)
        self.read = nn.Conv1d(WIDTH, WIDTH, kernel_size=5, padding=2)
        self.ask = nn.Linear(WIDTH, WIDTH)
        self.want = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, WIDTH))

    def scores(self, memories: Tensor, choices: Sequence[Choice]) -> Tensor:
        """Log-probabilities, one row for each choice, with -inf for missing candidates."""
        tokens = self.embed(memories)
        heard = tokens + torch.relu(self.read(tokens.transpose(1, 2)).transpose(1, 2))
        slot = self._mean(encoded([(choice.slot,) for choice in choices]))[:, 0]
        padding = memories == 0
        attention = torch.einsum("btw,bw->bt", heard, self.ask(slot)).masked_fill(padding, float("-inf")).softmax(-1)
        seen = torch.einsum("bt,btw->bw", attention, heard)
        strongest = heard.masked_fill(padding[..., None], -1e9).max(1).values
        wanted = slot + self.want(torch.cat([seen, strongest, slot], -1))
        labels = encoded([choice.labels for choice in choices])
        scores = torch.einsum("bcw,bw->bc", self._mean(labels), wanted)
        return scores.masked_fill(labels[..., 0] == 0, float("-inf")).log_softmax(-1)

    def _mean(self, tokens: Tensor) -> Tensor:
        count = (tokens != 0).sum(-1, keepdim=True).clamp(min=1)
        return self.embed(tokens).sum(-2) / count.sqrt()

    @torch.no_grad()
    def act(self, dialogues: Sequence[Dialogue], greedy: bool = False) -> list[Turn]:
        """A turn in each of many dialogues: all first choices together, then all first arguments, and so on."""
        memories = torch.tensor([numbers(dialogue.words(MEMORY), MEMORY) for dialogue in dialogues])
        decisions: list[list[Decision]] = [[] for _ in dialogues]
        open_choices = [[dialogue.first_choice()] for dialogue in dialogues]
        calls: list[Json | None] = [None] * len(dialogues)
        while pending := [i for i, choices in enumerate(open_choices) if choices]:
            batch = [open_choices[i].pop(0) for i in pending]
            scores = self.scores(memories[pending], batch)
            taken = scores.argmax(-1) if greedy else torch.multinomial(scores.exp(), 1)[:, 0]
            for i, choice, row, at in zip(pending, batch, scores, taken.tolist()):
                decisions[i].append(Decision(memories[i], choice, at, row[at].item()))
                value = choice.values[at]
                if len(decisions[i]) == 1 and (tool := dialogues[i].tool(str(value))):
                    calls[i] = {"name": tool["name"], "arguments": {}}
                    open_choices[i] = dialogues[i].argument_choices(tool)
                elif (call := calls[i]) and value is not None:
                    call["arguments"][choice.slot.split(" ")[1]] = value
        return [
            Turn(made, {"tool_calls": [call]} if call else dialogue.say(str(made[0].choice.values[made[0].taken])))
            for dialogue, made, call in zip(dialogues, decisions, calls)
        ]


def encoded(rows: Sequence[tuple[str, ...]]) -> Tensor:
    """Short texts as numbers of their words: rows x texts x words, filled up with 0."""
    height = max(len(row) for row in rows)
    nothing = (0,) * LABEL
    return torch.tensor([[*(label_numbers(text) for text in row), *[nothing] * (height - len(row))] for row in rows])


@lru_cache(maxsize=10_000)
def label_numbers(text: str) -> tuple[int, ...]:
    return numbers(words(text)[:LABEL], LABEL)


def numbers(text: Sequence[str], width: int) -> tuple[int, ...]:
    return (*(number(word) for word in text), *(0,) * (width - len(text)))


@lru_cache(maxsize=10_000)
def number(word: str) -> int:
    return 1 + zlib.crc32(word.encode()) % (VOCABULARY - 1)
