import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import type { ComponentReport } from "../evaluate/evaluation.ts";
import type { SimulationRun } from "./results.ts";

/** Version of what these packages store under `info.tau2`; goes up when a reader of the old version could not read the new one. */
const NOTES_VERSION = 1;

/** Adds the report of the grading to a simulation's `info`, under the key `tau2`, which other programs ignore. Removes an earlier grading fault. */
export function withReport(info: JsonObject | null, report: ComponentReport): JsonObject {
  const { grading_fault: _, ...ours } = getNotes(info);
  return { ...info, tau2: { ...ours, form: NOTES_VERSION, report: report as unknown as JsonObject } };
}

/** Adds the fault that kept a simulation from being graded to its `info`, under `tau2`. Removes an earlier report. */
export function withGradingFault(info: JsonObject | null, fault: JsonObject): JsonObject {
  const { report: _, ...ours } = getNotes(info);
  return { ...info, tau2: { ...ours, form: NOTES_VERSION, grading_fault: fault } };
}

function getNotes(info: JsonObject | null): JsonObject {
  const ours = info?.["tau2"];
  return isRecord(ours) ? ours : {};
}

/** Returns the stored class of the fault that kept a simulation from being played or graded; null without a stored fault. */
export function getFaultClass({ info }: Partial<Pick<SimulationRun, "info">>): string | null {
  const { fault, grading_fault } = getNotes(info ?? null);
  const found = fault ?? grading_fault;
  return isRecord(found) && typeof found["class"] === "string" ? found["class"] : null;
}

/** Returns the report that {@link withReport} stored; null if it is missing or of another version. */
export function getReport(simulation: Pick<SimulationRun, "info">): ComponentReport | null {
  const ours = simulation.info?.["tau2"];
  return isRecord(ours) && ours["form"] === NOTES_VERSION && isRecord(ours["report"])
    ? (ours["report"] as unknown as ComponentReport)
    : null;
}

/** Returns the US dollars that judging a simulation cost: 0 without a judge, null where the price is unknown. */
export function getJudgeCost({ info = null }: Partial<Pick<SimulationRun, "info">>): number | null {
  const judge = getReport({ info })?.judge;
  return judge ? judge.cost : 0;
}
