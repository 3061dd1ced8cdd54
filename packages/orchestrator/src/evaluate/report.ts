import { diffStates, type EnvironmentConfig, type RewardType, type Task } from "@tau2/domains";
import type { EnvironmentPart } from "./environment.ts";
import type { ComponentReport, Finding, FindingStatus, Part } from "./evaluation.ts";
import type { DeterministicChecks } from "./examine.ts";
import type { Judgement } from "./nl-assertions.ts";
/** How many places of the databases a report names. */
const PLACES = 20;

/** What every component found. */
export function componentReport(
  setup: EnvironmentConfig,
  task: Task,
  { rule, parts, toJudge }: DeterministicChecks,
  nl: Part | null,
  judgement: Judgement | null,
): ComponentReport {
  const basis = task.evaluation_criteria?.reward_basis ?? [];
  const finding = (component: RewardType, found: Omit<Finding, "in_basis">): Finding => {
    const { status, ...rest } = found;
    return { status, in_basis: basis.includes(component), ...rest };
  };
  const environment = parts?.environment;
  const failed = environment && "failed" in environment ? unchecked("failed", environment.failed) : null;
  const ran = environment && "ends" in environment ? environment : null;
  const assertions = ran?.checks.env_assertions?.map(({ met, env_assertion }) => ({
    met,
    text: env_assertion.message ?? env_assertion.func_name,
  }));
  const actions = parts?.action.checks.action_checks?.map(({ action_match, action }) => ({ met: action_match, text: action.action_id }));
  const said = parts?.communicate.checks.communicate_checks?.map(({ met, info }) => ({ met, text: info }));
  return {
    rule,
    components: {
      DB: finding("DB", failed ?? databases(setup, ran)),
      ENV_ASSERTION: finding("ENV_ASSERTION", failed ?? counted(assertions)),
      ACTION: finding("ACTION", counted(actions)),
      COMMUNICATE: finding("COMMUNICATE", counted(said)),
      NL_ASSERTION: finding("NL_ASSERTION", nlFinding(task, rule, nl, toJudge)),
    },
    judge: judgement?.effort ?? null,
  };
}

function counted(checks: readonly { met: boolean; text: string }[] | undefined): Omit<Finding, "in_basis"> {
  if (!checks || checks.length === 0) return unchecked("vacuous", "the task gives nothing to check");
  const missed = checks.filter(({ met }) => !met).map(({ text }) => text);
  return { status: missed.length === 0 ? "met" : "unmet", checked: checks.length, met: checks.length - missed.length, missed, note: null };
}

function databases(setup: EnvironmentConfig, part: EnvironmentPart | null): Omit<Finding, "in_basis"> {
  if (!part?.ends) return unchecked("vacuous", "the task names no end to compare with");
  const note = part.ends.gold.changes ? null : "the solution changes nothing: any change is a fault";
  if (part.checks.db_check?.db_match) return { status: "met", checked: 1, met: 1, missed: [], note };
  const { predicted, gold } = part.ends;
  const sides = setup.domain.user ? (["agent", "user"] as const) : (["agent"] as const);
  const places = sides.flatMap((side) => diffStates(gold.state[side], predicted[side]).map(({ path }) => [side, ...path].join("/")));
  const missed = places.length > PLACES ? [...places.slice(0, PLACES), `and ${places.length - PLACES} more`] : places;
  return { status: "unmet", checked: 1, met: 0, missed, note };
}

function nlFinding(task: Task, rule: ComponentReport["rule"], nl: Part | null, toJudge: readonly string[]): Omit<Finding, "in_basis"> {
  if ((task.evaluation_criteria?.nl_assertions ?? []).length === 0) return unchecked("vacuous", "the task gives nothing to check");
  if (nl) return counted(nl.checks.nl_assertions?.map(({ met, nl_assertion }) => ({ met, text: nl_assertion })));
  if (rule) return unchecked("not_graded", "the reward was settled before; no judge was asked");
  return unchecked("not_graded", toJudge.length > 0 ? "no judge model" : "not asked for by this evaluation");
}

function unchecked(status: FindingStatus, note: string): Omit<Finding, "in_basis"> {
  return { status, checked: 0, met: 0, missed: [], note };
}
