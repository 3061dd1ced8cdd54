import { Environment } from "@tau2/domains";
import type { InitialState } from "@tau2/domains/internal";
import { initialStateOf } from "../initial-state.ts";
import { furthestState } from "../furthest-state.ts";
import { stateDifferences, type FinalState } from "../final-state.ts";
import { lineKind, type Line } from "../kind.ts";
import { judged, type Difference } from "../outcome.ts";
import { MERGED_SIDES, sideOf, unknownSides } from "../sides.ts";
import { stepDifferences, type Step } from "../step.ts";

interface CallsLine extends Line {
  solo_mode: boolean;
  initial_state: Partial<InitialState> | null;
  init_raises: { type: string; message: string } | null;
  steps: Step[];
  final: FinalState;
}

/** Traces of well-formed calls: every answer, and the databases at the end. */
export const calls = lineKind<CallsLine>("calls", (line, subject) => {
  const setup = subject.setup({ solo: line.solo_mode });
  const environment = new Environment(setup);
  const initial = initialStateOf(line.initial_state);
  const without = unknownSides(setup, initial);
  const found: Difference[] = [];
  let refused: unknown = null;
  try {
    environment.reset(initial);
  } catch (thrown) {
    refused = thrown;
  }
  if (line.init_raises && refused) {
    return judged(stateDifferences(line.final, setup, furthestState(setup, initial), { without }), without.size > 0 ? MERGED_SIDES : null);
  }
  if (line.init_raises || refused) return judged([{ path: "init_raises", expected: line.init_raises, actual: refused }]);
  line.steps.forEach((step, i) => {
    // Calls of a side that the record does not determine are not made: in tau2-bench they work on the wrong database.
    if (without.has(sideOf(setup, step) as never)) return;
    const answer = environment.execute({ id: `call_${i}`, name: step.name, arguments: step.arguments, requestor: step.requestor });
    found.push(...stepDifferences(step, answer, `steps[${i}]`));
  });
  found.push(...stateDifferences(line.final, setup, environment.snapshot(), { without }));
  return judged(found, without.size > 0 ? MERGED_SIDES : null);
});
