/** The day it is in this domain, 2025-02-25; nothing moves it on (docs/spec/telecom.md#s1-5). The other dates follow from it. */
export const today = "2025-02-25";
export const endOfThisMonth = "2025-02-28";
export const lastMonth = { start: "2025-01-01", end: "2025-01-31" };
export const nextMonth = { start: "2025-03-01", end: "2025-03-31" };
/** Two weeks after the first of next month, when a bill issued then is due. */
export const dueNextMonth = "2025-03-15";
/** Two weeks after the first of last month. */
export const dueLastMonth = "2025-01-15";
