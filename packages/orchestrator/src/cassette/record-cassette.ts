import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { getErrorMessage, stringifyJson } from "@tau2/domains/internal";
import { type ChatMessage, type ChatModel, isModelError } from "@tau2/user-sim";
import { makePrivateFolder } from "../results/write-results.ts";
import { openLineLog } from "../store/line-log.ts";
import { CASSETTE_VERSION, type CallScope, type CassetteCall, toRecordedRequest, getScopeKey, readCassette } from "./cassette.ts";

/** Writes calls of models to a file. */
export interface CassetteRecorder {
  /** Returns a model that answers as this one and records its calls. */
  record(model: ChatModel, scope: CallScope): ChatModel;
  /** Throws what kept a call from being recorded; the answers were given all the same. @throws Tau2Error `storage` */
  throwIfBroken(): void;
  close(): Promise<void>;
}

/**
 * Opens a cassette for recording; earlier calls stay in it. A call is on the disk before its response is returned, so that the cassette
 * has every call of a stored conversation. Calls that the caller cancels are not recorded.
 * @throws Tau2Error `storage` when it cannot be written, `invalid` when the file is something else
 */
export async function recordCassette(path: string): Promise<CassetteRecorder> {
  await makePrivateFolder(dirname(path));
  const end = existsSync(path) ? (await readCassette(path)).end : 0;
  const log = await openLineLog(path, end);
  if (end === 0) await log.append(JSON.stringify({ kind: "cassette", form: CASSETTE_VERSION }));
  const said = new Map<string, readonly ChatMessage[]>();
  let broken: { error: unknown } | null = null;

  async function append(call: CassetteCall): Promise<void> {
    try {
      await log.append(stringifyJson(call));
    } catch (error) {
      broken ??= { error };
    }
  }

  return {
    record: (model, scope) => ({
      name: model.name,
      async complete(request) {
        const place = getScopeKey(scope);
        const earlier = said.get(place);
        const { key, request: asked } = toRecordedRequest(request, earlier ?? []);
        const call: CassetteCall = {
          kind: "call",
          role: scope.role,
          scope: scope.scope,
          ...(earlier ? {} : { first: true }),
          model: model.name,
          key,
          request: asked,
        };
        said.set(place, [...request.messages]);
        try {
          const reply = await model.complete(request);
          await append({ ...call, reply });
          return reply;
        } catch (thrown) {
          const fault = toRecordedFault(thrown, request.signal);
          if (fault) await append({ ...call, fault });
          else if (earlier) said.set(place, earlier);
          else said.delete(place);
          throw thrown;
        }
      },
    }),
    throwIfBroken() {
      if (broken) throw broken.error;
    },
    close: () => log.close(),
  };
}

/** Returns the failure to replay for a call; null if the caller cancelled it for another reason than a timeout. */
function toRecordedFault(thrown: unknown, signal: AbortSignal | undefined): CassetteCall["fault"] | null {
  const reason: unknown = signal?.aborted ? signal.reason : thrown;
  if (!isModelError(reason)) return signal?.aborted ? null : { fault: "configuration", message: getErrorMessage(thrown), status: null };
  return reason.fault === "cancelled" ? null : { fault: reason.fault, message: reason.message, status: reason.status };
}
