import { describe, expect, test } from "vitest";
import { deserializeState, serializeState, type JsonObject } from "../src/index.ts";
import { airline } from "../src/airline/index.ts";
import { hashDatabase, databasesEqual } from "../src/core/schema/hash-database.ts";
import { parseCallArguments } from "../src/core/tool/call-arguments.ts";
import { loadEnvironment } from "../src/data/index.ts";
import { telecom } from "../src/telecom/index.ts";

/** Arguments as a model writes them. */
function written(text: string): JsonObject {
  const parsed = parseCallArguments(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.arguments;
}

describe("refuel_data answers in the kind in which the amount was written", () => {
  const refuel = (args: JsonObject) =>
    loadEnvironment(telecom, { dataDir: null }).execute({ id: "1", name: "refuel_data", arguments: args, requestor: "assistant" }).content;
  const line = '"customer_id": "C1001", "line_id": "L1001"';

  test.each([
    ["2", "added 2 GB"],
    ["2.0", "added 2.0 GB"],
    ["2.5", "added 2.5 GB"],
    ["2e0", "added 2.0 GB"],
  ])("%s", (amount, answer) => expect(refuel(written(`{${line}, "gb_amount": ${amount}}`))).toContain(answer));

  test("a number of a program takes the declared kind, float", () => {
    const args = { customer_id: "C1001", line_id: "L1001", gb_amount: 2 };
    expect(refuel(args)).toContain("added 2.0 GB");
  });
});

describe("bags of a reservation are stored in the kind in which they were written", () => {
  const start = loadEnvironment(airline, { dataDir: null });
  const [id, before] = Object.entries(start.db.reservations)[0]!;
  const pay = Object.values(start.db.users[before.user_id]!.payment_methods).find(({ source }) => source !== "certificate")!.id;
  const setBags = (total: string) => {
    const env = loadEnvironment(airline, { dataDir: null });
    const args = `{"reservation_id": "${id}", "total_baggages": ${total}, "nonfree_baggages": ${before.nonfree_baggages}, "payment_id": "${pay}"}`;
    const { content } = env.execute({ id: "1", name: "update_reservation_baggages", arguments: written(args), requestor: "assistant" });
    return { env, content };
  };
  const { database } = airline.agent;

  test("the answer and the hash tell 3.0 from 3, the value does not", () => {
    const [whole, float] = [setBags("3"), setBags("3.0")];
    expect(whole.content).toContain('"total_baggages": 3,');
    expect(float.content).toContain('"total_baggages": 3.0,');
    expect(float.env.db.reservations[id]!.total_baggages).toBe(3);
    expect(hashDatabase(database, float.env.db)).not.toBe(hashDatabase(database, whole.env.db));
    expect(databasesEqual(database, float.env.db, whole.env.db)).toBe(false);
    expect(databasesEqual(database, float.env.db, setBags("3.0").env.db)).toBe(true);
  });

  test("the kind survives a fork, other changes of the record, and storage, and goes with a new value", () => {
    const { env } = setBags("3.0");
    const fork = env.fork();
    const { content } = fork.call("update_reservation_passengers", { reservation_id: id, passengers: [...before.passengers] });
    expect(content).toContain('"total_baggages": 3.0,');
    const stored = deserializeState(env.config, serializeState(env.config, env.snapshot()));
    expect(hashDatabase(database, stored.agent)).toBe(hashDatabase(database, env.db));
    expect(serializeState(env.config, stored)).toBe(serializeState(env.config, env.snapshot()));
    env.restore(stored);
    env.call("update_reservation_baggages", {
      reservation_id: id,
      total_baggages: 3,
      nonfree_baggages: before.nonfree_baggages,
      payment_id: pay,
    });
    expect(hashDatabase(database, env.db)).toBe(hashDatabase(database, setBags("3").env.db));
  });
});

test("a certificate is announced in the kind in which its amount was written, and is worth a float", () => {
  const env = loadEnvironment(airline, { dataDir: null });
  const [user] = Object.keys(env.db.users);
  const args = written(`{"user_id": "${user}", "amount": 100.0}`);
  expect(env.execute({ id: "1", name: "send_certificate", arguments: args, requestor: "assistant" }).content).toMatch(
    /with amount 100\.0\.$/,
  );
});
