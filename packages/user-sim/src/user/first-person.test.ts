import { expect, test } from "vitest";
import { firstPerson } from "./first-person.ts";

test.each([
  ["You want to cancel your flight.", "I want to cancel my flight."],
  ["You are Ana. You're in a hurry.", "I am Ana. I'm in a hurry."],
  ["Your user id is ana_1.", "My user id is ana_1."],
  ["If the agent gives you a choice, take the one that suits you.", "If the agent gives me a choice, take the one that suits me."],
  ["You'd book it yourself, the seats are yours, you were told.", "I'd book it myself, the seats are mine, I was told."],
  ["Young and youthful names stay: Youssef.", "Young and youthful names stay: Youssef."],
])("%s", (scenario, spoken) => {
  expect(firstPerson(scenario)).toBe(spoken);
});
