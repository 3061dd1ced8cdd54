import type { JsonObject, Requestor } from "@tau2/domains";
import { formatCall, formatCalls, parseAction } from "@tau2/gym/internal";
import { asJson, differences } from "../compare.ts";
import { inDomain, mixedKind, type Line } from "../kind.ts";
import { judged, skipped, type Outcome } from "../outcome.ts";
import { episodeOutcome, type EpisodeLine } from "./gym-episode.ts";

interface ParseLine extends Line {
  kind: "parse_action";
  action: string;
  requestor: Requestor;
  content: string | null;
  tool_calls:
    | { id: string; name: string; arguments: JsonObject; requestor: Requestor; functional: string; arguments_repr_only?: unknown }[]
    | null;
  raises: { type: string; message: string } | null;
}

interface FormatLine extends Line {
  kind: "format_call";
  name: string;
  arguments: JsonObject;
  functional: string;
}

type GymLine = (EpisodeLine & { kind: "gym" }) | ParseLine | FormatLine;

/** Episodes as a learner sees them, and the grammar of actions. */
export const gym = mixedKind<GymLine>(
  "gym",
  (line, context) => {
    if (line.kind === "gym") return inDomain(line, context, (subject) => episodeOutcome(line, subject));
    return line.kind === "parse_action" ? parsed(line) : judged(differences(line.functional, formatCall(line)));
  },
  (line) =>
    line.kind === "gym" ? (line.id ?? line.task_id) : line.kind === "parse_action" ? `parse ${line.action}` : `format ${line.functional}`,
);

function parsed({ action, requestor, content, tool_calls, raises }: ParseLine): Outcome {
  const beyondJson = tool_calls?.some((call) => "arguments_repr_only" in call);
  if (beyondJson) return skipped("arguments that JSON cannot hold make the action a text here");
  let message: ReturnType<typeof parseAction>;
  try {
    message = parseAction(action, requestor);
  } catch (thrown) {
    return judged(raises ? [] : [{ path: "content", expected: { content, tool_calls }, actual: thrown }]);
  }
  if (raises) return judged([{ path: "raises", expected: raises, actual: message }]);
  const texts = formatCalls(message);
  const calls = message.tool_calls?.map((call, i) => Object.assign({}, call, { functional: texts[i] })) ?? null;
  return judged(differences({ content, tool_calls }, asJson({ content: message.content, tool_calls: calls })));
}
