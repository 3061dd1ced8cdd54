/** Facts that the texts of a task depend on. */
export interface Circumstances {
  abroad: boolean;
}

/** Customer of every composed task, from the starter database. */
export const subject = { name: "John Smith", customerId: "C1001", phone: "555-123-2002", lineId: "L1002" } as const;

/** Arguments that name the customer's line. */
export const subjectLine = { customer_id: subject.customerId, line_id: subject.lineId } as const;

/** Id of the bill that a suspension for debt creates. */
export const overdueBillId = "B1234321";

/** Gigabytes that the customer agrees to buy. */
export const refuelGb = 2;

/** Behaviour of the customer in every intent. */
export const manners = [
  "Do what the agent suggests. When the first suggestion has not helped, let a little frustration show.",
  "Whatever you say about your phone must come from what its tools showed you; never make it up.",
  "When a tool's answer does not tell you what changed, look with another tool.",
  "When you are not sure whether the agent wants you to do something, ask.",
].join("\n");

/** Purchases that the customer accepts. */
export const spending = `You agree to buy ${refuelGb.toFixed(1)} GB of data if that is what it takes, but you will not change your plan.`;

/** Introduction of the customer, addressed to the user simulator. */
export const userIdentity = `Your name is ${subject.name} and your phone number is ${subject.phone}.`;

export const describeUserLocation = ({ abroad }: Circumstances) =>
  abroad ? "You are abroad, in France." : "You are at home in the United States.";

/** Introduction of the customer in a ticket. */
export const customerIdentity = `Customer: ${subject.name}, phone number ${subject.phone}.`;

export const describeCustomerLocation = ({ abroad }: Circumstances) =>
  abroad ? "The customer is travelling in France." : "The customer is at home in the United States.";

/** Difficulty of helping the customer. */
export type PersonaLevel = "None" | "Easy" | "Hard";

export const personaLevels: readonly PersonaLevel[] = ["None", "Easy", "Hard"];

/** Persona of the simulated customer by level; `null` for a customer without one. */
export const personas: Record<PersonaLevel, string | null> = {
  None: null,
  Easy: [
    "You are 41 and run the office of a small company. You use your phone every day and get along with it well enough, though settings are not your hobby.",
    "You like to be led one step at a time. You are friendly and have patience. When a step is unclear you ask, and when you have done it you say so.",
  ].join("\n"),
  Hard: [
    "You are 64 and were a librarian until you retired. You use your phone for calls and little else, and know next to nothing about how it works.",
    "Instructions with several parts confuse you, and words like VPN or APN mean nothing to you until somebody explains them.",
    "You volunteer nothing: you answer what you are asked. You get flustered easily and break in with worried questions.",
    "Above all you fear that your photos will be gone when the phone is restarted.",
  ].join("\n"),
};
