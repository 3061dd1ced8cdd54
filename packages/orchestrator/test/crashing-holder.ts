// Acquires the given lock repeatedly, checks that it is exclusive, and leaves it like a process that is killed.
import { unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { isTau2Error } from "@tau2/domains";
import { acquireLock } from "../src/store/lock.ts";

const [path, rounds] = [process.argv[2]!, Number(process.argv[3])];
let held = 0;
while (held < rounds) {
  try {
    await acquireLock(path);
  } catch (thrown) {
    if (isTau2Error(thrown, "busy")) continue;
    throw thrown;
  }
  await writeFile(`${path}.inside`, "", { flag: "wx" });
  await unlink(`${path}.inside`);
  held++;
  await writeFile(path, JSON.stringify({ pid: 2 ** 30, host: hostname(), started: null }));
}
process.exit();
