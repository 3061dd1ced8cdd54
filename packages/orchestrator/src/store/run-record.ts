import { writeFileAtomic } from "../results/write-whole.ts";
import { valueHash } from "../value-text.ts";
import type { RunHistory } from "./run-history.ts";

/** Writes what a run was made of, for people and for tools that compare runs. It can be made again from the log at any time. */
export async function writeRunRecord(
  path: string,
  history: Pick<RunHistory, "sessions" | "tasks" | "requests" | "playedAgain">,
): Promise<void> {
  await writeFileAtomic(path, [`${JSON.stringify(recordOf(history), null, 2)}\n`]);
}

function recordOf({ sessions, tasks, requests, playedAgain }: Pick<RunHistory, "sessions" | "tasks" | "requests" | "playedAgain">): object {
  const { identity, config, made_with, info } = sessions.at(-1)!;
  const { domain, database, policy, tools, agent, user, judge } = identity;
  return {
    form: 1,
    started: sessions[0]!.at,
    hashes: {
      data: valueHash([domain, database, policy, tools, tasks]),
      tasks: valueHash(tasks),
      prompts: valueHash([agent.prompt, user.prompt, judge?.prompt ?? null]),
      packages: valueHash(made_with.packages),
    },
    git_commit: info.git_commit,
    identity,
    config,
    sessions: sessions.map(({ at, made_with: programs, info: { num_trials } }) => ({ at, num_trials, ...programs })),
    requests: requests.map(({ role, request }) => ({ role, ...request })),
    played_again: playedAgain,
  };
}
