import { createSocket, type RemoteInfo } from "node:dgram";
import { isIPv6 } from "node:net";
import type { LiveProducer } from "../../../../lib/ingest.ts";
import { messageOf } from "../../../option_flags.ts";
import type { Hall, Listener } from "../hall.ts";
import { type ListenAddress, urlOf } from "../listen_address.ts";
import { listenError } from "../listening.ts";
import { isToken } from "./token.ts";
import { Voice } from "./voice.ts";

/** Silence after which an address is no producer any more. */
const SILENT_MS = 10_000;
/** The same where others want its place. */
const CROWDED_MS = 1000;
/** Addresses that were refused and are told apart. */
const STRANGERS_MAX = 4096;

/** An address that sends datagrams. */
interface Sender {
  readonly producer: LiveProducer;
  lastMs: number;
}

/** Takes producers that send lines in datagrams. @throws {CommandError} when it cannot listen */
export async function listenUdp(address: ListenAddress, hall: Hall): Promise<Listener> {
  // Without a size of the receive buffer: Deno drops datagrams where one is set.
  const socket = createSocket(isIPv6(address.host) ? "udp6" : "udp4");
  const strangers = new Set<string>();
  const senders = new Map<string, Sender>();
  let isOpen = false;
  const answer = (line: string, { address, port }: RemoteInfo) => {
    // Lines that came before it was closed are still read.
    if (isOpen) socket.send(`${line}\n`, port, address, () => {});
  };
  // Whoever is not taken in may have forged its address: one answer a second, whoever asks.
  let to: RemoteInfo | undefined;
  const stranger = new Voice((line) => answer(line, to!), 1);
  const refuse = (why: string, from: RemoteInfo, sort: "refused" | "turnedAway") => {
    to = from;
    const name = `${sort} ${from.address}:${from.port}`;
    if (strangers.size < STRANGERS_MAX && !strangers.has(name)) {
      strangers.add(name);
      hall[sort]++;
    }
    stranger.tell(() => why);
  };
  socket.on("message", (bytes: Uint8Array, from: RemoteInfo) => {
    const nowMs = performance.now();
    const why = tokenFault(bytes, hall.token);
    if (why !== undefined) return refuse(why, from, "refused");
    const name = `${from.address}:${from.port}`;
    let sender = senders.get(name);
    if (sender === undefined) {
      if (hall.refusal !== undefined) return refuse(hall.refusal, from, "turnedAway");
      const voice = new Voice((line) => answer(line, from), 1);
      const producer = hall.enter({
        name: `udp ${name}`,
        isOrdered: false,
        tell: (error) => voice.tell(() => messageOf(error)),
        leave: (why) => voice.tell(() => why),
      });
      sender = { producer, lastMs: nowMs };
      senders.set(name, sender);
    }
    sender.lastMs = nowMs;
    sender.producer.datagram(bytes, nowMs);
  });
  const endSilent = (ms: number) => {
    const nowMs = performance.now();
    for (const [name, { producer, lastMs }] of senders) {
      if (nowMs - lastMs < ms) continue;
      senders.delete(name);
      producer.end(nowMs);
    }
  };
  const timer = setInterval(() => endSilent(SILENT_MS), SILENT_MS / 4);
  // Nobody says goodbye by a datagram, and addresses that send one each must not keep others out.
  hall.whenCrowded(() => endSilent(CROWDED_MS));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on("error", reject);
      socket.bind(address.port, address.host, resolve);
    });
  } catch (error) {
    clearInterval(timer);
    throw listenError(address, error as Error);
  }
  isOpen = true;
  return {
    url: urlOf(address, socket.address().port),
    close: () => {
      clearInterval(timer);
      if (isOpen) socket.close();
      isOpen = false;
    },
  };
}

/** Why the token of a datagram's first line is refused; undefined when it is not. */
function tokenFault(bytes: Uint8Array, token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const end = bytes.indexOf(10);
  try {
    const line = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
    const shown = (JSON.parse(line) as { readonly token?: unknown } | null)?.token;
    if (typeof shown === "string") return isToken(shown, token) ? undefined : "the token is wrong";
  } catch {
    // It shows none.
  }
  return 'the first line of each datagram has to show the token: "token":"..."';
}
