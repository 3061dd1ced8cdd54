/**
 * Parts that only the packages of tau2 use. They may change in any release, also in a patch.
 * @module
 */
export {
  LONGEST_TIMER,
  onAbort,
  pause,
  raceDeadline,
  startDeadline,
  withUnlimitedListeners,
  type Deadline,
  type DeadlineOptions,
} from "./model/deadline.ts";
export type { EndpointOptions, ModelAdvice } from "./model/endpoint.ts";
export { fetchThroughProxy } from "./model/http/fetch-through-proxy.ts";
export { describeProxy, findProxy } from "./model/http/proxy.ts";
export { createSemaphore, type Semaphore } from "./model/http/semaphore.ts";
export { readContent } from "./model/read-content.ts";
export { findRemembered, readRemembered } from "./model/returned-fields.ts";
export { getUserGuidelines, type UserGuidelines } from "./user/guidelines.ts";
export { getHumanCommands, type HumanUserOptions, type HumanPrompt } from "./user/human-user.ts";
export type { ReplayUserOptions } from "./user/replay-user.ts";
export type { ScriptedUser, ScriptedUserOptions } from "./user/scripted-user.ts";
export { isUserStop } from "./user/stop-tokens.ts";
export { filterUserTools } from "./user/user.ts";
