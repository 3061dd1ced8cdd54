import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineDomain, type DomainSpec, type InlineData } from "../core/domain/domain.ts";
import { parseInlineData } from "../core/domain/domain-data.ts";
import { ToolError } from "../core/errors.ts";
import type { TaskInput } from "../core/task/task.ts";
import { createToolFactory, type ToolContext } from "../core/tool/tool.ts";
import { domainContract } from "./contract.ts";

interface Till {
  cash: number;
}
interface Purse {
  receipts: number;
}

const tool = createToolFactory<Till>();
const purse = createToolFactory<Purse>();
const amount = z.strictObject({ amount: z.number().describe("Dollars.") });

const pay = tool({
  name: "pay",
  kind: "write",
  description: "Pay.",
  parameters: amount,
  result: z.string(),
  run({ db }, { amount: dollars }) {
    if (dollars > db.cash) throw new ToolError("Not enough");
    db.cash -= dollars;
    return "Paid";
  },
});
const look = purse({ name: "look", kind: "read", description: "Look.", parameters: z.strictObject({}), result: z.string(), run: () => "" });
const peek = tool({ ...pay, name: "peek", kind: "read" } as never);

const payTen: TaskInput = {
  id: "pay_ten",
  user_scenario: { instructions: "You want ten dollars." },
  evaluation_criteria: { actions: [{ action_id: "pay", name: "pay", arguments: { amount: 10 } }] },
};

/** Returns the broken rules of a till that differs from a valid one. */
function findViolations(data: Partial<InlineData> = {}, spec: Partial<DomainSpec<Till, Purse>> = {}): string[] {
  const till = defineDomain<Till, Purse>({
    name: "till",
    agent: { database: z.strictObject({ cash: z.number() }), tools: [pay, peek] },
    user: { database: z.strictObject({ receipts: z.int() }), tools: [look] },
    data: () => ({ db: { cash: 100 }, userDb: { receipts: 0 }, policy: "Pay the amount that the user names.", tasks: [payTen], ...data }),
    ...spec,
  });
  return domainContract(till, parseInlineData(till, till.data!())).flatMap(({ name, run }) => {
    try {
      run();
      return [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  });
}

test("the contract accepts a valid domain", () => expect(findViolations()).toEqual([]));

describe("the contract refuses", () => {
  const withTask = (task: Partial<TaskInput>) => findViolations({ tasks: [{ ...payTen, ...task }] });
  const solvedBy = (name: string, args: TaskInput["evaluation_criteria"] & object) =>
    withTask({ evaluation_criteria: { ...args, actions: [{ action_id: "a", name, arguments: { amount: 10 } }] } });

  test("a solution whose call fails", () => {
    const tasks = [{ ...payTen, evaluation_criteria: { actions: [{ action_id: "a", name: "pay", arguments: { amount: 500 } }] } }];
    expect(findViolations({ tasks })).toContainEqual(expect.stringMatching(/pay_ten: .*solution succeeds.*pay \(a\) .*Not enough/));
  });

  test("a read tool that writes", () => {
    expect(solvedBy("peek", {})).toContainEqual(expect.stringMatching(/solution succeeds.*peek \(a\) .*peek failed inside/));
  });

  test("a task whose full reward does not need any call", () => {
    expect(withTask({ evaluation_criteria: { actions: [] } })).toEqual([expect.stringMatching(/pay_ten: .*full reward/)]);
  });

  test("a task with unknown user tools", () => {
    expect(withTask({ user_tools: ["look", "smell"] })).toEqual([expect.stringMatching(/pay_ten: .*user tools: smell/)]);
  });

  test("a task in both the train and the test split", () => {
    expect(findViolations({ splits: { train: ["pay_ten"], test: ["pay_ten"] } })).toEqual([
      expect.stringMatching(/train and test: pay_ten/),
    ]);
  });

  test("the basis DB where the sync changes the databases, since the expected state is built without the sync", () => {
    const counted = { sync: ({ agent, user }: { agent: Till; user: Purse }) => void (user.receipts = (100 - agent.cash) / 10) };
    expect(findViolations({}, counted)).toEqual([
      expect.stringMatching(/pay_ten: .*expected databases: .*user\/receipts.*env_assertions/s),
    ]);
    const asserted = { actions: payTen.evaluation_criteria!.actions!, reward_basis: ["ACTION" as const] };
    expect(findViolations({ tasks: [{ ...payTen, evaluation_criteria: asserted }] }, counted)).toEqual([]);
  });

  test("the basis DB where the databases contain generated ids, since the expected state has other ids", () => {
    const receipt = tool({
      ...pay,
      name: "receipt",
      run({ db, newId }: ToolContext<Till>) {
        db.cash = Number.parseInt(newId(), 16);
        return "Paid";
      },
    });
    const agent = { database: z.strictObject({ cash: z.number() }), tools: [receipt] };
    const tasks = [{ ...payTen, evaluation_criteria: { actions: [{ action_id: "a", name: "receipt", arguments: { amount: 1 } }] } }];
    expect(findViolations({ tasks }, { agent })).toEqual([
      expect.stringMatching(/expected databases: agent\/cash would be graded as wrong/),
    ]);
  });

  test("parameters that drop unknown arguments", () => {
    const loose = tool({ ...pay, name: "loose", parameters: z.object({ amount: z.number() }) });
    const found = findViolations({}, { agent: { database: z.strictObject({ cash: z.number() }), tools: [pay, loose] } });
    expect(found).toEqual([expect.stringMatching(/loose .*z\.strictObject/)]);
  });
});
