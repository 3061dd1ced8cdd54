"""Checks the environment with Gymnasium's own checker, then plays an episode in which a to-do is created.

python gym_episode.py --url http://127.0.0.1:8000
"""

from __future__ import annotations

import argparse
import warnings

import gymnasium
from gymnasium.utils.env_checker import check_env

from tau2_client import Tau2Client
from tau2_gym import Tau2Env


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--token")
    args = parser.parse_args()

    server = Tau2Client(args.url, args.token)
    before = server.sessions()["active_sessions"]
    gymnasium.register(id="tau2-mock-v0", entry_point=Tau2Env, kwargs={"domain": "mock", "user": "scripted"})
    made = {"url": args.url, "token": args.token}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        env = gymnasium.make("tau2-mock-v0", disable_env_checker=True, **made)
        check_env(env.unwrapped)
    env.close()
    print("check_env: passed, without a warning")

    env = gymnasium.make("tau2-mock-v0", task_id="create_with_title", **made)
    observation, info = env.reset(seed=7)
    print(f"\n{observation}\n\ntools: {', '.join(tool['function']['name'] for tool in info['tools'])}\n")
    for action in ('create_task(user_id="user_4", title="Prepare the fire drill")', "It is on your list now."):
        observation, reward, terminated, truncated, info = env.step(action)
        print(f"> {action}\n{observation}\nreward {reward}, terminated {terminated}, truncated {truncated}\n")
    assert terminated and not truncated and reward == 1.0, "the to-do was created as requested"
    assert info["reward_info"]["reward"] == 1.0
    env.close()

    left = server.sessions()["active_sessions"] - before
    assert left == 0, f"{left} sessions are left on the server"


if __name__ == "__main__":
    main()
