export type { ChatMessage, ChatModel, ChatReply, ChatRequest, ChatToolCall } from "./model/chat-model.ts";
export { ModelError, type ModelFault } from "./model/model-error.ts";
export { isUserStop, OUT_OF_SCOPE, STOP, TRANSFER } from "./user/stop-tokens.ts";
export type { User, UserTurn } from "./user/user.ts";
