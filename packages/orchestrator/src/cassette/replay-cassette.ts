import { existsSync } from "node:fs";
import { Tau2Error } from "@tau2/domains";
import { type ChatModel, type ChatReply, type ChatRequest, ModelError } from "@tau2/user-sim";
import {
  formatValue,
  type CallScope,
  type CassetteCall,
  toRecordedRequest,
  getScopeKey,
  readCassette,
  type ReplayableCall,
} from "./cassette.ts";

/** Answers in place of models, from a file. */
export interface Cassette {
  /**
   * Creates a model that returns the recorded responses, and fails where the recorded one failed. Calls outside the cassette go to `fallback`;
   * without one it is a ModelError `configuration` that says where the request differs from the recorded one.
   */
  replay(name: string, scope: CallScope, fallback?: ChatModel): ChatModel;
}

/**
 * Opens a cassette for replaying. A conversation that is repeated, also after a fault, continues at its place in the recording.
 * @throws Tau2Error `not_found` if the file does not exist, `invalid` if it is not a cassette
 */
export async function openCassette(path: string): Promise<Cassette> {
  if (!existsSync(path)) throw new Tau2Error("not_found", `no cassette at ${path}`);
  const { calls } = await readCassette(path);
  const used = new Set<ReplayableCall>();
  return {
    replay: (name, scope, fallback) => ({
      name,
      async complete(request) {
        const recorded = calls.get(getScopeKey(scope)) ?? [];
        const { key } = toRecordedRequest(request, []);
        const call = recorded.find((each) => each.key === key && each.model === name && !used.has(each));
        if (call) {
          used.add(call);
          return replayCall(call);
        }
        if (fallback) return fallback.complete(request);
        const next = recorded.find((each) => !used.has(each));
        const problem = next
          ? findDifference(next, name, request)
          : recorded.length === 0
            ? "nothing was recorded for it"
            : "the recording is over";
        throw new ModelError("configuration", `the cassette ${path} lacks an answer for the ${scope.role} in ${scope.scope}: ${problem}`);
      },
    }),
  };
}

function replayCall({ reply, fault }: CassetteCall): ChatReply {
  if (reply) return structuredClone(reply);
  throw new ModelError(fault!.fault, fault!.message, { status: fault!.status });
}

/** Finds the first difference between a request and the recorded one. */
function findDifference(call: ReplayableCall, name: string, request: ChatRequest): string {
  if (call.model !== name) return `model '${call.model}' was called, now '${name}' is`;
  const { kept: _, messages: __, ...before } = call.request;
  const { kept: ___, messages: ____, ...now } = toRecordedRequest(request, []).request;
  const part = (Object.keys(before) as (keyof typeof before)[]).find((key) => formatValue(before[key]) !== formatValue(now[key]));
  if (part === "parameters") return `parameters were ${formatValue(before[part])}, now ${formatValue(now[part])}`;
  if (part) return `${part} is not what it was`;
  const at = request.messages.findIndex((message, i) => formatValue(message) !== formatValue(call.messages[i] ?? null));
  if (at === -1) return `${call.messages.length} messages were sent, now ${request.messages.length}`;
  return `message ${at + 1} of ${request.messages.length} (${request.messages[at]!.role}) is not what it was`;
}
