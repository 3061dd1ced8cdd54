export { scriptedModel, type ScriptedModel, type ScriptedReply, type ScriptedStep } from "./scripted-model.ts";
