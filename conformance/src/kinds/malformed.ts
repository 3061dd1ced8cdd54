import { diffStates, Environment, isTau2Error, type EnvironmentConfig, type JsonObject, type Requestor } from "@tau2/domains";
import { getTools, type InitialState } from "@tau2/domains/internal";
import { differences } from "../compare.ts";
import { initialStateOf } from "../initial-state.ts";
import { lineKind, type Line } from "../kind.ts";
import { judged, type Difference } from "../outcome.ts";

interface MalformedLine extends Line {
  kind: "malformed" | "malformed_state";
  solo_mode: boolean;
  initial_state: Partial<InitialState> | null;
  requestor: Requestor;
  name: string;
  arguments: JsonObject;
  reference: { content: string; error: boolean; origin: string | null };
}

/** Calls and states that are not well-formed: refused with a clear text and without a trace, or accepted exactly as in tau2-bench. */
export const malformed = lineKind<MalformedLine>("malformed", (line, subject) => {
  const setup = subject.setup({ solo: line.solo_mode });
  return judged(line.kind === "malformed_state" ? refusedState(line, setup) : refusedCall(line, setup));
});

function refusedState(line: MalformedLine, setup: EnvironmentConfig): Difference[] {
  try {
    new Environment(setup).reset(initialStateOf(line.initial_state));
  } catch (thrown) {
    return isTau2Error(thrown) ? [] : [{ path: "initial_state", expected: "a clear error", actual: thrown }];
  }
  return [{ path: "initial_state", expected: "an error", actual: "was applied" }];
}

function refusedCall(line: MalformedLine, setup: EnvironmentConfig): Difference[] {
  const environment = new Environment(setup);
  environment.reset(initialStateOf(line.initial_state));
  const before = environment.snapshot();
  const { content, error } = environment.execute({ id: "call_1", name: line.name, arguments: line.arguments, requestor: line.requestor });
  const at = `${line.requestor} ${line.name}(${JSON.stringify(line.arguments)})`;
  if (!error) return differences(line.reference, { content, error, origin: null }, { path: at });
  const after = environment.snapshot();
  const changed = [...diffStates(before.agent, after.agent), ...diffStates(before.user, after.user)];
  const unnamed = missingName(line, setup, content ?? "");
  return [
    ...differences([], changed, { path: `${at}: changed although refused` }),
    ...(unnamed ? [{ path: `${at}: content`, expected: `names one of the arguments ${unnamed}`, actual: content }] : []),
  ];
}

/** The arguments that are missing or unknown, when the text names none of them. A tool that is not there is said first. */
function missingName({ name, requestor, arguments: args }: MalformedLine, setup: EnvironmentConfig, text: string): string | null {
  const tool = getTools(setup, requestor).find((candidate) => candidate.name === name);
  if (!tool) return null;
  const shape = tool.parameters.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>;
  const missing = Object.keys(shape).filter((key) => !Object.hasOwn(args, key) && !shape[key]!.safeParse(undefined).success);
  const wrong = [...missing, ...Object.keys(args).filter((key) => !Object.hasOwn(shape, key))];
  return wrong.length > 0 && !wrong.some((key) => text.includes(key)) ? wrong.join(", ") : null;
}
