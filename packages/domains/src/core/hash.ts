import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import { toCanonicalJson } from "./wire.ts";

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The reference's database hash: SHA-256 of the canonical text (spec core 3.4). Key order does not matter, number kinds do. */
export function hashDatabase(schema: z.ZodType, database: unknown): string {
  return hashText(toCanonicalJson(schema, database));
}
