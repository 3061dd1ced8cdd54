import { plantedBookings } from "./planted-bookings.ts";
import { plantedCancellations } from "./planted-cancellations.ts";
import type { PlantedCase } from "./planted-case.ts";
import { plantedChanges } from "./planted-changes.ts";
import { plantedCompensations } from "./planted-compensations.ts";

/** One customer a task. */
export const plantedCases: readonly PlantedCase[] = [
  ...plantedBookings,
  ...plantedCancellations,
  ...plantedChanges,
  ...plantedCompensations,
];
