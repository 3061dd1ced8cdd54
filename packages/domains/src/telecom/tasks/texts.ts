import type { Circumstances } from "./intent.ts";
import { refuelGb, subject } from "./subject.ts";

/** Passages that several complaints share. */

/** How the customer behaves, whatever the complaint. */
export const manners = [
  "Do what the agent suggests. When the first suggestion has not helped, let a little frustration show.",
  "Whatever you say about your phone must come from what its tools showed you; never make it up.",
  "When a tool's answer does not tell you what changed, look with another tool.",
  "When you are not sure whether the agent wants you to do something, ask.",
].join("\n");

/** What the customer will pay for. */
export const spending = `You agree to buy ${refuelGb.toFixed(1)} GB of data if that is what it takes, but you will not change your plan.`;

export const whoYouAre = `Your name is ${subject.name} and your phone number is ${subject.phone}.`;

export const whereYouAre = ({ abroad }: Circumstances) => (abroad ? "You are abroad, in France." : "You are at home in the United States.");

/** The customer in the words of a ticket. */
export const whoTheyAre = `Customer: ${subject.name}, phone number ${subject.phone}.`;

export const whereTheyAre = ({ abroad }: Circumstances) =>
  abroad ? "The customer is travelling in France." : "The customer is at home in the United States.";
