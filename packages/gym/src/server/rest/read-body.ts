import type { HonoRequest } from "hono";
import { ServerError } from "../core/server-error.ts";

/** A request's body as text, as far as it is not larger than that. @throws ServerError `too_large` */
export async function readBody(req: HonoRequest, maxBytes: number): Promise<string> {
  const length = req.header("content-length");
  if (length !== undefined && req.header("transfer-encoding") === undefined) {
    if (Number(length) > maxBytes) throw tooLarge(maxBytes);
    return req.raw.text();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(maxBytes: number): ServerError {
  return new ServerError("too_large", `the body is larger than ${maxBytes} bytes, which is as large as this server takes`);
}
