import {
  buildApplication,
  buildRouteMap,
  version,
  type Application,
  type Command,
  type RouteMap,
  type StricliIntegration,
} from "@stricli/core";
import type { BuiltCommand } from "./command.ts";
import type { CliContext } from "./context.ts";
import { commands, groups } from "./routes.ts";
import { parserText } from "./parser-text.ts";
import { ownVersion } from "./own-version.ts";

/** The `tau2` command as the parser knows it. */
export function tau2App(): Application<CliContext> {
  return buildApplication(
    routeMap(),
    {
      name: "tau2",
      scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
      localization: { text: parserText },
    },
    { help, version: version({ brief: "print the version", alias: "v", info: { currentVersion: ownVersion() } }) },
  );
}

function routeMap(): RouteMap<CliContext> {
  const routes: Record<string, Command<CliContext> | RouteMap<CliContext>> = {};
  const byGroup = new Map<string, Record<string, Command<CliContext>>>();
  for (const [name, { command }] of Object.entries<BuiltCommand>(commands)) {
    const [group, verb] = name.split(" ") as [string, string?];
    if (verb === undefined) routes[group] = command;
    else byGroup.set(group, { ...byGroup.get(group), [verb]: command });
  }
  for (const [group, verbs] of byGroup) routes[group] = buildRouteMap({ routes: verbs, docs: { brief: groups[group]! } });
  return buildRouteMap({ routes, docs: { brief: "customer-service work as an environment for agents" } });
}

const help: StricliIntegration<CliContext> = {
  flag: {
    brief: "print help",
    aliases: ["h"],
    global: true,
    defaultForRouteMap: true,
    async run(_app, { result }) {
      const { helpText } = await import("./help.ts");
      this.process.stdout.write(helpText(result.prefix.slice(1)));
    },
  },
};
