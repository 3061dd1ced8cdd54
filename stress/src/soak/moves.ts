import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Life } from "./life.ts";
import { book, call, callText, take, words } from "./steps.ts";

/** Something that a client does in the middle of its episode. */
export type Move = (life: Life) => Promise<void>;

const say: Move = async (life) => {
  const tag = life.tag();
  await take(life, words(tag), tag);
};

const callTool: Move = async (life) => {
  const tag = life.tag();
  await take(life, life.draws.chance(0.5) ? call(life, tag) : callText(life, tag), tag);
};

const unknownTool: Move = async (life) => {
  const tag = life.tag();
  await take(life, { tool_calls: [{ id: tag, name: "launch_rocket", arguments: { to: tag } }] }, tag);
};

const brokenArguments: Move = async (life) => {
  const tag = life.tag();
  const { body, status } = await take(life, { tool_calls: [{ function: { name: "f", arguments: `{"tag": ${tag}` } }] }, tag);
  if (status === 200 && body.invalid_action === null) life.complain("arguments that are not JSON were taken");
};

/** Sends the same request several times, concurrently and later. */
const repeat: Move = async (life) => {
  const tag = life.tag();
  const action = life.draws.chance(0.5) ? words(tag) : call(life, tag);
  const ask = (sent: unknown) => life.stage.client.ask("POST", `/v1/sessions/${life.id}/step`, { action: sent, request_id: tag });
  const answers = await Promise.all([ask(action), ask(action)]);
  const [first] = answers;
  if (answers.some(({ status }) => status !== 200)) {
    life.expect(first, life.ledger.isCertain ? [200] : [200, 409], "a step with an id");
    life.ledger.lose(tag);
    return;
  }
  answers.push(await ask(action));
  const distinct = new Set(answers.map(({ status, body }) => JSON.stringify([status, { ...body, expires_in_s: 0 }])));
  if (distinct.size !== 1) life.complain(`a request was answered in ${distinct.size} ways: ${[...distinct].join(" ").slice(0, 500)}`);
  life.expect(await ask(words(life.tag())), [422], "another action under the same request_id");
  life.stage.did.add("requests repeated", 2);
  await book(life, first.body, tag);
};

/** Two steps at the same time: one of them is taken, or both one after the other. */
const atOnce: Move = async (life) => {
  const tags = [life.tag(), life.tag()];
  const actions = tags.map((tag) => ({ tag, action: life.draws.chance(0.7) ? words(tag) : call(life, tag) }));
  const ask = async ({ tag, action }: { tag: string; action: unknown }) => ({
    tag,
    answer: await life.ask("POST", "/step", { action }, [200, 409]),
  });
  const both = await Promise.all(actions.map(ask));
  const taken = both.filter(({ answer }) => answer.status === 200).toSorted((a, b) => a.answer.body.step_count - b.answer.body.step_count);
  if (taken.length === 0 && life.ledger.isCertain) life.complain("of two steps at the same time neither was taken");
  life.stage.did.add("steps refused as one too many", both.length - taken.length);
  // What the first one led to is known only when it was also the last.
  for (const { tag } of taken.slice(0, -1)) life.ledger.take(tag);
  const last = taken.at(-1);
  if (last) await book(life, last.answer.body, last.tag);
};

/** A step with a deadline of zero. */
const deadline: Move = async (life) => {
  const tag = life.tag();
  const sent = { action: words(tag), deadline_ms: 1 + life.draws.below(5) };
  const answer = await life.ask("POST", "/step", sent, [200, 504, ...(life.ledger.isCertain ? [] : [409])]);
  if (answer.status === 504) life.stage.did.add("steps given up at their deadline");
  if (answer.status === 200) await book(life, answer.body, tag);
};

/** A step whose client goes away before the answer. */
export const vanish: Move = async (life) => {
  const tag = life.tag();
  const gone = new AbortController();
  life.ledger.lose(tag);
  const action = life.draws.chance(0.8) ? words(tag) : call(life, tag);
  const asked = life.stage.client.ask("POST", `/v1/sessions/${life.id}/step`, { action }, { signal: gone.signal });
  await Promise.all([asked.catch(() => {}), setTimeout(life.draws.below(20)).then(() => gone.abort())]);
  life.stage.did.add("clients gone in the middle of a step");
};

const snapshot: Move = async (life) => {
  const { body } = await life.ask("POST", "/snapshot", undefined, [201]);
  const { taken } = life.ledger;
  await callTool(life);
  await life.restore(body.snapshot_id, taken);
};

const previous: Move = async (life) => {
  if (life.ledger.canGoBack) await life.restore("previous");
};

/** Forks that continue by themselves. */
const fork: Move = async (life) => {
  const { body, status } = await life.ask("POST", "/fork", { count: 2 }, [201]);
  if (status !== 201) return;
  const forks = body.sessions.map((one) => life.fork(one));
  await Promise.all(
    forks.map(async (one) => {
      for (const move of [callTool, say, callTool]) if (!one.over) await move(one);
      await one.check();
      if (one.draws.chance(0.5)) await one.delete();
    }),
  );
};

/** Steps of many sessions, of which one is unknown. */
const batch: Move = async (life) => {
  const tag = life.tag();
  const items = [
    { session_id: life.id, action: call(life, tag) },
    { session_id: "nobody", action: "hello" },
  ];
  const answer = await life.stage.client.ask("POST", "/v1/steps", { items });
  const [own, other] = life.expect(answer, [200], "a batch").body.items;
  if (other!.status !== 404) life.complain(`a step of an unknown session was answered ${other!.status}`);
  if (own!.status === 200) await book(life, own!.result, tag);
  else if (life.ledger.isCertain) life.complain(`an item of a batch was answered ${own!.status}`);
};

const look: Move = async (life) => {
  await life.ask("GET", "", undefined, [200]);
  await life.ask("GET", "/trajectory?format=openai", undefined, [200]);
  await life.ask("POST", "/evaluate", {}, [200]);
  const { body } = await life.ask("GET", "/state?hashes=true", undefined, [200]);
  const strangers = life.ledger.strangersIn(body.changes);
  if (strangers.length > 0) life.stage.mixed.push(`the databases of ${life.marker} hold ${strangers.join(", ")}`);
};

/** Takes the session to another place, which here is the same server. */
const carry: Move = async (life) => {
  const { body: document } = await life.ask("GET", "/export", undefined, [200]);
  const answer = await life.stage.client.ask("POST", "/v1/sessions/import", document);
  const { status, body } = life.expect(answer, [201], "an import");
  if (status !== 201) return;
  const { accounts } = life.stage;
  const id = body.session_id;
  accounts.open(id, life.marker, "imported");
  const messages = async (path: string) => (await life.stage.client.ask("GET", path)).body.messages;
  const [there, here] = [await messages(`/v1/sessions/${id}/trajectory`), await messages(`/v1/sessions/${life.id}/trajectory`)];
  if (life.ledger.isCertain && !isDeepStrictEqual(there, here)) life.complain("its import holds another conversation");
  accounts.delete(id);
  life.expect(await life.stage.client.ask("DELETE", `/v1/sessions/${id}`), [200], "the end of an import");
};

const often = [say, say, say, callTool, callTool, atOnce, atOnce, deadline, deadline];
const once = [unknownTool, brokenArguments, repeat, vanish, snapshot, previous, fork, batch, look, carry];

/** All moves; those that stand here more often are made more often. */
export const moves: readonly Move[] = [...often, ...once];
