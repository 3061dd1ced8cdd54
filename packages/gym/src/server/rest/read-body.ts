import { getErrorMessage } from "@tau2/domains/internal";
import type { HonoRequest } from "hono";
import { isServerError, ServerError } from "../core/server-error.ts";

/** A request's body as text, as far as it is not larger than that. @throws ServerError `too_large` */
export async function readBody(req: HonoRequest, maxBytes: number): Promise<string> {
  const length = req.header("content-length");
  if (length !== undefined && req.header("transfer-encoding") === undefined) {
    if (Number(length) > maxBytes) throw tooLarge(maxBytes);
    return whole(() => req.raw.text());
  }
  return whole(() => counted(req, maxBytes));
}

async function counted(req: HonoRequest, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A client that goes away in the middle of what it says is no fault of the server. */
async function whole(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (cause) {
    if (isServerError(cause)) throw cause;
    throw new ServerError("cancelled", `the body ended before its end: ${getErrorMessage(cause)}`, {}, { cause });
  }
}

function tooLarge(maxBytes: number): ServerError {
  return new ServerError("too_large", `the body is larger than ${maxBytes} bytes, which is as large as this server takes`);
}
