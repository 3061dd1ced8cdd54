import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { batchStep } from "./cases/batch.ts";
import { episodeBytes, episodeTimes } from "./cases/episodes.ts";
import { servedTimes } from "./cases/served.ts";
import { cliStart, importTime, installSize } from "./cases/starts.ts";
import { vectorSteps } from "./cases/vector.ts";
import { beside, type Figure } from "./figure.ts";
import { machine } from "./machine.ts";
import { writePage } from "./page.ts";
import { peerAt } from "./peer/peer.ts";
import { peerWork } from "./peer/work.ts";
import { domainNames, subjects } from "./subject.ts";
import { table } from "./table.ts";

const { values: options } = parseArgs({
  options: { json: { type: "string" }, page: { type: "string" }, data: { type: "string" }, "peer-python": { type: "string" } },
});
const peer = options["peer-python"] === undefined ? null : peerAt(options["peer-python"]);
const official = [options.data, peer?.dataDir].find((directory) => directory !== undefined && existsSync(join(directory, "tau2"))) ?? null;
const all = subjects(official, peer?.dataDir ?? null);
const where = machine();
const say = (text: string) => process.stderr.write(`${text}\n`);

say("times of episodes …");
const times = all.flatMap(episodeTimes);
const batches: Figure[] = [];
for (const subject of all) batches.push(await batchStep(subject));
say("the same through a server …");
const served = await servedTimes(all);
say("many episodes with a slow model …");
const vector = await vectorSteps();
say("sizes of live episodes …");
const sizes = all.flatMap((subject) => [1000, 10_000].map((count) => episodeBytes(subject, count)));
say("starts …");
const starts = [...domainNames.map((name) => importTime(name, peer)), cliStart(peer), installSize(peer)];
if (peer) say("the same work by the peer, some minutes …");
const theirs =
  peer &&
  (await peerWork(
    peer,
    all.filter(({ data }) => data === "official"),
  ));

const ours: Figure[] = [...times, ...batches, ...served, ...sizes];
const figures = [...(theirs ? ours.map((one) => beside(one, theirs.figures)) : ours), ...vector, ...starts];
const head = [where, ...(theirs ? [theirs.note] : [])];
process.stdout.write(`${head.join("\n")}\n\n${table(figures)}\n`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
if (options.page !== undefined) writePage(options.page, head, figures);
