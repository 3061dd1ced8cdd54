"""Plays an episode through OpenEnv's own client.

python openenv_episode.py --url http://127.0.0.1:8000
"""

from __future__ import annotations

import argparse

from openenv.core import GenericEnvClient


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="a token goes into the address: http://any:TOKEN@host:8000")
    args = parser.parse_args()

    with GenericEnvClient(base_url=args.url).sync() as env:
        result = env.reset(domain="mock", task_id="create_with_title", user="scripted", seed=7, episode_id="example-1")
        print(result.observation["text"])
        assert not result.done

        tools = env.step({"type": "list_tools"}).observation["tools"]
        print("tools:", ", ".join(tool["name"] for tool in tools))

        # A call in OpenEnv's form; then words, as a message.
        call = {"type": "call_tool", "tool_name": "create_task", "arguments": {"user_id": "user_4", "title": "Prepare the fire drill"}}
        result = env.step(call)
        print(result.observation["result"])
        assert result.observation["error"] is None
        result = env.step({"text": "It is on your list now."})
        print(result.observation["text"])
        print("reward", result.reward, "done", result.done)
        assert result.done and result.reward == 1.0, "the to-do was created as requested"
        assert result.observation["terminated"] and not result.observation["truncated"]

        state = env.state()
        assert (state["episode_id"], state["step_count"]) == ("example-1", 2), state

        # A fault is reported, and the connection continues.
        try:
            env.step({"txt": "a key that no action has"})
        except RuntimeError as error:
            assert "VALIDATION_ERROR" in str(error)
        else:
            raise AssertionError("a malformed action was taken")
        assert env.reset(domain="mock", index=1).observation["text"].startswith("user: ")


if __name__ == "__main__":
    main()
