import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { PlayedSession } from "./played-session.ts";
import { recordStep, createCall, formatCall, takeStep, createWords } from "./steps.ts";

/** Action of a client during its episode. */
export type Move = (session: PlayedSession) => Promise<void>;

const sendWords: Move = async (session) => {
  const tag = session.createTag();
  await takeStep(session, createWords(tag), tag);
};

const callTool: Move = async (session) => {
  const tag = session.createTag();
  await takeStep(session, session.random.chance(0.5) ? createCall(session, tag) : formatCall(session, tag), tag);
};

const callUnknownTool: Move = async (session) => {
  const tag = session.createTag();
  await takeStep(session, { tool_calls: [{ id: tag, name: "launch_rocket", arguments: { to: tag } }] }, tag);
};

const sendBrokenArguments: Move = async (session) => {
  const tag = session.createTag();
  const { body, status } = await takeStep(session, { tool_calls: [{ function: { name: "f", arguments: `{"tag": ${tag}` } }] }, tag);
  if (status === 200 && body.invalid_action === null) session.complain("arguments that are not JSON were taken");
};

/** Sends the same request several times, concurrently and later. */
const repeatStep: Move = async (session) => {
  const tag = session.createTag();
  const action = session.random.chance(0.5) ? createWords(tag) : createCall(session, tag);
  const ask = (sent: unknown) => session.context.client.ask("POST", `/v1/sessions/${session.id}/step`, { action: sent, request_id: tag });
  const answers = await Promise.all([ask(action), ask(action)]);
  const [first] = answers;
  if (answers.some(({ status }) => status !== 200)) {
    session.expect(first, session.ledger.isCertain ? [200] : [200, 409], "a step with an id");
    session.ledger.lose(tag);
    return;
  }
  answers.push(await ask(action));
  const distinct = new Set(answers.map(({ status, body }) => JSON.stringify([status, { ...body, expires_in_s: 0 }])));
  if (distinct.size !== 1) session.complain(`a request was answered in ${distinct.size} ways: ${[...distinct].join(" ").slice(0, 500)}`);
  session.expect(await ask(createWords(session.createTag())), [422], "another action under the same request_id");
  session.context.did.add("requests repeated", 2);
  await recordStep(session, first.body, tag);
};

/** Sends two concurrent steps. The server takes one of them, or both one after the other. */
const takeConcurrentSteps: Move = async (session) => {
  const tags = [session.createTag(), session.createTag()];
  const actions = tags.map((tag) => ({ tag, action: session.random.chance(0.7) ? createWords(tag) : createCall(session, tag) }));
  const ask = async ({ tag, action }: { tag: string; action: unknown }) => ({
    tag,
    answer: await session.ask("POST", "/step", { action }, [200, 409]),
  });
  const both = await Promise.all(actions.map(ask));
  const taken = both.filter(({ answer }) => answer.status === 200).toSorted((a, b) => a.answer.body.step_count - b.answer.body.step_count);
  if (taken.length === 0 && session.ledger.isCertain) session.complain("of two steps at the same time neither was taken");
  session.context.did.add("steps refused as one too many", both.length - taken.length);
  // The first response does not describe the state after the second step.
  for (const { tag } of taken.slice(0, -1)) session.ledger.take(tag);
  const last = taken.at(-1);
  if (last) await recordStep(session, last.answer.body, last.tag);
};

/** Takes a step with a deadline of a few milliseconds. */
const takeStepWithDeadline: Move = async (session) => {
  const tag = session.createTag();
  const sent = { action: createWords(tag), deadline_ms: 1 + session.random.below(5) };
  const answer = await session.ask("POST", "/step", sent, [200, 504, ...(session.ledger.isCertain ? [] : [409])]);
  if (answer.status === 504) session.context.did.add("steps given up at their deadline");
  if (answer.status === 200) await recordStep(session, answer.body, tag);
};

/** Takes a step and disconnects before the response. */
export const disconnectDuringStep: Move = async (session) => {
  const tag = session.createTag();
  const gone = new AbortController();
  session.ledger.lose(tag);
  const action = session.random.chance(0.8) ? createWords(tag) : createCall(session, tag);
  const asked = session.context.client.ask("POST", `/v1/sessions/${session.id}/step`, { action }, { signal: gone.signal });
  await Promise.all([asked.catch(() => {}), setTimeout(session.random.below(20)).then(() => gone.abort())]);
  session.context.did.add("clients gone in the middle of a step");
};

const restoreSnapshot: Move = async (session) => {
  const { body } = await session.ask("POST", "/snapshot", undefined, [201]);
  const { taken } = session.ledger;
  await callTool(session);
  await session.restore(body.snapshot_id, taken);
};

const restorePrevious: Move = async (session) => {
  if (session.ledger.canRestore) await session.restore("previous");
};

/** Forks the session twice and plays the forks. */
const forkSession: Move = async (session) => {
  const { body, status } = await session.ask("POST", "/fork", { count: 2 }, [201]);
  if (status !== 201) return;
  const forks = body.sessions.map((response) => session.fork(response));
  await Promise.all(
    forks.map(async (forked) => {
      for (const move of [callTool, sendWords, callTool]) if (!forked.over) await move(forked);
      await forked.check();
      if (forked.random.chance(0.5)) await forked.delete();
    }),
  );
};

/** Sends a batch of steps in which one session is unknown. */
const takeBatch: Move = async (session) => {
  const tag = session.createTag();
  const items = [
    { session_id: session.id, action: createCall(session, tag) },
    { session_id: "nobody", action: "hello" },
  ];
  const answer = await session.context.client.ask("POST", "/v1/steps", { items });
  const [own, other] = session.expect(answer, [200], "a batch").body.items;
  if (other!.status !== 404) session.complain(`a step of an unknown session was answered ${other!.status}`);
  if (own!.status === 200) await recordStep(session, own!.result, tag);
  else if (session.ledger.isCertain) session.complain(`an item of a batch was answered ${own!.status}`);
};

const inspectSession: Move = async (session) => {
  await session.ask("GET", "", undefined, [200]);
  await session.ask("GET", "/trajectory?format=openai", undefined, [200]);
  await session.ask("POST", "/evaluate", {}, [200]);
  const { body } = await session.ask("GET", "/state?hashes=true", undefined, [200]);
  const strangers = session.ledger.findStrangers(body.changes);
  if (strangers.length > 0) session.context.mixed.push(`the databases of ${session.marker} hold ${strangers.join(", ")}`);
};

/** Exports the session and imports it into the same server. */
const exportAndImport: Move = async (session) => {
  const { body: document } = await session.ask("GET", "/export", undefined, [200]);
  const answer = await session.context.client.ask("POST", "/v1/sessions/import", document);
  const { status, body } = session.expect(answer, [201], "an import");
  if (status !== 201) return;
  const { accounts } = session.context;
  const id = body.session_id;
  accounts.open(id, session.marker, "imported");
  const messages = async (path: string) => (await session.context.client.ask("GET", path)).body.messages;
  const [there, here] = [await messages(`/v1/sessions/${id}/trajectory`), await messages(`/v1/sessions/${session.id}/trajectory`)];
  if (session.ledger.isCertain && !isDeepStrictEqual(there, here)) session.complain("its import holds another conversation");
  accounts.delete(id);
  session.expect(await session.context.client.ask("DELETE", `/v1/sessions/${id}`), [200], "the end of an import");
};

const often = [
  sendWords,
  sendWords,
  sendWords,
  callTool,
  callTool,
  takeConcurrentSteps,
  takeConcurrentSteps,
  takeStepWithDeadline,
  takeStepWithDeadline,
];
const once = [
  callUnknownTool,
  sendBrokenArguments,
  repeatStep,
  disconnectDuringStep,
  restoreSnapshot,
  restorePrevious,
  forkSession,
  takeBatch,
  inspectSession,
  exportAndImport,
];

/** All moves; those that stand here more often are made more often. */
export const moves: readonly Move[] = [...often, ...once];
