// Prints the file to which an editor goes for the definition of a name of `airline`. With declaration maps that is its source.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const file = resolve("edited.mts");
writeFileSync(file, 'import { airline } from "@tau2/domains/airline";\nconsole.log(airline);\n');

const tsserver = join(process.env["CONSUMER_TOOLS"] ?? "", "node_modules", "typescript", "lib", "tsserver.js");
const editor = spawn(process.execPath, [tsserver, "--disableAutomaticTypingAcquisition"], { stdio: ["pipe", "pipe", "inherit"] });
const requests = [
  { command: "open", arguments: { file } },
  { command: "definition", arguments: { file, line: 2, offset: 13 } },
];
for (const [seq, request] of requests.entries()) editor.stdin.write(`${JSON.stringify({ seq, type: "request", ...request })}\n`);

for await (const line of createInterface({ input: editor.stdout })) {
  if (!line.includes('"command":"definition"')) continue;
  for (const definition of JSON.parse(line).body) console.log(definition.file);
  editor.kill();
}
