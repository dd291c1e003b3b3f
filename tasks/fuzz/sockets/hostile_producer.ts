import { Buffer } from "node:buffer";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers";
import { WebSocket } from "ws";
import type { Random } from "../../../lib/net/link/random.ts";
import { HostileLines } from "../hostile_lines.ts";
import { pick, SHAPES } from "../honest_lines.ts";

/** Time that a producer waits for an answer, in milliseconds. */
const PATIENCE_MS = 2000;
const JSON_SHAPES = SHAPES.filter(({ header }) => header === undefined);

/**
 * Sends messages as none should, and leaves as none should.
 *
 * @param count of messages, unless it is thrown out before
 * @param token that most producers show; undefined when none is asked for
 * @returns how many it sent
 */
export async function sendHostile(
  url: string,
  count: number,
  random: Random,
  token?: string,
): Promise<number> {
  const lines = new HostileLines(pick(JSON_SHAPES, random), random);
  const { protocol, port } = new URL(url);
  const isShown = token !== undefined && random.below(8) > 0;
  const first = Buffer.from(isShown ? `{"token":"${token}"}\n` : "");
  const message = () => messageOf(lines, random);
  if (protocol === "udp:") {
    return await sendDatagrams(Number(port), count, () => Buffer.concat([first, message()]));
  }
  const isWebSocket = protocol === "ws:" && random.below(4) > 0;
  if (isWebSocket) {
    return await sendMessages(isShown ? `${url}/?token=${token}` : url, count, message, random);
  }
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => {});
  // It reads nothing of what it is told, or all.
  if (random.below(2) === 0) socket.resume();
  await settled(once(socket, "connect"));
  socket.write(protocol === "ws:" ? pick(HANDSHAKES, random) : first);
  let sent = 0;
  for (; sent < count && !socket.destroyed && socket.writable; sent++) {
    if (!socket.write(message())) await settled(once(socket, "drain"));
    // Whether it was thrown out is seen between two turns of the loop.
    if (sent % 64 === 63) await new Promise(setImmediate);
  }
  leave(socket, random);
  return sent;
}

function messageOf(lines: HostileLines, random: Random): Uint8Array {
  const line = lines.next();
  const sort = random.below(60);
  if (sort === 0) return Buffer.concat([line.subarray(0, line.length >> 1)]);
  if (sort === 1) return Buffer.concat([line, line, Buffer.from("\n\n\r\n"), line]);
  if (sort === 2) return Buffer.alloc(1 << random.below(19), random.below(256));
  if (sort === 3) return Buffer.from(`{"token":"${"x".repeat(random.below(5000))}"}\n`);
  if (sort === 4) return Buffer.from(`{"seq":${random.next()},"f":1,"t":1,"id":1,"x":1}\n`);
  return line;
}

async function sendDatagrams(
  port: number,
  count: number,
  message: () => Uint8Array,
): Promise<number> {
  const socket = createSocket("udp4");
  socket.on("error", () => {});
  for (let i = 0; i < count; i++) {
    const datagram = message().subarray(0, 60_000);
    await new Promise((resolve) => socket.send(datagram, port, "127.0.0.1", resolve));
  }
  socket.close();
  return count;
}

async function sendMessages(
  url: string,
  count: number,
  message: () => Uint8Array,
  random: Random,
): Promise<number> {
  const socket = new WebSocket(url, { perMessageDeflate: random.below(2) === 0 });
  socket.on("error", () => {});
  await settled(once(socket, "open"));
  let sent = 0;
  for (; sent < count && socket.readyState === WebSocket.OPEN; sent++) {
    const binary = random.below(2) === 0;
    const fin = random.below(20) > 0;
    const options = { binary, fin, compress: random.below(2) === 0 };
    if (random.below(10) === 0) socket.ping(Buffer.alloc(random.below(126)));
    await settled(new Promise((resolve) => socket.send(message(), options, resolve)));
  }
  if (random.below(2) === 0) socket.close(1000);
  setTimeout(() => socket.terminate(), random.below(200));
  return sent;
}

function leave(socket: Socket, random: Random): void {
  const sort = random.below(3);
  if (sort === 0) socket.end();
  else if (sort === 1) socket.resetAndDestroy();
  // It stays half-open for a while.
  setTimeout(() => socket.destroy(), 1000).unref();
}

/** What a promise gives, or nothing when it fails or takes too long. */
async function settled(promise: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(resolve, PATIENCE_MS));
  await Promise.race([promise.catch(() => {}), late]);
  clearTimeout(timer);
}

const HANDSHAKES = [
  "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nHost: x\r\n\r\n",
  "POST /dump HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
  `GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`,
  `GET / HTTP/1.1\r\n${"X: y\r\n".repeat(10_000)}`,
  "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  "",
];
