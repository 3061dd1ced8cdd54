/**
 * Parts that only the packages of tau2 use. They may change in any release: do not import them elsewhere.
 * @module
 */
export { onAbort, pause, raceDeadline, startDeadline, withUnlimitedListeners, LONGEST_TIMER, type Deadline } from "./model/deadline.ts";
export { findReasoning, parseToolArguments } from "./model/parse-reply.ts";
export { computeCost, getListPrice } from "./model/prices.ts";
export { filterUserTools } from "./user/user.ts";
export { getHumanCommands } from "./user/human-user.ts";
export { isUserStop } from "./user/stop-tokens.ts";
