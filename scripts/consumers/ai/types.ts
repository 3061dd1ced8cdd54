// The types of the AI SDK's tools, whichever major version is installed.
import type { ToolMessage } from "@tau2/domains";
import { aiSdkTools } from "@tau2/domains/ai-sdk";
import { airline } from "@tau2/domains/airline";
import { loadEnvironment } from "@tau2/domains/data";
import { generateText, ToolLoopAgent, type LanguageModel, type Tool } from "ai";

export const tools = aiSdkTools(loadEnvironment(airline));
export const cancel: Tool<{ reservation_id: string }, ToolMessage> = tools.cancel_reservation;
// @ts-expect-error: a tool that the domain does not have
export const unknown = tools.cancel_reservations;

export async function ask(model: LanguageModel): Promise<string[]> {
  const agent = new ToolLoopAgent({ model, tools });
  const { toolResults } = await generateText({ model, tools, prompt: "Hello" });
  const { text } = await agent.generate({ prompt: "Hello" });
  return [text, ...toolResults.flatMap((result) => (result.dynamic ? [] : [result.output.content ?? ""]))];
}
