"""The policy's actions in a turn, written as a few choices: the kind of action, then each argument of a call, one after the other.

A model that writes token by token spends most of its learning on spelling. Here a token is a whole choice: a tool that the server declares,
a value of an enumeration, or a piece of the conversation. Nothing in this file knows a task, a domain or a solution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tau2_client import Json

WORD = re.compile(r"[a-z]+|\d+|[^\sa-z\d]")
QUOTED = re.compile(r'"([^"{}\[\]]{1,80})"')
IDENTIFIER = re.compile(r"\b[a-z]+_\d+\b")

# Words without a call: two sentences of our own, and reading out the last answer of a tool.
SAYINGS = {"say done": "It is done.", "say ask": "Could you tell me more, please?"}
REPORT = "say result"
LEFT_OUT = "left out"


@lru_cache(maxsize=10_000)
def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.lower()))


@dataclass(frozen=True)
class Choice:
    """One decision: the slot and its candidates. `values` are sent, `labels` are read by the policy."""

    slot: str
    labels: tuple[str, ...]
    values: tuple[str | None, ...]


@dataclass
class Dialogue:
    """An episode as the policy sees it."""

    tools: list[Json]
    messages: list[Json] = field(default_factory=list)

    def words(self, limit: int) -> list[str]:
        """The last words of the conversation, with who said them."""
        said: list[str] = []
        for message in self.messages:
            said.append(f"<{message['role']}>")
            said += words(message["content"] or "")
            for call in message.get("tool_calls") or []:
                said += ["<call>", *words(call["name"])]
        return said[-limit:]

    def first_choice(self) -> Choice:
        """Candidates for the action: say something, or call a tool."""
        spoken = (*SAYINGS, *((REPORT,) if self._last_result() is not None else ()))
        names = tuple(tool["name"] for tool in self.tools)
        return Choice("what", (*spoken, *(f"call {name}" for name in names)), (*spoken, *names))

    def argument_choices(self, tool: Json) -> list[Choice]:
        """Candidates for each argument of a tool."""
        choices = []
        required = tool["parameters"].get("required", [])
        for name, schema in tool["parameters"]["properties"].items():
            values: tuple[str | None, ...] = tuple(schema.get("enum") or self._pieces(name))
            if name not in required:
                values = (None, *values)
            labels = tuple(LEFT_OUT if value is None else value for value in values)
            choices.append(Choice(f"{tool['name']} {name}", labels, values))
        return choices

    def tool(self, name: str) -> Json | None:
        return next((tool for tool in self.tools if tool["name"] == name), None)

    def say(self, what: str) -> Json:
        return {"content": SAYINGS.get(what) or f"This is what I have: {self._last_result()}"}

    def _pieces(self, parameter: str) -> list[str]:
        """Sources of an argument: for an id the ids of the conversation, else the user's quoted texts and words."""
        said = {role: [message["content"] or "" for message in self.messages if message["role"] == role] for role in ("user", "tool")}
        if parameter.endswith("_id"):
            return _distinct(IDENTIFIER.findall("\n".join(said["user"] + said["tool"])))
        return _distinct(QUOTED.findall("\n".join(said["user"]))) + said["user"][-1:]

    def _last_result(self) -> str | None:
        results = [message["content"] for message in self.messages if message["role"] == "tool"]
        return results[-1] if results else None


def _distinct(pieces: list[str]) -> list[str]:
    return list(dict.fromkeys(pieces))[-20:]
