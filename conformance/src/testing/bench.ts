import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Kind } from "../kind.ts";
import { run } from "../run.ts";
import type { Tally } from "../tally.ts";

/** A small to-do list with two people: what the records of the tests are made of. */
const files = {
  "db.json": {
    tasks: { task_1: { task_id: "task_1", title: "Water the plants", description: null, status: "pending" } },
    users: { user_1: { user_id: "user_1", name: "Ines", tasks: ["task_1"] }, user_2: { user_id: "user_2", name: "Bo", tasks: [] } },
  },
  "user_db.json": { notifications: { notif_1: { notification_id: "notif_1", message: "Hello", status: "unread", task_id: null } } },
  "tasks.json": [
    {
      id: "add",
      user_scenario: { instructions: "Have 'Call mum' added." },
      evaluation_criteria: {
        actions: [{ action_id: "a", name: "create_task", arguments: { user_id: "user_2", title: "Call mum" } }],
        communicate_info: ["task_2"],
        reward_basis: ["DB", "COMMUNICATE"],
      },
    },
  ],
  "split_tasks.json": { base: ["add"] },
  "policy.md": "Be kind.",
  "policy_solo.md": "Be quick.",
};

/** A temporary folder with that data in the layout of a data directory, and with records. */
export class Bench {
  readonly directory = mkdtempSync(join(tmpdir(), "tau2-conformance-"));
  readonly dataDir = join(this.directory, "data");
  readonly vectorsDir = join(this.directory, "records");

  constructor() {
    const mock = join(this.dataDir, "tau2/domains/mock");
    mkdirSync(mock, { recursive: true });
    mkdirSync(this.vectorsDir);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(mock, name), typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  /** Writes the records of a kind. */
  write(kind: string, ...lines: object[]): void {
    writeFileSync(join(this.vectorsDir, `${kind}.jsonl.gz`), gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
  }

  /** Compares the records of these kinds. */
  run(...kinds: Kind[]): Promise<Tally> {
    return run({ kinds, vectorsDir: this.vectorsDir, dataDir: this.dataDir });
  }

  /** Takes the folder away. */
  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
