import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { messageOf } from "../../../option_flags.ts";
import { Feed } from "./feed.ts";
import type { Hall, Listener } from "../hall.ts";
import { answer, OpenRequests, refusalOf } from "./http_requests.ts";
import { type ListenAddress, urlOf } from "../listen_address.ts";
import { listening } from "../listening.ts";
import { MessageBounds } from "./message_bounds.ts";
import { errorLine, Voice } from "./voice.ts";

/** Lines a second that a producer is told. */
const TOLD_MAX = 10;
/** Bytes that a producer leaves unread of what it is told. */
const UNREAD_MAX = 64 * 1024;
const CONNECTIONS_MAX = 1024;
/** Time in which a request has to be whole. */
const REQUEST_MS = 5000;
const HEADER_BYTES = 8192;
/** Lines of the longest length that a message holds. */
const MESSAGE_LINES = 4;
const PONG_MS = 1000;
const KEEP_ALIVE_MS = 30_000;

/**
 * Takes producers that send lines as messages of WebSockets.
 *
 * @throws {CommandError} when it cannot listen
 */
export async function listenWs(address: ListenAddress, hall: Hall): Promise<Listener> {
  const server = createServer(
    { maxHeaderSize: HEADER_BYTES, headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS },
    (request, response) => {
      const { socket } = request;
      clearTimeout(timers.get(socket));
      requests.add(socket);
      response.on("close", () => requests.delete(socket));
      void answer(request, response, hall).finally(() => destroyLater(socket, REQUEST_MS));
    },
  );
  const requests = new OpenRequests();
  server.maxConnections = CONNECTIONS_MAX;
  server.on("drop", () => hall.turnedAway++);
  const sockets = new WebSocketServer({
    noServer: true,
    // What is inflated may be a thousand times of what came.
    perMessageDeflate: false,
    maxPayload: MESSAGE_LINES * hall.lineBytesMax,
    autoPong: false,
  });
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    // Whoever is gone without a word would have its place for ever.
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    if (isClosing) return socket.destroy();
    // Not all runtimes hold to the times above.
    destroyLater(socket, 2 * REQUEST_MS);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      open.delete(socket);
      requests.delete(socket);
      clearTimeout(timers.get(socket));
    });
  });
  const timers = new WeakMap<object, ReturnType<typeof setTimeout>>();
  const destroyLater = (socket: Socket, ms: number) => {
    clearTimeout(timers.get(socket));
    if (!socket.destroyed) timers.set(socket, setTimeout(() => socket.destroy(), ms));
  };
  let isClosing = false;
  const clients = new Set<WebSocket>();
  server.on("upgrade", (request, socket, head) => {
    const refusal = refusalOf(request, hall);
    const turnedAway = refusal === undefined ? hall.refusal : undefined;
    sockets.handleUpgrade(request, socket, head, (client) => {
      clearTimeout(timers.get(request.socket));
      clients.add(client);
      client.on("close", () => clients.delete(client));
      client.on("error", () => client.terminate());
      const why = refusal ?? turnedAway;
      if (why === undefined) return serve(client, request, hall);
      if (refusal === undefined) hall.turnedAway++;
      else hall.refused++;
      leave(client, why);
    });
  });
  const port = await listening(server, address);
  return {
    url: urlOf(address, port),
    close: async () => {
      isClosing = true;
      for (const client of clients) client.terminate();
      for (const socket of open) if (!requests.has(socket)) socket.destroy();
      // Some runtimes end by this what is not answered yet.
      await requests.answered();
      server.close();
    },
  };
}

function serve(client: WebSocket, request: IncomingMessage, hall: Hall): void {
  const { remoteAddress, remotePort } = request.socket;
  const voice = new Voice((line) => {
    if (client.bufferedAmount < UNREAD_MAX) client.send(line, () => {});
  }, TOLD_MAX);
  const producer = hall.enter({
    name: `ws ${remoteAddress}:${remotePort}`,
    isOrdered: true,
    tell: (error) => voice.tell(() => messageOf(error)),
    leave: (why) => leave(client, why),
  });
  const feed = new Feed(hall, client, producer);
  client.on("message", (data: RawData) => feed.push(data as Uint8Array, true));
  let pongMs = -Infinity;
  client.on("ping", () => {
    const nowMs = performance.now();
    if (nowMs - pongMs < PONG_MS || client.bufferedAmount >= UNREAD_MAX) return;
    pongMs = nowMs;
    client.pong();
  });
  const bounds = new MessageBounds();
  request.socket.on("data", (bytes: Uint8Array) => bounds.push(bytes));
  let isRefused = false;
  // Too long a message, or one that is no text.
  client.on("error", () => isRefused = true);
  client.on("close", () => feed.end(isRefused || bounds.isAmid));
}

/** Says why a producer is not taken in, in words and as policy violation. */
function leave(client: WebSocket, why: string): void {
  client.on("message", () => {});
  client.send(errorLine(why), () => client.close(1008, why.slice(0, 100)));
  setTimeout(() => client.terminate(), PONG_MS);
}
