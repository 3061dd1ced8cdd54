"""The environment server as a `gymnasium.Env`: text in, text out."""

from __future__ import annotations

import string
from typing import Any

import gymnasium
import numpy as np

from tau2_client import Json, ServerError, Tau2Client


class AnyText(gymnasium.spaces.Space[str]):
    """Every text. `gymnasium.spaces.Text` wants a closed alphabet and a largest length, which conversations do not have."""

    def __init__(self, seed: int | np.random.Generator | None = None) -> None:
        super().__init__(shape=None, dtype=None, seed=seed)

    def sample(self, mask: None = None, probability: None = None) -> str:
        return "".join(self.np_random.choice(list(string.ascii_lowercase + " "), size=20))

    def contains(self, x: Any) -> bool:
        return isinstance(x, str)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyText)

    def __repr__(self) -> str:
        return "AnyText()"


class Tau2Env(gymnasium.Env[str, str]):
    """One episode at a time of a tau2 domain.

    An action is words, or a call such as `get_users()` or `{"name": "get_users", "arguments": {}}`. An observation is what has been said and
    answered since, as lines `role: text`. Further facts are in `info`: `messages` (the same as values), `tools`, `policy`, `task_id`,
    at the end `reward_info`.

    A fault that is not the learner's (the user's model is down, say) ends the episode with `truncated`, the reward NaN and `info["error"]`:
    such an episode says nothing about the learner, so leave it out of what you average or learn from.
    """

    metadata = {"render_modes": []}

    def __init__(self, url: str = "http://127.0.0.1:8000", *, token: str | None = None, render_mode: None = None, **session: Any) -> None:
        """`session` is what every episode is created with: domain, task_id or split, user, max_steps, ... Without a task the seed draws one."""
        self.action_space = AnyText()
        self.observation_space = AnyText()
        self.render_mode = render_mode
        self._client = Tau2Client(url, token)
        self._session = session
        self._session_id: str | None = None

    def reset(self, *, seed: int | None = None, options: Json | None = None) -> tuple[str, Json]:
        """`options` are laid over what every episode is created with."""
        super().reset(seed=seed)
        self._leave()
        # Drawn, so that episodes that are reset without a seed differ, and still follow from the seed before them.
        drawn = int(self.np_random.integers(2**31))
        answer = self._client.create(**{"seed": drawn, **self._session, **(options or {})})
        self._session_id = answer["session_id"]
        return self._shown(answer)

    def step(self, action: str) -> tuple[str, float, bool, bool, Json]:
        if self._session_id is None:
            raise gymnasium.error.ResetNeeded("call reset() before step()")
        try:
            answer = self._client.step(self._session_id, action)
        except ServerError as error:
            if error.code == "episode_over":
                raise gymnasium.error.ResetNeeded("the episode is over: call reset()") from error
            raise
        observation, info = self._shown(answer)
        reward = float("nan") if answer["reward"] is None else float(answer["reward"])
        return observation, reward, answer["terminated"], answer["truncated"], info

    def close(self) -> None:
        self._leave()
        self._client.close()

    def _leave(self) -> None:
        if self._session_id is not None:
            self._client.delete(self._session_id)
            self._session_id = None

    def _shown(self, answer: Json) -> tuple[str, Json]:
        kept = ("task_id", "tools", "policy", "error", "invalid_action", "reward_info", "termination_reason", "conversation_steps")
        info = {key: answer[key] for key in kept if answer.get(key) is not None}
        return answer["observation"]["text"], {**info, "messages": answer["observation"]["messages"]}
