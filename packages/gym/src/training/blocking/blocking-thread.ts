import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { ModelError } from "@tau2/user-sim";
import type { Answer, Failure, Request } from "./request.ts";
import { workerFile } from "./worker-file.ts";

/**
 * A thread that asks models, and a way to stand still until it has an answer. Started with the first question; it keeps no process alive.
 */
export class BlockingThread {
  readonly #longestMs: number;
  #line: Line | null = null;

  /** @param longestMs how long to stand still at most; a safeguard, since the thread has its own deadlines */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** The answer to a question. Nothing else happens in this thread meanwhile. @throws ModelError, or what was thrown there */
  ask(request: Request): Extract<Answer, { value: unknown }>["value"] {
    const { port, bell } = (this.#line ??= openLine());
    const heard = Atomics.load(bell, 0);
    port.postMessage(request);
    Atomics.wait(bell, 0, heard, this.#longestMs);
    const answer = receiveMessageOnPort(port)?.message as Answer | undefined;
    if (!answer) {
      this.close();
      throw new ModelError("timeout", `the thread that asks models gave no answer within ${this.#longestMs} ms`);
    }
    if ("failure" in answer) throw thrownAgain(answer.failure);
    return answer.value;
  }

  /** Ends the thread. The next question starts another one. */
  close(): void {
    void this.#line?.worker.terminate();
    this.#line = null;
  }
}

/** What both threads know: where questions and answers go, and a number that rises with each answer. */
interface Line {
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

function openLine(): Line {
  const { url, execArgv } = workerFile();
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

function thrownAgain({ name, message, model }: Failure): Error {
  if (model) return new ModelError(model.fault, message, { status: model.status });
  return Object.assign(new Error(message), { name });
}
