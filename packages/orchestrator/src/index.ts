export type { Agent, AgentTurn } from "./agent/agent.ts";
export { begin } from "./conversation/begin.ts";
export { startClock, timestampText } from "./conversation/clock.ts";
export { GREETING, type Conversation, type ConversationRules, type Moment, type Party, type TerminationReason } from "./conversation/conversation.ts";
export { advance, converse, type Participants } from "./conversation/converse.ts";
export { finish, type Trajectory } from "./conversation/finish.ts";
export { answerCalls, deliver } from "./conversation/step.ts";
export { viewOf } from "./conversation/view.ts";
