import { episodeOutcome, type TrainingLine } from "../act-prm/episode.ts";
import {
  actionsOutcome,
  hideOutcome,
  observationOutcome,
  splitsOutcome,
  type ActionsLine,
  type HideLine,
  type ObservationLine,
  type SplitsLine,
} from "../act-prm/functions.ts";
import { returnsOutcome, type ReturnsLine } from "../act-prm/returns.ts";
import { rolloutOutcome, type RolloutLine } from "../act-prm/rollout.ts";
import { inDomain, mixedKind } from "../kind.ts";

type ActPrmLine =
  | (TrainingLine & { kind: "act_prm" })
  | (RolloutLine & { kind: "rollout" })
  | (ReturnsLine & { kind: "returns" })
  | (ActionsLine & { kind: "get_actions" })
  | (ObservationLine & { kind: "parse_observation" })
  | (HideLine & { kind: "hide_observations" })
  | (SplitsLine & { kind: "splits" });

/** The training environment: its episodes, rollouts and pure functions. */
export const actPrm = mixedKind<ActPrmLine>("act_prm", (line, context) => {
  switch (line.kind) {
    case "act_prm":
      return inDomain(line, context, (subject) => episodeOutcome(line, subject));
    case "rollout":
      return inDomain({ domain: String(line.config["domain"]) }, context, (subject) => rolloutOutcome(line, subject));
    case "splits":
      return inDomain(line.config, context, (subject) => splitsOutcome(line, subject));
    case "returns":
      return returnsOutcome(line);
    case "get_actions":
      return actionsOutcome(line);
    case "parse_observation":
      return observationOutcome(line);
    case "hide_observations":
      return hideOutcome(line);
  }
});
