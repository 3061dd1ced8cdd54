import { defineCommand } from "../command-line/define-command.ts";
import { getGivenValues } from "../config/flags.ts";
import { exitCodes } from "../errors.ts";
import { waitForInterruption } from "../io.ts";
import { serveOptions } from "../config/tables/serve-options.ts";

/** `tau2 serve`: serves until it is interrupted, and then finishes the running steps. */
export const serve = defineCommand({
  brief: "serve environments to trainers over HTTP and WebSockets",
  usage: "[options]",
  about:
    "Sessions with reset, step, reward, snapshots and forks, at the printed address; /docs shows every route, and OpenEnv's clients connect to /ws. Without a model a script plays the user, which does not need a key. Ctrl-C, or SIGTERM (also to the npx that started it), ends it when the running steps are answered.",
  options: serveOptions,
  examples: [
    ["tau2 serve --domains airline,retail", "at http://127.0.0.1:8000, without a key"],
    ["tau2 serve --user-llm gpt-4.1 --judge-llm gpt-4.1", "a model as the user, one as the judge"],
    ["tau2 serve --host 0.0.0.0 --token SECRET --state-dir sessions", "for other machines; sessions survive a restart"],
  ],
  async work({ io }, flags) {
    const { compose } = await import("../config/compose.ts");
    const { countRunningSteps, openServer } = await import("../serve/open-server.ts");
    const { count } = await import("../ui/text.ts");

    const { values } = compose({ options: serveOptions, given: getGivenValues(serveOptions, flags), cwd: io.cwd });
    const { server, headline } = await openServer(values, io);
    // Programs that start a server read its address from here.
    io.stdout.write(`${server.url}\n`);
    io.stderr.write(`${headline}\n`);
    await waitForInterruption(io);
    const running = countRunningSteps(server);
    io.stderr.write(
      `Stopping when ${count(running, "running step")} ${running === 1 ? "is" : "are"} answered; press Ctrl-C again to stop immediately.\n`,
    );
    await server.close();
    return exitCodes.ok;
  },
});
