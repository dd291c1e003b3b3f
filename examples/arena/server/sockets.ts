/**
 * Sockets of players, whoever is at the other end: what comes is bounded, counted and never trusted,
 * and what goes out does not pile up.
 */
import type { Buffer } from "node:buffer";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { type ClientMessage, readClientMessage } from "../shared/messages.ts";

const SOCKETS_MAX = 128;
/** The longest message, a shot, takes less than 200. */
const MESSAGE_BYTES_MAX = 512;
/** A client sends some 40 a second. */
const MESSAGES_PER_SECOND_MAX = 200;
/** Bytes that may wait in a socket before frames are left out: about a second of them. */
const WAITING_BYTES_MAX = 16_384;

/** What may come over a socket. */
export interface Inbox {
  readonly onMessage: (message: ClientMessage) => void;
  /** @returns false when the bytes are no ack */
  readonly onBytes: (bytes: Uint8Array) => boolean;
  readonly onClose: () => void;
}

/** What was not taken. */
export interface Refusals {
  sockets: number;
  messages: number;
}

/**
 * Takes sockets.
 *
 * @param open called with each and the query of its address; what it returns hears of its messages,
 *   and who gets nothing is sent away
 */
export function acceptSockets(
  server: Server,
  open: (socket: WebSocket, query: URLSearchParams) => Inbox | undefined,
): { readonly sockets: WebSocketServer; readonly refused: Refusals } {
  const refused = { sockets: 0, messages: 0 };
  const sockets = new WebSocketServer({
    server,
    maxPayload: MESSAGE_BYTES_MAX,
    // Packets are small and dense; compressing them costs memory for each socket.
    perMessageDeflate: false,
  });
  // It repeats the errors of the server, which are told where that is started.
  sockets.on("error", () => {});
  sockets.on("connection", (socket, request) => {
    // What is too long or no WebSocket closes the socket, and must not close the server.
    socket.on("error", () => refused.messages++);
    const [, query] = (request.url ?? "").split("?");
    const isFull = sockets.clients.size > SOCKETS_MAX;
    const inbox = isFull ? undefined : open(socket, new URLSearchParams(query));
    if (inbox === undefined) {
      refused.sockets++;
      socket.close(1013, "The arena is full");
      return;
    }
    const limit = new RateLimit(MESSAGES_PER_SECOND_MAX);
    socket.on("message", (data, isBinary) => {
      if (limit.isOver(performance.now())) return socket.close(1008, "Too many messages");
      const bytes = data as Buffer;
      const isTaken = isBinary ? inbox.onBytes(bytes) : takeText(inbox, bytes.toString());
      if (!isTaken) refused.messages++;
    });
    socket.on("close", inbox.onClose);
  });
  return { sockets, refused };
}

/**
 * True when a socket takes what is sent to it. TCP loses nothing: what a slow client does not take
 * waits, and is old when it comes. A frame that is left out costs nothing, since the next packet is
 * against what the client acked.
 */
export function isTaking(socket: WebSocket): boolean {
  return socket.bufferedAmount <= WAITING_BYTES_MAX;
}

function takeText(inbox: Inbox, text: string): boolean {
  const message = readClientMessage(text);
  if (message !== undefined) inbox.onMessage(message);
  return message !== undefined;
}

/** Messages of the second at hand. */
class RateLimit {
  readonly #perSecond: number;
  #second = 0;
  #count = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  isOver(nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    return ++this.#count > this.#perSecond;
  }
}
