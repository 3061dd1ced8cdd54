// Starts verdaccio with a configuration file on a free port of the loopback and prints its address.
import { createRequire } from "node:module";

const { runServer } = /** @type {{ runServer: (config: string) => Promise<import("node:http").Server> }} */ (
  createRequire(import.meta.url)("verdaccio")
);
const server = await runServer(process.argv[2] ?? "");
server.listen(0, "127.0.0.1", () => {
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
// The rehearsal holds this pipe open: when it is killed, the registry ends too.
process.stdin.on("end", () => process.exit()).resume();
