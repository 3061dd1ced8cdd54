// Shows a built page to Chromium, and prints its text. CHROMIUM names the browser. `node chromium.mjs FOLDER`
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const folder = process.argv[2] ?? "";
const types = { ".html": "text/html", ".js": "text/javascript" };
const server = createServer((request, response) => {
  const file = join(folder, request.url === "/" ? "index.html" : (request.url ?? ""));
  try {
    const content = readFileSync(file);
    response.setHeader("content-type", types[/** @type {keyof typeof types} */ (extname(file))] ?? "application/octet-stream").end(content);
  } catch {
    response.writeHead(404).end();
  }
});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000", "--dump-dom"];
const browser = spawn(process.env["CHROMIUM"] ?? "chromium", [...flags, `http://127.0.0.1:${port}/`], {
  stdio: ["ignore", "pipe", "ignore"],
});
let page = "";
browser.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => (page += text));
const [code] = await once(browser, "close");
server.close();
console.log(page);
process.exitCode = code ?? 1;
