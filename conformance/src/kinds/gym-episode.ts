import { isRecord } from "@tau2/domains/internal";
import { AgentEnv, toTau2BenchReset, toTau2BenchStep, UserEnv } from "@tau2/gym";
import { asJson, differences } from "../compare.ts";
import type { Subject } from "../domains.ts";
import { unknownSidesAtWork, withoutEnvironment } from "../evaluation-rules.ts";
import {
  gymInfoForm,
  maskAnswers,
  maskRefusals,
  showsMoreRefusals,
  simulationForm,
  type GymInfoForm,
  type SimulationForm,
} from "../gym-form.ts";
import type { Line } from "../kind.ts";
import { judged, skipped, type Difference, type Outcome } from "../outcome.ts";
import { scriptedAgent, scriptedUser, type ScriptItem } from "../script.ts";
import { MERGED_SIDES, type Side } from "../sides.ts";
import { maskAnswersOf, maskErrorTexts } from "../transcript.ts";

/** Result of a reset or a step. */
interface Shown {
  observation: string;
  reward?: number;
  terminated?: boolean;
  truncated?: boolean;
  info: GymInfoForm;
}

/** Exception in its place. */
interface Thrown {
  thrown: unknown;
}

/** A recorded episode: actions and results. */
export interface EpisodeLine extends Line {
  env: "agent" | "user";
  task_id: string;
  solo_mode: boolean;
  max_steps: number;
  all_messages_as_observation: boolean;
  counterpart_script: ScriptItem[];
  actions: (string | { reset: true })[];
  reset: Shown;
  steps: (Shown | { raises: object })[];
  counterpart_used: number;
  malformed: boolean;
}

/** Plays an episode again and compares all results, up to the point where tau2-bench throws (if it does). */
export async function episodeOutcome(line: EpisodeLine, subject: Subject): Promise<Outcome> {
  const { env, used } = environmentOf(line, subject);
  const ours: (Shown | Thrown)[] = [form(toTau2BenchReset(await env.reset()))];
  for (const action of line.actions) ours.push(await taken(env, action));
  const setup = subject.setup({ solo: line.solo_mode });
  const without = unknownSidesAtWork(setup, subject.task(line.task_id), env.snapshot().conversation.messages);
  const recorded = [line.reset, ...line.steps];
  const raising = recorded.findIndex((step) => "raises" in step);
  const found: Difference[] = [];
  for (const [i, step] of (recorded.slice(0, raising === -1 ? undefined : raising) as Shown[]).entries()) {
    const path = i === 0 ? "reset" : `steps[${i - 1}] ${JSON.stringify(line.actions[i - 1])}`;
    const expected = comparable({ ...step, info: { ...line.reset.info, ...step.info } }, line, setup, without);
    const shown = ours[i]!;
    found.push(...differences(expected, "thrown" in shown ? shown.thrown : comparable(shown, line, setup, without), { path }));
  }
  if (raising === -1 && without.size === 0) found.push(...differences(line.counterpart_used, used(), { path: "counterpart_used" }));
  if (found.length > 0 && line.malformed && showsMoreRefusals(texts(recorded), texts(ours))) {
    return skipped("malformed: refused a call that tau2-bench lets through");
  }
  if (found.length === 0 && raising !== -1 && !("thrown" in ours[raising]!)) {
    return skipped("an action that tau2-bench reads as a call and cannot store is a text here");
  }
  return judged(found, without.size > 0 ? MERGED_SIDES : null);
}

function texts(shown: readonly object[]): string {
  return shown.map((step) => ("observation" in step ? String(step.observation) : "")).join("\n");
}

function environmentOf(line: EpisodeLine, { domain, data, setup }: Subject): { env: AgentEnv | UserEnv; used(): number } {
  let used = 0;
  const requestor = line.env === "agent" ? "user" : "assistant";
  const script = line.counterpart_script.map(({ content, tool_calls }) => ({
    content,
    tool_calls: tool_calls?.map((call) => Object.assign({}, call, { requestor })) ?? null,
  }));
  const counting = <P extends { respond: (turn: never) => unknown }>(participant: P): P => {
    used = 0;
    const respond = (turn: never) => {
      const reply = participant.respond(turn);
      used++;
      return reply;
    };
    return { ...participant, respond };
  };
  const options = {
    domain,
    data,
    taskId: line.task_id,
    maxSteps: line.max_steps,
    allMessagesAsObservation: line.all_messages_as_observation,
    newId: setup().newId,
    // Records come from tasks whose grade does not need a judge, but an episode that breaks off early may be of another.
    withoutJudge: "not_graded" as const,
  };
  const env =
    line.env === "agent"
      ? new AgentEnv({ ...options, solo: line.solo_mode, user: () => counting(scriptedUser(script)) })
      : new UserEnv({ ...options, agent: () => counting(scriptedAgent(script, { solo: false, stopToken: null })) });
  return { env, used: () => used };
}

async function taken(env: AgentEnv | UserEnv, action: string | { reset: true }): Promise<Shown | Thrown> {
  try {
    return typeof action === "string" ? form(toTau2BenchStep(await env.step(action))) : form(toTau2BenchReset(await env.reset()));
  } catch (thrown) {
    return { thrown };
  }
}

function form({ info, ...shown }: ReturnType<typeof toTau2BenchReset> | ReturnType<typeof toTau2BenchStep>): Shown {
  return { ...shown, info: asJson(gymInfoForm(info)) as GymInfoForm };
}

/** Returns the compared parts of a step: without our own texts, and without the effects of a side that the record does not determine. */
function comparable(
  { info, observation, ...rest }: Shown,
  { malformed }: EpisodeLine,
  setup: ReturnType<Subject["setup"]>,
  without: ReadonlySet<Side>,
): object {
  const run: SimulationForm = simulationForm(info["simulation_run"] as object);
  const masked = (messages: NonNullable<SimulationForm["messages"]>) =>
    maskAnswersOf(without, setup, malformed ? maskErrorTexts(messages) : messages);
  const simulation = run.messages ? { ...run, messages: masked(run.messages) } : run;
  const text = malformed ? maskRefusals(observation) : observation;
  if (without.size === 0) return { ...rest, observation: text, info: { ...info, simulation_run: simulation } };
  const { reward: _, ...others } = rest;
  const grade =
    isRecord(info["reward_info"]) && "reward" in info["reward_info"] ? { reward_info: withoutEnvironment(info["reward_info"]) } : {};
  return { ...others, observation: maskAnswers(text), info: { ...info, simulation_run: simulation, ...grade } };
}
