"""A thin client of the tau2 environment server. Standard library only.

Every request that changes something carries an id, so that one whose answer got lost on the way is simply sent again: the server answers it
as before and does nothing twice.
"""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

Json = dict[str, Any]

# The server is full, about to stop, or cannot store sessions: nothing has changed, and the same request may succeed later.
RETRIED = (429, 503, 507)


class ServerError(Exception):
    """Refusal of the server, with its reason. `code` is for programs, the text for people."""

    def __init__(self, status: int, error: Json) -> None:
        super().__init__(f"{error.get('message', 'no message')} ({status} {error.get('code', 'unknown')})")
        self.status = status
        self.code = error.get("code", "unknown")
        self.error = error


class Tau2Client:
    """Talks with one server over one connection. Not thread-safe: give each thread its own."""

    def __init__(
        self, url: str = "http://127.0.0.1:8000", token: str | None = None, timeout_s: float = 120.0, patience_s: float = 60.0
    ) -> None:
        """`timeout_s` is for one request; `patience_s` for all attempts at it, waiting for room on the server included."""
        parts = urlsplit(url)
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = connect(parts.netloc, timeout=timeout_s)
        self._prefix = parts.path.rstrip("/")
        self._headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
        self._patience_s = patience_s

    # Sessions: an episode each.

    def create(self, **request: Any) -> Json:
        """A session at its first turn, with `tools` and `policy`. Keywords: domain, task_id, split, index, seed, user, max_steps, metadata, ..."""
        return self._ask("POST", "/v1/sessions", {**request, "request_id": _new_id()})

    def step(self, session_id: str, action: str | Json) -> Json:
        """One turn of the learner; answers when it is the learner's turn again, or at the end."""
        return self._ask("POST", f"/v1/sessions/{quote(session_id)}/step", {"action": action, "request_id": _new_id()})

    def step_many(self, actions: Sequence[tuple[str, str | Json]]) -> list[Json]:
        """One turn in each of many sessions, all at the same time: a list of {status, result, error} in the order of the actions.

        Turns that the server could not store are sent again, no longer than `patience_s`.
        """
        items = [{"session_id": session_id, "action": action, "request_id": _new_id()} for session_id, action in actions]
        answers = self._ask("POST", "/v1/steps", {"items": items})["items"]
        end = time.monotonic() + self._patience_s
        while refused := [place for place, answer in enumerate(answers) if answer["status"] in RETRIED]:
            wait = max(answers[place]["error"].get("retry_after_s", 1) for place in refused)
            if time.monotonic() + wait > end:
                break
            time.sleep(wait)
            again = self._ask("POST", "/v1/steps", {"items": [items[place] for place in refused]})["items"]
            for place, answer in zip(refused, again):
                answers[place] = {**answer, "index": place}
        return answers

    def fork(self, session_id: str, count: int) -> list[Json]:
        """Forks the session a number of times. Costs the server next to nothing, at any turn."""
        return self._ask("POST", f"/v1/sessions/{quote(session_id)}/fork", {"count": count, "request_id": _new_id()})["sessions"]

    def delete(self, session_id: str) -> None:
        """Ends a session. Ending it again is allowed."""
        try:
            self._ask("DELETE", f"/v1/sessions/{quote(session_id)}")
        except ServerError as error:
            if error.status not in (404, 410):
                raise

    def tasks(self, **query: Any) -> list[Json]:
        """Lists the tasks. Keywords: domain, split, offset, limit."""
        return self._ask("GET", f"/v1/tasks?{urlencode(query)}")["tasks"]

    def sessions(self) -> Json:
        """All sessions, with `active_sessions` and `max_sessions`."""
        return self._ask("GET", "/v1/sessions")

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """Sends the same request until there is an answer, waiting for room when the server says it is full, and no longer than `patience_s`."""
        end = time.monotonic() + self._patience_s
        pause = 0.1
        while True:
            try:
                status, headers, answer = self._send(method, path, body)
            except (OSError, http.client.HTTPException):
                self._connection.close()
                if time.monotonic() + pause > end:
                    raise
            else:
                if status < 400:
                    return answer
                error = answer.get("error", {})
                wait = float(headers.get("retry-after") or 0)
                if status not in RETRIED or time.monotonic() + max(wait, pause) > end:
                    raise ServerError(status, error)
                pause = max(wait, pause)
            time.sleep(pause)
            pause = min(2 * pause, 5.0)

    def _send(self, method: str, path: str, body: Json | None) -> tuple[int, Any, Json]:
        text = None if body is None else json.dumps(body)
        self._connection.request(method, self._prefix + path, body=text, headers=self._headers)
        response = self._connection.getresponse()
        raw = response.read()
        try:
            return response.status, response.headers, json.loads(raw)
        except ValueError:
            return response.status, response.headers, {"error": {"code": "not_json", "message": raw[:200].decode("utf-8", "replace")}}


def _new_id() -> str:
    return uuid.uuid4().hex
