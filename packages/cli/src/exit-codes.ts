/** What the exit code of `tau2` says. */
export const exitCodes = {
  /** Done, whatever the rewards are. */
  ok: 0,
  /** Something failed on the way, or a run ended with nothing that could be graded. */
  failed: 1,
  /** The command line or a configuration is wrong; nothing was begun. */
  usage: 2,
  /** Stopped by Ctrl-C; what was finished is stored. */
  interrupted: 130,
} as const;
