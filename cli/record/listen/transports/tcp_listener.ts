import { createServer, type Server, type Socket } from "node:net";
import type { InputSyntaxError } from "../../../../lib/ingest.ts";
import { messageOf } from "../../../option_flags.ts";
import { Feed } from "./feed.ts";
import type { Hall, Listener } from "../hall.ts";
import { type ListenAddress, urlOf } from "../listen_address.ts";
import { listening } from "../listening.ts";
import { TokenLine } from "./token_line.ts";
import { errorLine, Voice } from "./voice.ts";

/** Lines a second that a producer is told. */
const TOLD_MAX = 10;
/** Bytes that a producer leaves unread of what it is told. */
const UNREAD_MAX = 64 * 1024;
/** Connections at once, those that never show a token included. */
const CONNECTIONS_MAX = 1024;
const TOKEN_MS = 5000;
/** Time in which one that is turned away may read why, and what it still sends is thrown away. */
const LINGER_MS = 2000;

/** Takes producers that send lines over TCP. @throws {CommandError} when it cannot listen */
export async function listenTcp(address: ListenAddress, hall: Hall): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    serve(socket, hall, () => isOpen);
  });
  let isOpen = true;
  server.on("drop", () => hall.turnedAway++);
  server.maxConnections = CONNECTIONS_MAX;
  const port = await listening(server, address);
  return {
    url: urlOf(address, port),
    close: () => {
      isOpen = false;
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function serve(socket: Socket, hall: Hall, isOpen: () => boolean): void {
  const name = `tcp ${socket.remoteAddress}:${socket.remotePort}`;
  const { refusal, token } = hall;
  const first = new TokenLine(token);
  let feed: Feed | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasLeft = false;
  let isGone = false;
  const end = () => {
    if (isGone) return;
    isGone = true;
    feed?.end(first.isAmid);
  };
  const leave = (why: string) => {
    hasLeft = true;
    clearTimeout(timer);
    // Closed with bytes unread, it would be reset, and what it is told be lost on its way.
    socket.resume();
    socket.end(`${errorLine(why)}\n`, end);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
  const refuse = (why: string) => {
    hall.refused++;
    leave(why);
  };
  const turnAway = (why: string) => {
    hall.turnedAway++;
    leave(why);
  };
  if (refusal !== undefined) return turnAway(refusal);
  socket.setKeepAlive(true, 30_000);
  const voice = new Voice((line) => {
    if (!hasLeft && socket.writableLength < UNREAD_MAX) socket.write(`${line}\n`);
  }, TOLD_MAX);
  if (token !== undefined) {
    timer = setTimeout(() => refuse(`no token came within ${TOKEN_MS / 1000} s`), TOKEN_MS);
  }
  const enter = () => {
    const tell = (error: InputSyntaxError) => voice.tell(() => messageOf(error));
    return new Feed(hall, socket, hall.enter({ name, isOrdered: true, tell, leave }));
  };
  socket.on("data", (bytes: Uint8Array) => {
    if (hasLeft) return;
    let rest: Uint8Array | undefined = bytes;
    if (feed === undefined) {
      const answer = first.push(bytes);
      if (typeof answer === "string") return refuse(answer);
      rest = answer;
      if (rest === undefined) return;
      clearTimeout(timer);
      if (hall.refusal !== undefined) return turnAway(hall.refusal);
      feed = enter();
    }
    feed.push(rest);
  });
  socket.on("close", () => {
    clearTimeout(timer);
    // A first line without an end may have been a row.
    if (first.isAmid && token === undefined && !hasLeft && isOpen()) feed ??= enter();
    end();
  });
}
