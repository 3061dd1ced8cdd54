import { AgentEnv } from "@tau2/gym";
import type { ExpectedAction } from "@tau2/domains";
import { figure, type Figure } from "../figure.ts";
import { heapBytes, medianMicroseconds } from "../measure.ts";
import type { Subject } from "../subject.ts";

const call = ({ name, arguments: args }: ExpectedAction) => ({ tool_calls: [{ name, arguments: args }] });

/** Times of one episode's operations, through `AgentEnv` with the scripted user. */
export function episodeTimes({ domain, data, dataDir, task, read, write }: Subject): Figure[] {
  const env = new AgentEnv({ domain, dataDir, task });
  const micro = (name: string, value: number) => figure(name, domain.name, data, value, "µs");
  const reset = medianMicroseconds(() => env.resetSync());
  env.resetSync();
  const begun = env.snapshot();
  const back = { before: () => env.restore(begun) };
  const reading = medianMicroseconds(() => env.stepSync(call(read)), back);
  const writing = medianMicroseconds(() => env.stepSync(call(write)), back);
  const fork = medianMicroseconds(() => env.fork(1));
  const own = (task.evaluation_criteria?.actions ?? []).filter(({ requestor }) => requestor === "assistant");
  const play = () => {
    env.resetSync();
    for (const action of own) env.stepSync(call(action));
  };
  const episode = medianMicroseconds(
    () => {
      play();
      close(env);
    },
    { samples: 200 },
  );
  play();
  const played = env.snapshot();
  const closing = medianMicroseconds(() => env.stepSync("###STOP###"), { before: () => env.restore(played), samples: 300 });
  return [
    micro("reset", reset),
    micro("read_call", reading),
    micro("write_call", writing),
    micro("fork", fork),
    micro("gold_episode", episode),
    micro("evaluation", closing),
  ];
}

function close(env: AgentEnv): void {
  while (!env.done) env.stepSync("###STOP###");
}

/** Bytes that a live episode holds beyond the data, after its first observation and one call that reads. */
export function episodeBytes({ domain, data, dataDir, task, read }: Subject, count: number): Figure {
  const open = () => {
    const env = new AgentEnv({ domain, dataDir, task });
    env.resetSync();
    env.stepSync(call(read));
    return env;
  };
  open();
  const before = heapBytes();
  const live = Array.from({ length: count }, open);
  const bytes = (heapBytes() - before) / live.length;
  return figure(`bytes_per_episode_${count}`, domain.name, data, bytes, "bytes");
}
