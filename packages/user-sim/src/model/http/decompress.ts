import { pipeline, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

const decoders: Readonly<Record<string, ((options: { chunkSize: number }) => Transform) | undefined>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Decompresses a body by its `content-encoding`. @throws Error for an unknown encoding */
export function decompress(chunks: AsyncIterable<Uint8Array>, encoding: string | undefined): AsyncIterable<Uint8Array> {
  const name = (encoding ?? "").trim().toLowerCase();
  if (name === "" || name === "identity") return chunks;
  const createDecoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (!createDecoder) throw new Error(`the answer has the content-encoding '${name}', which was not asked for`);
  // Errors reach the reader of the last stream; the callback only keeps them from being thrown a second time.
  return pipeline(chunks, createDecoder({ chunkSize: 1 << 16 }), () => {});
}
