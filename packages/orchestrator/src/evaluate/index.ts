export { evaluate, evaluateWithoutJudge } from "./evaluate.ts";
export {
  evaluationTypes,
  needsJudge,
  type ComponentReport,
  type Evaluation,
  type EvaluationRequest,
  type EvaluationType,
} from "./evaluation.ts";
export { nlJudge, type Judgement, type NlJudge } from "./nl-judge.ts";
