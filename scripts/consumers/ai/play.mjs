// A tool loop of the AI SDK, whichever major version is installed: a model that plays a script cancels a reservation.
import { aiSdkTools } from "@tau2/domains/ai-sdk";
import { airline } from "@tau2/domains/airline";
import { loadEnvironment } from "@tau2/domains/data";
import { generateText, stepCountIs } from "ai";
import * as mocks from "ai/test";

const env = loadEnvironment(airline);
const [reservation_id] = Object.keys(env.db.reservations);
const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const reply = (content, unified) => ({ content: [content], finishReason: { unified, raw: undefined }, usage, warnings: [] });
const call = { type: "tool-call", toolCallId: "1", toolName: "cancel_reservation", input: JSON.stringify({ reservation_id }) };
const Model = mocks.MockLanguageModelV4 ?? mocks.MockLanguageModelV3;
const model = new Model({ doGenerate: [reply(call, "tool-calls"), reply({ type: "text", text: "It is cancelled." }, "stop")] });

const { text, steps } = await generateText({ model, tools: aiSdkTools(env), stopWhen: stepCountIs(3), prompt: "Please cancel it." });
if (text !== "It is cancelled." || steps.length !== 2) throw new Error(`${steps.length} steps, then ${text}`);
if (env.db.reservations[reservation_id].status !== "cancelled") throw new Error("the call did not reach the database");
const told = model.doGenerateCalls[1].prompt.at(-1).content[0];
if (told.output.type !== "text" || !told.output.value.includes(reservation_id)) throw new Error(JSON.stringify(told));
console.log("played");
