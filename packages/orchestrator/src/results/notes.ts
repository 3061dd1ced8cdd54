import { isRecord, type JsonObject } from "@tau2/domains";
import type { ComponentReport } from "../evaluate/evaluation.ts";
import type { SimulationRun } from "./simulation-run.ts";

/** Form of what these packages store under `info.tau2`; goes up when a reader of the old form could not read the new one. */
const FORM = 1;

/** A simulation's `info` with the report of its grading, under the key `tau2`, which other programs pass over. */
export function withReport(info: JsonObject | null, report: ComponentReport): JsonObject {
  const ours = info?.["tau2"];
  return { ...info, tau2: { ...(isRecord(ours) ? (ours as JsonObject) : {}), form: FORM, report: report as unknown as JsonObject } };
}

/** The report that {@link withReport} stored; null where there is none, or one of another form. */
export function reportOf(simulation: Pick<SimulationRun, "info">): ComponentReport | null {
  const ours = simulation.info?.["tau2"];
  return isRecord(ours) && ours["form"] === FORM && isRecord(ours["report"]) ? (ours["report"] as unknown as ComponentReport) : null;
}
