import { resolve } from "node:path";
import type { JsonObject, Task } from "@tau2/domains";
import { openCassette, recordCassette } from "@tau2/orchestrator";
import type { ChatModel } from "@tau2/user-sim";
import { UsageError } from "../errors.ts";
import type { RunValues } from "../config/tables/run-options.ts";
import type { RoleEndpoint } from "../config/endpoint.ts";
import { formatRequestNote } from "./preflight.ts";

/** A simulation, as far as its models are concerned. */
export interface SimulationScope {
  readonly task: Task;
  readonly trial: number;
  readonly seed: number | null;
}

/** Records or replays the calls between the roles of a run and their models. */
export interface ModelRecorder {
  /** The model as a role in one simulation asks it. */
  through(endpoint: RoleEndpoint, model: ChatModel, take: SimulationScope): ChatModel;
  /** @throws what kept a call from being recorded */
  throwIfBroken(): void;
  close(): Promise<void>;
}

/**
 * Opens what the options say: a cassette to record on, one to play back, or none.
 * @param note gets what each role asks with, and who answered
 */
export async function openModelRecorder(
  values: RunValues,
  cwd: string,
  note: (role: string, request: JsonObject) => void,
): Promise<ModelRecorder> {
  const { record, replay, replay_fallthrough: fallthrough } = values;
  if (fallthrough && replay === undefined) throw new UsageError("--replay-fallthrough says something about --replay FILE; give that too");
  const [recordPath, replayPath] = [record, replay].map((path) => (path === undefined ? undefined : resolve(cwd, path)));
  if (recordPath !== undefined && recordPath === replayPath) {
    throw new UsageError("--record and --replay cannot be the same file; replayed calls are recorded too, so use a new file");
  }
  const cassette = replayPath === undefined ? null : await openCassette(replayPath);
  const recorder = recordPath === undefined ? null : await recordCassette(recordPath);
  return {
    through(endpoint, model, take) {
      const scope = { role: endpoint.role, scope: `task ${take.task.id}, trial ${take.trial + 1}` };
      const played = cassette ? cassette.replay(model.name, scope, fallthrough ? model : undefined) : model;
      const asked = recorder ? recorder.record(played, scope) : played;
      return {
        name: asked.name,
        async complete(request) {
          const reply = await asked.complete(request);
          note(endpoint.role, formatRequestNote(endpoint, request, reply, take.seed));
          return reply;
        },
      };
    },
    throwIfBroken: () => recorder?.throwIfBroken(),
    close: async () => recorder?.close(),
  };
}
