import { setTimeout } from "node:timers/promises";
import { startModelServer, type ModelServerReply, type ModelServerRequest } from "@tau2/user-sim/testing";
import { Counts } from "../counts.ts";
import { createRandom } from "../random.ts";
import { getFamily, findTags } from "./tags.ts";

/** The users' model: an endpoint that fails in every way it can. */
export interface UserEndpoint extends AsyncDisposable {
  readonly baseUrl: string;
  /** Counts of its actions, by name; all but `answers` and `stops` are faults. */
  readonly did: Counts;
  /** Conversations with markers of two sessions. */
  readonly mixed: readonly string[];
}

const faults: Readonly<Record<string, ModelServerReply>> = {
  "never answers": { fault: "hang" },
  "never ends its answer": { fault: "stall" },
  "resets the connection": { fault: "reset" },
  "breaks off in its answer": { fault: "cut" },
  "is overloaded": { status: 429, headers: { "retry-after": "0" }, body: { error: { message: "slow down" } } },
  "is broken": { status: 500, headers: { "retry-after": "0" }, body: { error: { message: "oops" } } },
  refuses: { status: 400, body: { error: { message: "no such parameter" } } },
  "answers a page": { status: 200, body: "<html>Welcome</html>" },
  "answers nothing": { status: 200, body: "" },
  "answers other JSON": { status: 200, body: { choices: [{ message: 7 }] } },
  "says nothing": { content: "" },
  "gives arguments that are not JSON": {
    status: 200,
    body: {
      choices: [{ message: { role: "assistant", content: null, tool_calls: [{ id: "c", function: { name: "f", arguments: "{no" } }] } }],
    },
  },
};

/**
 * Starts it. After up to 20 milliseconds it answers with the last tag of the conversation, and fails in that share of its requests. Its behaviour
 * follows from the seed, the tag, and the number of requests about that.
 */
export async function startUserEndpoint(seed: string, faultShare: number): Promise<UserEndpoint> {
  const did = new Counts();
  const mixed: string[] = [];
  const asked = new Counts();

  async function reply({ method, body }: ModelServerRequest): Promise<ModelServerReply> {
    if (method === "GET") return { status: 200, body: { data: [] } };
    const tags = findTags(body["messages"]);
    if (new Set(tags.map(getFamily)).size !== 1) mixed.push(tags.join(" "));
    const tag = tags.at(-1) ?? "";
    asked.add(tag);
    const random = createRandom(`${seed} ${tag} ${asked.get(tag)}`);
    await setTimeout(random.below(20));
    if (random.chance(faultShare)) {
      const fault = random.pick(Object.keys(faults));
      did.add(fault);
      return faults[fault]!;
    }
    if (random.chance(0.1)) {
      did.add("stops");
      return `${tag} Goodbye. ###STOP###`;
    }
    did.add("answers");
    if (random.chance(0.1)) return { toolCalls: [{ id: tag, name: random.pick(["check_notifications", "fly"]), arguments: {} }] };
    return `${tag} I see. ${"Go on. ".repeat(random.below(50))}`;
  }

  const { baseUrl, close } = await startModelServer(reply);
  return { baseUrl, did, mixed, [Symbol.asyncDispose]: close };
}
