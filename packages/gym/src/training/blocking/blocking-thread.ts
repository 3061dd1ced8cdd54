import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import type { JsonObject, Message, ToolDeclaration, UserMessage, UserScenario } from "@tau2/domains";
import { findPackageFolder } from "@tau2/domains/internal";
import type { Judgement } from "@tau2/orchestrator/evaluate";
import { type ModelFault, type OpenAiModelOptions, type UserGuidelines, ModelError } from "@tau2/user-sim";

/** What the worker is asked for: the next message of a user, or a judge's verdicts. It travels between threads, so it is plain data. */
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

/** What it answers. */
export type Answer = { value: UserMessage | Judgement } | { failure: Failure };

/** Something that was thrown, as it travels between threads. */
export interface Failure {
  name: string;
  message: string;
  /** Of a `ModelError`; null for anything else. */
  model: { fault: ModelFault; status: number | null } | null;
}

/** Where the worker's code is, and what Node needs to run it. */
export interface WorkerFile {
  url: URL;
  /** Undefined: what this process was started with. */
  execArgv: string[] | undefined;
}

/**
 * Returns the built file; or, where this repository's tests run on sources, one that runs TypeScript.
 * @throws ModelError `configuration` in a bundle that was moved away from the package.
 */
export function findWorkerFile(): WorkerFile {
  // Empty in CommonJS bundles of ESM.
  const here = import.meta.url as string | undefined;
  const root = findPackageFolder("@tau2/gym", here);
  if (root === null) {
    throw new ModelError(
      "configuration",
      "a blocking environment asks models in a thread, and its file, dist/worker.js of @tau2/gym, is not in the bundle: " +
        "install @tau2/gym beside the bundle, or use `is_async: true`, which needs no thread",
    );
  }
  const at = (path: string) => pathToFileURL(join(root, path));
  if (here?.endsWith(".ts")) return { url: at("test/worker.mjs"), execArgv: ["--conditions=@tau2/source"] };
  return { url: at("dist/worker.js"), execArgv: undefined };
}

/**
 * A thread that asks models, and a way to stand still until it has an answer. Started with the first question; it keeps no process alive.
 */
export class BlockingThread {
  readonly #longestMs: number;
  #line: Connection | null = null;

  /** @param longestMs how long to stand still at most; a safeguard, since the thread has its own deadlines */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** The answer to a question. Nothing else happens in this thread meanwhile. @throws ModelError, or what was thrown there */
  ask(request: Request): Extract<Answer, { value: unknown }>["value"] {
    const { port, bell } = (this.#line ??= openConnection());
    const heard = Atomics.load(bell, 0);
    port.postMessage(request);
    Atomics.wait(bell, 0, heard, this.#longestMs);
    const answer = receiveMessageOnPort(port)?.message as Answer | undefined;
    if (!answer) {
      this.close();
      throw new ModelError("timeout", `the thread that asks models gave no answer within ${this.#longestMs} ms`);
    }
    if ("failure" in answer) throw toError(answer.failure);
    return answer.value;
  }

  /** Ends the thread. The next question starts another one. */
  close(): void {
    void this.#line?.worker.terminate();
    this.#line = null;
  }
}

/** What both threads know: where questions and answers go, and a number that rises with each answer. */
interface Connection {
  worker: Worker;
  port: MessagePort;
  bell: Int32Array;
}

// A worker that cannot be loaded says so like any other failure; otherwise nobody would ever hear of it.
const LOADER = `
  const { workerData } = require("node:worker_threads");
  import(workerData.url).catch((error) => workerData.port.on("message", () => {
    workerData.port.postMessage({ failure: { name: error.name, message: "the thread that asks models cannot start: " + error.message, model: { fault: "configuration", status: null } } });
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
