import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client, StreamableHTTPClientTransport, type ClientOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

/** The official client, over either transport. */

export interface Connection extends AsyncDisposable {
  client: Client;
  transport: StreamableHTTPClientTransport;
}

/** A client with a session of its own at a server. */
export async function connectHttp(url: string, options?: ClientOptions): Promise<Connection> {
  const client = new Client({ name: "test", version: "1.0.0" }, options);
  const transport = new StreamableHTTPClientTransport(new URL(url));
  await client.connect(transport);
  return { client, transport, [Symbol.asyncDispose]: () => client.close() };
}

const program = fileURLToPath(new URL("serve-stdio.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(new URL("../../../../package.json", import.meta.url)).resolve("tsx")).href;

/** A client of a process of its own. */
export async function connectStdio(options?: ClientOptions): Promise<{ client: Client } & AsyncDisposable> {
  const client = new Client({ name: "test", version: "1.0.0" }, options);
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: ["--conditions=@tau2/source", "--import", tsx, program] }),
  );
  return { client, [Symbol.asyncDispose]: () => client.close() };
}
