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

/** What the contract objects to in a till that differs from a sound one. */
function objections(data: Partial<InlineData> = {}, spec: Partial<DomainSpec<Till, Purse>> = {}): string[] {
  const till = defineDomain<Till, Purse>({
    name: "till",
    agent: { database: z.strictObject({ cash: z.number() }), tools: [pay, peek] },
    user: { database: z.strictObject({ receipts: z.int() }), tools: [look] },
    data: () => ({ db: { cash: 100 }, userDb: { receipts: 0 }, policy: "Pay what is asked for.", tasks: [payTen], ...data }),
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

test("a sound domain has nothing to be objected to", () => expect(objections()).toEqual([]));

describe("the contract objects to", () => {
  const withTask = (task: Partial<TaskInput>) => objections({ tasks: [{ ...payTen, ...task }] });
  const solvedBy = (name: string, args: TaskInput["evaluation_criteria"] & object) =>
    withTask({ evaluation_criteria: { ...args, actions: [{ action_id: "a", name, arguments: { amount: 10 } }] } });

  test("a solution that is refused", () => {
    const tasks = [{ ...payTen, evaluation_criteria: { actions: [{ action_id: "a", name: "pay", arguments: { amount: 500 } }] } }];
    expect(objections({ tasks })).toContainEqual(
      expect.stringMatching(/pay_ten: its solution succeeds.*pay \(a\) was refused: Error: Not enough/),
    );
  });

  test("a tool of the solution that says it reads, and writes", () => {
    expect(solvedBy("peek", {})).toContainEqual(
      expect.stringMatching(/its solution succeeds.*peek \(a\) was refused: Error: peek failed inside/),
    );
  });

  test("a task that is solved by doing nothing", () => {
    expect(withTask({ evaluation_criteria: { actions: [] } })).toEqual([
      "till task pay_ten: doing nothing does not solve it: an agent that does nothing gets the full reward",
    ]);
  });

  test("user tools that do not exist", () => {
    expect(withTask({ user_tools: ["look", "smell"] })).toEqual([
      "till task pay_ten: the user tools it offers exist: unknown user tools: smell",
    ]);
  });

  test("a task in two splits that must not share any", () => {
    expect(objections({ splits: { train: ["pay_ten"], test: ["pay_ten"] } })).toEqual([
      expect.stringMatching(/train and test share none: both in train and test: pay_ten/),
    ]);
  });

  test("databases as a goal where the sync of the sides changes them: the expected ones are made without it", () => {
    const counted = { sync: ({ agent, user }: { agent: Till; user: Purse }) => void (user.receipts = (100 - agent.cash) / 10) };
    expect(objections({}, counted)).toEqual([
      expect.stringMatching(/pay_ten: its solution leads to the databases that it is compared with: .*user\/receipts.*env_assertions/s),
    ]);
    const asserted = { actions: payTen.evaluation_criteria!.actions!, reward_basis: ["ACTION" as const] };
    expect(objections({ tasks: [{ ...payTen, evaluation_criteria: asserted }] }, counted)).toEqual([]);
  });

  test("databases as a goal where they hold ids that are given out: the expected ones get others", () => {
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
    expect(objections({ tasks }, { agent })).toEqual([expect.stringMatching(/compared with: agent\/cash would count as wrong/)]);
  });

  test("parameters that drop unknown arguments", () => {
    const loose = tool({ ...pay, name: "loose", parameters: z.object({ amount: z.number() }) });
    const found = objections({}, { agent: { database: z.strictObject({ cash: z.number() }), tools: [pay, loose] } });
    expect(found).toEqual([expect.stringMatching(/loose is described to models, .*: its parameters are not a z.strictObject/)]);
  });
});
