/** How hard the customer is to help. */
export type PersonaLevel = "None" | "Easy" | "Hard";

export const personaLevels: readonly PersonaLevel[] = ["None", "Easy", "Hard"];

/** What the simulated customer is told about themselves; null for nothing in particular. */
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
