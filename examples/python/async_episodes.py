"""Plays many episodes at the same time with the asynchronous client, also when answers get lost on the way.

python async_episodes.py --url http://127.0.0.1:8000
"""

from __future__ import annotations

import argparse
import asyncio

import httpx

from tau2_async_client import AsyncTau2Client, ServerError

create = 'create_task(user_id="user_4", title="Prepare the fire drill")'


class LosesAnswers(httpx.AsyncHTTPTransport):
    """A network that loses the first answer to every request that changes something, after the server has done its work."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: set[bytes] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        body = await request.aread()
        if request.method == "POST" and body not in self.lost:
            self.lost.add(body)
            await response.aclose()
            raise httpx.ReadError("the answer got lost", request=request)
        return response


async def play(server: AsyncTau2Client, task_id: str) -> float | None:
    session = await server.create(domain="mock", task_id=task_id, user="scripted", seed=7)
    try:
        result = session
        for action in (create, "It is on your list now."):
            result = await server.step(session["session_id"], action)
        assert result["done"], "the user is satisfied and leaves"
        return result["reward"]
    finally:
        await server.delete(session["session_id"])


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--token")
    parser.add_argument("--episodes", type=int, default=50)
    args = parser.parse_args()

    async with AsyncTau2Client(args.url, args.token) as server:
        before = (await server.sessions())["active_sessions"]
        tasks = await server.tasks(domain="mock", split="train")
        assert "create_with_title" in [task["task_id"] for task in tasks]
        rewards = await asyncio.gather(*(play(server, "create_with_title") for _ in range(args.episodes)))
        assert rewards == [1.0] * args.episodes, rewards
        print(f"{args.episodes} episodes at the same time, each with reward 1")

        session = await server.create(domain="mock", task_id="create_with_title", user="scripted", seed=7)
        forks = await server.fork(session["session_id"], 2)
        answers = await server.step_many([(fork["session_id"], action) for fork, action in zip(forks, (create, "get_users()"))])
        assert [answer["status"] for answer in answers] == [200, 200]
        for one in (session, *forks):
            await server.delete(one["session_id"])
        await server.delete(session["session_id"])
        try:
            await server.step(session["session_id"], "done()")
            raise AssertionError("a session that was deleted took a step")
        except ServerError as error:
            assert error.status in (404, 410), error

        network = LosesAnswers()
        async with AsyncTau2Client(args.url, args.token, transport=network) as lossy:
            assert await play(lossy, "create_with_title") == 1.0
        assert len(network.lost) == 3, "a creation and two steps"
        print("an episode whose answers got lost: no step was taken twice")

        left = (await server.sessions())["active_sessions"] - before
        assert left == 0, f"{left} sessions are left on the server"


if __name__ == "__main__":
    asyncio.run(main())
