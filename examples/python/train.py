"""Trains a tiny policy with GRPO on episodes of the environment server.

    python train.py --url http://127.0.0.1:8000

The whole loop, small enough to read in one go: a group of episodes for each task, forked from one session; all of them stepped together;
the reward of an episode compared with the others of its group; a clipped policy-gradient update; and again. Runs on a CPU.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field

try:
    import torch
except ImportError as error:
    # Not in requirements.txt: the wheel of PyPI brings a gigabyte of CUDA, which a policy this small does not use.
    raise SystemExit(
        f"train.py needs PyTorch, which this Python does not have ({error}). Install the build without CUDA, 200 MB:\n\n"
        f"    {sys.executable} -m pip install torch --index-url https://download.pytorch.org/whl/cpu\n\n"
        "or on Debian: apt install python3-torch, in an environment made with --system-site-packages"
    ) from None

from grammar import Dialogue
from policy import Decision, Policy
from tau2_client import Json, Tau2Client


@dataclass
class Episode:
    session_id: str
    dialogue: Dialogue
    decisions: list[Decision] = field(default_factory=list)
    turns: int = 0
    done: bool = False
    # None when a fault that is not the policy's ended it: such an episode says nothing about the policy.
    reward: float | None = 0.0
    # Share of the solution's calls that were made, as the server's report has it: a hint to learn from, never a result.
    progress: float = 0.0


class Course:
    """Tasks, each with a session at its first turn, from which the episodes of a group are forked."""

    def __init__(self, server: Tau2Client, domain: str, split: str, max_steps: int, seed: int) -> None:
        self.server = server
        ids = [task["task_id"] for task in server.tasks(domain=domain, split=split)]
        chosen = {"domain": domain, "user": "scripted", "max_steps": max_steps, "seed": seed, "without_judge": "not_graded"}
        self.starts = [server.create(task_id=task_id, **chosen) for task_id in ids]

    def play(self, policy: Policy, group: int, max_turns: int, greedy: bool = False) -> list[list[Episode]]:
        """A group of episodes of each task, played to their ends side by side."""
        groups = [self._fork(start, group) for start in self.starts]
        everyone = [episode for episodes in groups for episode in episodes]
        while live := [episode for episode in everyone if not episode.done and episode.turns < max_turns]:
            turns = policy.act([episode.dialogue for episode in live], greedy)
            answers = self.server.step_many([(episode.session_id, turn.action) for episode, turn in zip(live, turns)])
            for episode, turn, answer in zip(live, turns, answers):
                if answer["error"]:
                    raise RuntimeError(answer["error"]["message"])
                record(episode, turn.decisions, turn.action, answer["result"])
        for episode in everyone:
            self.server.delete(episode.session_id)
        return groups

    def close(self) -> None:
        for start in self.starts:
            self.server.delete(start["session_id"])

    def _fork(self, start: Json, count: int) -> list[Episode]:
        tools = [tool["function"] for tool in start["tools"]]
        forks = self.server.fork(start["session_id"], count)
        return [Episode(fork["session_id"], Dialogue(tools, list(start["observation"]["messages"]))) for fork in forks]


def record(episode: Episode, decisions: list[Decision], action: Json, result: Json) -> None:
    episode.decisions += decisions
    episode.dialogue.messages += [{"role": "assistant", "content": None, **action}, *result["observation"]["messages"]]
    episode.turns += 1
    episode.done = result["done"]
    episode.reward = result["reward"]
    if result["report"]:
        actions = result["report"]["components"]["ACTION"]
        episode.progress = actions["met"] / max(1, actions["checked"])


@dataclass(frozen=True)
class Lesson:
    """A decision, and how much better its episode went than the others of its group."""

    decision: Decision
    gain: float
    # Every episode weighs the same, however many decisions it took.
    weight: float


def lessons_of(groups: list[list[Episode]], guidance: float) -> list[Lesson]:
    """Returns the informative groups. Groups whose episodes all ended the same teach nothing."""
    lessons = []
    for episodes in groups:
        graded = [(episode, episode.reward + guidance * episode.progress) for episode in episodes if episode.reward is not None]
        scores = torch.tensor([score for _, score in graded])
        if len(graded) < 2 or scores.std() == 0:
            continue
        gains = (scores - scores.mean()) / (scores.std() + 1e-6)
        for (episode, _), gain in zip(graded, gains.tolist()):
            lessons += [Lesson(decision, gain, 1 / len(episode.decisions)) for decision in episode.decisions]
    return lessons


def update(
    policy: Policy, optimizer: torch.optim.Optimizer, lessons: list[Lesson], openness: float, args: argparse.Namespace
) -> tuple[float, float]:
    """A few passes of the clipped objective, as in PPO. Gives the loss and the entropy of the last one."""
    loss = entropy = torch.zeros(())
    if not lessons:
        return 0.0, 0.0
    decisions = [lesson.decision for lesson in lessons]
    memories = torch.stack([decision.memory for decision in decisions])
    taken = torch.tensor([decision.taken for decision in decisions])
    before = torch.tensor([decision.log_prob for decision in decisions])
    gains = torch.tensor([lesson.gain for lesson in lessons])
    weights = torch.tensor([lesson.weight for lesson in lessons])
    for _ in range(args.epochs):
        scores = policy.scores(memories, [decision.choice for decision in decisions])
        ratio = (scores.gather(1, taken[:, None])[:, 0] - before).exp()
        clipped = ratio.clamp(1 - args.clip, 1 + args.clip)
        entropy = -(scores.exp() * scores.masked_fill(scores.isinf(), 0)).sum(-1).mean()
        loss = -(weights * torch.minimum(ratio * gains, clipped * gains)).sum() / weights.sum()
        optimizer.zero_grad()
        (loss - openness * entropy).backward()
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimizer.step()
    return loss.item(), entropy.item()


def mean_reward(groups: list[list[Episode]]) -> float:
    rewards = [episode.reward for episodes in groups for episode in episodes if episode.reward is not None]
    return sum(rewards) / max(1, len(rewards))


def main() -> None:
    args = parse()
    torch.manual_seed(args.seed)
    # A model this small is faster without a second thread.
    torch.set_num_threads(1)
    server = Tau2Client(args.url, args.token)
    train = Course(server, args.domain, "train", args.max_steps, args.seed)
    test = Course(server, args.domain, "test", args.max_steps, args.seed)
    policy = Policy()
    optimizer = torch.optim.Adam(policy.parameters(), lr=args.learning_rate)
    print(
        f"{sum(weight.numel() for weight in policy.parameters())} weights, {len(train.starts)} tasks, {args.group} episodes of each an update"
    )

    begin = time.monotonic()
    history = []
    for number in range(1, args.updates + 1):
        groups = train.play(policy, args.group, args.max_turns)
        lessons = lessons_of(groups, args.guidance)
        # Open to everything at first, and less so towards the end.
        openness = args.entropy * (1 - number / args.updates)
        loss, entropy = update(policy, optimizer, lessons, openness, args)
        history.append(mean_reward(groups))
        faults = sum(episode.reward is None for episodes in groups for episode in episodes)
        if number == 1 or number % args.every == 0 or number == args.updates:
            print(
                f"update {number:4d}   mean reward {history[-1]:.3f}   loss {loss:+.4f}   entropy {entropy:.2f}   "
                f"decisions {len(lessons):5d}   faults {faults}   {time.monotonic() - begin:5.1f} s",
                flush=True,
            )
    for name, course in (("train", train), ("test", test)):
        groups = course.play(policy, 1, args.max_turns, greedy=True)
        solved = sum(episodes[0].reward == 1.0 for episodes in groups)
        print(f"the likeliest action on {name}: {solved} of {len(groups)} tasks")
        course.close()
    server.close()
    last = sum(history[-5:]) / len(history[-5:])
    print(f"mean reward {history[0]:.3f} in the first update, {last:.3f} in the last five")
    assert args.expect is None or last >= args.expect, f"expected a mean reward of at least {args.expect}"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--token")
    parser.add_argument("--domain", default="mock")
    parser.add_argument("--updates", type=int, default=80)
    parser.add_argument("--group", type=int, default=16, help="episodes of a task in an update")
    parser.add_argument("--epochs", type=int, default=3, help="passes over the episodes of an update")
    parser.add_argument("--max-turns", type=int, default=6)
    parser.add_argument("--max-steps", type=int, default=30)
    parser.add_argument("--learning-rate", type=float, default=5e-3)
    parser.add_argument("--clip", type=float, default=0.2)
    parser.add_argument("--guidance", type=float, default=0.3, help="what the calls of the solution count, beside the reward")
    parser.add_argument("--entropy", type=float, default=0.1, help="what keeping other choices open counts, at the beginning")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=10, help="updates between two lines")
    parser.add_argument("--expect", type=float, help="fail unless the mean reward of the last updates reaches this")
    return parser.parse_args()


if __name__ == "__main__":
    main()
