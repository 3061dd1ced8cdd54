export { evaluate, evaluateWithoutJudge, type JudgedRequest } from "./evaluate.ts";
export {
  evaluationTypes,
  needsJudge,
  type ComponentReport,
  type Evaluation,
  type EvaluationRequest,
  type EvaluationType,
  type Finding,
  type FindingStatus,
  type JudgeEffort,
} from "./evaluation.ts";
export { nlJudge, type Judgement, type NlJudge, type NlJudgeOptions, type Verdict } from "./nl-judge.ts";
