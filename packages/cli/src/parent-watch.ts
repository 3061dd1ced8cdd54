/** The process that started this one, and its environment. Tests bring their own. */
export interface ParentWatch {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Id of the parent process at the start. */
  readonly parent: number;
  /** Returns the id of the parent process now. The system gives an orphan another parent. */
  getParent(): number;
}

/** Milliseconds between two looks at the parent. */
const interval = 250;

/**
 * Calls `onEnd` once when the shell of npm that started this process has ended, and returns a function that stops the watch.
 *
 * npx and `npm run` run a command in a shell. A signal to npm ends that shell, which does not pass the signal on, so this process would run forever.
 * Only a command that npm waits for is watched: see `isForegroundScript`.
 */
export function watchParent({ env, parent, getParent }: ParentWatch, onEnd: () => void): () => void {
  if (!isForegroundScript(env["npm_lifecycle_script"])) return () => undefined;
  const timer = setInterval(() => {
    if (getParent() === parent) return;
    clearInterval(timer);
    onEnd();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Returns whether a script of npm runs `tau2` and waits for it. Behind `&`, `nohup`, `setsid` or `disown` it is meant to outlive the script.
 * Other programs inherit the variable and may start a server of their own, so the script must name `tau2`.
 */
function isForegroundScript(script: string | undefined): boolean {
  if (script === undefined || !/\btau2\b/.test(script)) return false;
  const unquoted = script.replaceAll(/'[^']*'|"[^"]*"/g, "");
  return !/(?<![&>|])&(?![&>\d])|\b(nohup|setsid|disown)\b/.test(unquoted);
}
