import type { ClientOptions } from "openai";

/** Milliseconds after which Node's own fetch gives up on an answer that has not begun, or stands still. */
export const fetchLimitMs = 300_000;

let patient: Promise<(input: never, init: never) => Promise<unknown>> | undefined;

/** `fetch` that waits as long as its caller does. Its library is only loaded where somebody waits longer than Node's own would. */
export const patientFetch: NonNullable<ClientOptions["fetch"]> = async (input, init) => {
  patient ??= load();
  return (await (
    await patient
  )(input as never, init as never)) as Response;
};

async function load() {
  const { Agent, fetch } = await import("undici");
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  return (input: never, init: object) => fetch(input, { ...init, dispatcher });
}
