import type { IssueName } from "./issues.ts";
import type { Issue, Step } from "./issue.ts";

/** What the texts of a task depend on. */
export interface Circumstances {
  abroad: boolean;
}

/** A function that must hold at the end, with the note that goes with it. */
export interface Goal extends Step {
  message?: string;
}

/** A kind of complaint: which issues it is made of, when it counts as solved, and how it is told. */
export interface Intent {
  /** First part of the ids of its tasks. */
  name: string;
  /** Issues that exclude each other, group by group. */
  groups: readonly (readonly IssueName[])[];
  /** Whether a selection belongs to this complaint. */
  accepts(issues: readonly Issue[]): boolean;
  /** What holds when everything is repaired, and what holds when it cannot be. */
  goals: { repaired: readonly Goal[]; unrepairable: readonly Goal[] };
  texts: {
    purpose: string;
    reasonForCall: string;
    knownInfo(circumstances: Circumstances): string;
    taskInstructions: string;
    ticket(circumstances: Circumstances): string;
  };
}
