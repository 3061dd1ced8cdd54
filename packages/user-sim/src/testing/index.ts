export { startModelServer, type ModelServer, type ModelServerReply, type ModelServerRequest } from "./model-server.ts";
export { scriptedModel, type ScriptedModel } from "./scripted-model.ts";
