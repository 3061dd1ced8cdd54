export {
  startModelServer,
  type BrokenReply,
  type HttpReply,
  type ModelServer,
  type ModelServerHandler,
  type ModelServerReply,
  type ModelServerRequest,
} from "./model-server.ts";
export { scriptedModel, type ScriptedModel, type ScriptedReply, type ScriptedStep } from "./scripted-model.ts";
