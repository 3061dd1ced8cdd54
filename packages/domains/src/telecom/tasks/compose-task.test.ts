import { expect, test } from "vitest";
import { hashDatabase, hashText } from "../../core/schema/hash-database.ts";
import { Environment } from "../../core/environment/environment.ts";
import { createEnvironmentConfig } from "../../core/environment/execute-tool-call.ts";
import { createInitialState } from "../../core/environment/create-initial-state.ts";
import { loadData } from "../../data/load.ts";
import { telecom } from "../index.ts";

// Checksums of the official set (docs/spec/telecom-tasks.md#t6).
const data = loadData(telecom, { dataDir: null });
const tasks = data.tasks();
const setup = createEnvironmentConfig(telecom, data, { newId: (n) => n.toString(16).padStart(8, "0") });

test.each([
  ["full", 2285, "27ccec36ec0b4bd739d627c6a0c7219423178dc4e7da30f4f3a89c701ff6528a"],
  ["small", 20, "53e171e73d0939287ba8775839b1de4c5c5da908981b9a1eeb3a6bb3f00e5909"],
  ["base", 114, "8bb96f36d4874b71d71bfe9ede34a60a612c9cd21349da1754f3adfe577a5397"],
  ["train", 74, "fe392562d26908d4d623cee17426e44b970dd050ee27da110bdfd5fc24d56c5d"],
  ["test", 40, "4d91c95ad79a35f3a2947d24ea61db68dce38b66113f43f13ebf51c2c3d732ee"],
])("the %s split of telecom has the %i official tasks in order", (split, count, hash) => {
  const ids = data.splits()?.[split] ?? [];
  expect([ids.length, hashText(ids.join("\n"))]).toEqual([count, hash]);
});

test.each([
  [
    "initial states",
    "41cdb33e784a11f0ed57b435bd1c7c5c980a3b73c7e338d131dfddb76b162592",
    tasks.map((task) => task.initial_state?.initialization_actions),
  ],
  ["solutions", "6cdd9492c4ff00142d71ddf64e2d7cac53d785d3839b11388a7b7da323da488f", tasks.map((task) => task.evaluation_criteria?.actions)],
  [
    "assertions",
    "05ffdc1989423df3ff47c1bbcc68ca56e3e949aa1900f56eebe66d506cf5e3c2",
    tasks.map((task) => task.evaluation_criteria?.env_assertions),
  ],
  [
    "reward bases",
    "59334e597f0502c0071d5c6f88f6a5dec58cb9e9ee8ad035bc3a51df0e684ab0",
    tasks.map((task) => task.evaluation_criteria?.reward_basis),
  ],
])("the %s of composed tasks are the official ones", (_, hash, parts) => {
  expect(hashText(JSON.stringify(parts))).toBe(hash);
});

test("every solution of a composed task reaches the official states and produces the official outputs", () => {
  const reads = [
    "check_status_bar",
    "check_network_status",
    "check_sim_status",
    "check_apn_settings",
    "check_vpn_status",
    "run_speed_test",
    "can_send_mms",
    "check_payment_request",
  ];
  // Many states are equal, so each distinct one is hashed once.
  const known = new Map<unknown, string>();
  const hashOnce = (side: "agent" | "user", db: unknown) => {
    const text = JSON.stringify(db);
    const hash = known.get(text) ?? hashDatabase(telecom[side]!.database, db);
    known.set(text, hash);
    return hash;
  };
  const states: string[] = [];
  const outputs: string[] = [];
  for (const task of tasks) {
    const env: Environment = new Environment(setup, createInitialState(setup, task.initial_state ?? {}) as never);
    const readPhone = () => reads.map((name) => env.call(name, {}, "user").content);
    const hashes = () => [hashOnce("agent", env.db), hashOnce("user", env.userDb)];
    const before = hashes();
    const said = readPhone();
    for (const { name, arguments: args, requestor } of task.evaluation_criteria?.actions ?? []) {
      said.push(env.call(name, args, requestor).content);
    }
    states.push([task.id, ...before, ...hashes()].join("\t"));
    outputs.push([...said, ...readPhone()].join("\n"));
  }
  expect(hashText(states.map((line) => `${line}\n`).join(""))).toBe("d1ba6088c45af6e08d3cfa3ed35c5240cf8205557fc4361d6e43ce19d296ad41");
  expect(hashText(outputs.map((text) => `${text}\n`).join(""))).toBe("2e1bf3b24edbe97d0380de57a0acdf30e12c9305b5d46d4a8d86d60671c693cf");
});

test("the databases of telecom start as the official ones", () => {
  expect(new Environment(setup).hash()).toEqual({
    agent: "304cf5ef059852e117ea801ab9a5efc24c9713ec887679dc2e30acceb4b6742d",
    user: "e1f3a8637388808221228ff3f87294444e6b64caf721f5eb243a85d0a9380b28",
  });
});
