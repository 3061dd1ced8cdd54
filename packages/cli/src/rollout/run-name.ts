import { basename } from "node:path";
import type { ChosenPolicy } from "./choose-policy.ts";
import type { ComposedRollout } from "./config/compose-rollout.ts";

/** The part of a run's name that says what it is: environment, model, seed, replicate. */
export function runStem(composed: ComposedRollout, policy: ChosenPolicy): string {
  const { program, environment } = composed;
  const { project_name, replicate = "0" } = program.values;
  const name = /\.ya?ml$/i.test(environment.name) ? basename(environment.name).replace(/\.ya?ml$/i, "") : environment.name;
  const model = policy.endpoint ? policy.endpoint.model.split("/").at(-1)! : policy.kind;
  return [project_name, name, model, `seed${environment.values.seed ?? 0}`, `replicate${replicate}`]
    .filter((part) => part !== undefined)
    .map(fileText)
    .join("_");
}

/** A run's whole name: what it is, and when it began, by the local clock. */
export function runName(stem: string, at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("");
  return `${stem}_${day}-${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join("")}`;
}

/** What every file system takes, and no shell minds. */
function fileText(part: string): string {
  return (
    part
      .replaceAll(/[^\w.+-]+/g, "-")
      .replaceAll("_", "-")
      .replace(/^[-.]+/, "") || "x"
  );
}
