import type { Random } from "../random.ts";

/** Bytes that a WebSocket's client must not send (RFC 6455), by what is wrong with them. */
const makers: Readonly<Record<string, (random: Random) => Buffer>> = {
  "any bytes": (random) => Buffer.from(Array.from({ length: 1 + random.below(300) }, () => random.below(256))),
  "a WebSocket frame without a mask": () => Buffer.from([0x81, 0x02, 0x7b, 0x7d]),
  "a reserved bit": () => createFrame(0xf1, Buffer.from("{}")),
  "an unknown opcode": (random) => createFrame(0x80 | random.pick([3, 4, 5, 6, 7, 11, 15]), Buffer.from("{}")),
  "a continuation of nothing": () => createFrame(0x80, Buffer.from("{}")),
  "a message begun twice": () => Buffer.concat([createFrame(0x01, Buffer.from("{")), createFrame(0x01, Buffer.from("}"))]),
  "a ping in fragments": () => createFrame(0x09, Buffer.from("a")),
  "a ping too long": () => createFrame(0x89, Buffer.alloc(126)),
  "text that is not UTF-8": () => createFrame(0x81, Buffer.from([0xc3, 0x28, 0xff])),
  "an odd closing code": (random) => createFrame(0x88, Buffer.from(random.pick([[0x03], [0x03, 0xed], [0xff, 0xff], [0x03, 0xe8, 0xff]]))),
  "a length beyond all": () => Buffer.from([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5]),
  "a length of 1 GB": () => Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4, 5]),
  "half a WebSocket frame": () => createFrame(0x81, Buffer.from("{}")).subarray(0, 4),
};

/** Bytes that a hostile client writes into an open connection. */
export function createBytes(random: Random): { kind: string; bytes: Buffer } {
  const kind = random.pick(Object.keys(makers));
  return { kind, bytes: makers[kind]!(random) };
}

/** Creates a short WebSocket frame as clients write it, with a mask of zeros. */
function createFrame(first: number, payload: Buffer): Buffer {
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([first, ...length, 0, 0, 0, 0]), payload]);
}
