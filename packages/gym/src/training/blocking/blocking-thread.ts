import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import type { JsonObject, Message, ToolDeclaration, UserMessage, UserScenario } from "@tau2/domains";
import { findPackageFolder } from "@tau2/domains/internal";
import type { Judgement } from "@tau2/orchestrator/evaluate";
import { type ModelFault, type OpenAiModelOptions, ModelError } from "@tau2/user-sim";
import type { UserGuidelines } from "@tau2/user-sim/internal";

/** Request to the worker: the next message of a user, or a judge's verdicts. Plain data, since it is sent between threads. */
export type Request = { endpoint: OpenAiModelOptions; parameters: JsonObject; messages: readonly Message[] } & (
  | {
      role: "user";
      scenario: UserScenario;
      tools: readonly ToolDeclaration[] | null;
      guidelines: string | UserGuidelines | undefined;
      seed: number | null;
    }
  | { role: "judge"; assertions: readonly string[] }
);

/** Answer of the worker. */
export type Answer = { value: UserMessage | Judgement } | { failure: Failure };

/** Error, as plain data for another thread. */
export interface Failure {
  name: string;
  message: string;
  /** Fields of a `ModelError`; null for any other error. */
  model: { fault: ModelFault; status: number | null } | null;
}

/** File of the worker, and the options of Node that it requires. */
export interface WorkerFile {
  url: URL;
  /** Undefined: the options of this process. */
  execArgv: string[] | undefined;
}

/**
 * Returns the built file, or the source if the tests of this repository run on sources.
 * @throws ModelError `configuration` in a bundle that was moved away from the package.
 */
function findWorkerFile(): WorkerFile {
  // Empty in CommonJS bundles of ESM.
  const here = import.meta.url as string | undefined;
  const root = findPackageFolder("@tau2/gym", here);
  if (root === null) {
    throw new ModelError(
      "configuration",
      "a synchronous environment calls models in a thread, and its file, dist/worker.js of @tau2/gym, is not in the bundle: " +
        "install @tau2/gym beside the bundle, or use `is_async: true`, which does not use a thread",
    );
  }
  const at = (path: string) => pathToFileURL(join(root, path));
  if (here?.endsWith(".ts")) return { url: at("test/worker.mjs"), execArgv: ["--conditions=@tau2/source"] };
  return { url: at("dist/worker.js"), execArgv: undefined };
}

/** Thread that calls models while the current thread blocks. The first request starts it. It does not keep the process alive. */
export class BlockingThread {
  readonly #longestMs: number;
  #line: Connection | null = null;

  /** @param longestMs maximum time to block; a safeguard, since the thread has its own deadlines */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** Sends a request, and blocks until its answer. @throws ModelError, or another error of the worker */
  ask(request: Request): Extract<Answer, { value: unknown }>["value"] {
    const { port, bell } = (this.#line ??= openConnection());
    const heard = Atomics.load(bell, 0);
    port.postMessage(request);
    Atomics.wait(bell, 0, heard, this.#longestMs);
    const answer = receiveMessageOnPort(port)?.message as Answer | undefined;
    if (!answer) {
      this.close();
      throw new ModelError("timeout", `the thread that calls models did not answer within ${this.#longestMs} ms`);
    }
    if ("failure" in answer) throw toError(answer.failure);
    return answer.value;
  }

  /** Stops the thread. The next request starts another one. */
  close(): void {
    void this.#line?.worker.terminate();
    this.#line = null;
  }
}

/** Shared state of both threads: the port, and a counter of answers. */
interface Connection {
  worker: Worker;
  port: MessagePort;
  bell: Int32Array;
}

// A worker that cannot be loaded must answer with a failure; otherwise the request would block until its timeout.
const LOADER = `
  const { workerData } = require("node:worker_threads");
  import(workerData.url).catch((error) => workerData.port.on("message", () => {
    workerData.port.postMessage({ failure: { name: error.name, message: "the thread that calls models cannot start: " + error.message, model: { fault: "configuration", status: null } } });
    Atomics.add(workerData.bell, 0, 1);
    Atomics.notify(workerData.bell, 0);
  }));
`;

function openConnection(): Connection {
  const { url, execArgv } = findWorkerFile();
  const { port1: port, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(LOADER, {
    eval: true,
    workerData: { url: url.href, port: port2, bell },
    transferList: [port2],
    ...(execArgv ? { execArgv } : {}),
  });
  worker.unref();
  port.unref();
  return { worker, port, bell };
}

function toError({ name, message, model }: Failure): Error {
  if (model) return new ModelError(model.fault, message, { status: model.status });
  return Object.assign(new Error(message), { name });
}
