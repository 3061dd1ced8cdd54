"""An asynchronous client of the tau2 environment server, on httpx: many episodes at the same time in one event loop.

Every request that changes something carries an id, so that one whose answer got lost on the way is simply sent again: the server answers it
as before and does nothing twice.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import httpx

from tau2_client import Json, RETRIED, ServerError


class AsyncTau2Client:
    """Talks with one server over a pool of connections. Its methods can run at the same time.

    async with AsyncTau2Client() as server:
        session = await server.create(domain="mock", split="train", index=0)
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        token: str | None = None,
        timeout_s: float = 120.0,
        patience_s: float = 60.0,
        max_connections: int = 100,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`timeout_s` is for one attempt; `patience_s` for all attempts at a request, waiting for room on the server included.

        `transport` replaces the network, for tests and for proxies of your own.
        """
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            headers={"authorization": f"Bearer {token}"} if token else {},
            # Requests beyond the pool wait for a connection as long as for an answer.
            timeout=timeout_s,
            limits=httpx.Limits(max_connections=max_connections),
            transport=transport,
        )
        self._patience_s = patience_s

    async def __aenter__(self) -> AsyncTau2Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # Sessions: an episode each.

    async def create(self, **request: Any) -> Json:
        """A session at its first turn, with `tools` and `policy`. Keywords: domain, task_id, split, index, seed, user, max_steps, metadata, ..."""
        return await self._ask("POST", "/v1/sessions", {**request, "request_id": _new_id()})

    async def step(self, session_id: str, action: str | Json) -> Json:
        """One turn of the learner; answers when it is the learner's turn again, or at the end."""
        return await self._ask("POST", f"/v1/sessions/{quote(session_id)}/step", {"action": action, "request_id": _new_id()})

    async def step_many(self, actions: Sequence[tuple[str, str | Json]]) -> list[Json]:
        """One turn in each of many sessions in one request: a list of {status, result, error} in the order of the actions.

        Turns that the server could not store are sent again, no longer than `patience_s`.
        """
        items = [{"session_id": session_id, "action": action, "request_id": _new_id()} for session_id, action in actions]
        answers = (await self._ask("POST", "/v1/steps", {"items": items}))["items"]
        end = time.monotonic() + self._patience_s
        while refused := [place for place, answer in enumerate(answers) if answer["status"] in RETRIED]:
            wait = max(answers[place]["error"].get("retry_after_s", 1) for place in refused)
            if time.monotonic() + wait > end:
                break
            await asyncio.sleep(wait)
            again = (await self._ask("POST", "/v1/steps", {"items": [items[place] for place in refused]}))["items"]
            for place, answer in zip(refused, again):
                answers[place] = {**answer, "index": place}
        return answers

    async def fork(self, session_id: str, count: int) -> list[Json]:
        """Forks the session a number of times. Costs the server next to nothing, at any turn."""
        body = {"count": count, "request_id": _new_id()}
        return (await self._ask("POST", f"/v1/sessions/{quote(session_id)}/fork", body))["sessions"]

    async def delete(self, session_id: str) -> None:
        """Ends a session. Ending it again is allowed."""
        try:
            await self._ask("DELETE", f"/v1/sessions/{quote(session_id)}")
        except ServerError as error:
            if error.status not in (404, 410):
                raise

    async def tasks(self, **query: Any) -> list[Json]:
        """Lists the tasks. Keywords: domain, split, offset, limit."""
        return (await self._ask("GET", "/v1/tasks", query=query))["tasks"]

    async def sessions(self) -> Json:
        """All sessions, with `active_sessions` and `max_sessions`."""
        return await self._ask("GET", "/v1/sessions")

    async def close(self) -> None:
        await self._http.aclose()

    async def _ask(self, method: str, path: str, body: Json | None = None, query: Json | None = None) -> Json:
        """Sends the same request until there is an answer, waiting for room when the server says it is full, and no longer than `patience_s`."""
        end = time.monotonic() + self._patience_s
        pause = 0.1
        while True:
            try:
                response = await self._http.request(method, path, json=body, params=query)
            except httpx.TransportError:
                if time.monotonic() + pause > end:
                    raise
            else:
                answer = _parse(response)
                if response.status_code < 400:
                    return answer
                wait = float(response.headers.get("retry-after") or 0)
                if response.status_code not in RETRIED or time.monotonic() + max(wait, pause) > end:
                    raise ServerError(response.status_code, answer.get("error", {}))
                pause = max(wait, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)


def _parse(response: httpx.Response) -> Json:
    try:
        return response.json()
    except ValueError:
        return {"error": {"code": "not_json", "message": response.text[:200]}}


def _new_id() -> str:
    return uuid.uuid4().hex
