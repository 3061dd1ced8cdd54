// The program of the README's "In a browser", and what goes wrong there.
import { createEnvironmentConfig, Environment, parseInlineData, parseOrderedJson, taskSchema } from "@tau2/domains";
import { airline } from "@tau2/domains/airline";
import { retail } from "@tau2/domains/retail";
import db from "@tau2/domains/data/airline/db.json";
import policy from "@tau2/domains/data/airline/policy.md?raw";
import tasks from "@tau2/domains/data/airline/tasks.json";
import shop from "@tau2/domains/data/retail/db.json";
import shopText from "@tau2/domains/data/retail/db.json?raw";

const failure = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function play(): Promise<string[]> {
  const data = parseInlineData(airline, { db, policy, tasks: taskSchema.array().parse(tasks) });
  const env = new Environment(createEnvironmentConfig(airline, data));
  const user_id = Object.keys(db.users)[0] ?? "";
  const order = parseInlineData(retail, { db: parseOrderedJson(shopText), policy: "" }).db.products;
  let naive = "not refused";
  try {
    parseInlineData(retail, { db: shop, policy: "" });
  } catch (error) {
    naive = failure(error);
  }
  const inNode = await import("@tau2/domains/data").then(() => "not refused", failure);
  return [
    `user: ${env.read("get_user_details", { user_id }).user_id === user_id}`,
    `policy: ${env.policy.length > 1000}, tasks: ${data.tasks().length > 0}, products: ${Object.keys(order).length > 0}`,
    `naive: ${naive}`,
    `node: ${inNode}`,
  ];
}

void play().then(
  (lines) => (document.body.textContent = `played; ${lines.join("; ")}`),
  (error: unknown) => (document.body.textContent = `failed: ${failure(error)}`),
);
