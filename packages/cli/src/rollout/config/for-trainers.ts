/**
 * The heading of what only a program that changes weights looks at: a rollout checks it, keeps it with the run, and hands it to the
 * `Trainer` where there is one.
 */
export const forTrainers = "For a trainer (checked, kept with the run and handed to --trainer; rollouts alone do not use it)";
