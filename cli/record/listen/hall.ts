import type { LiveCounts, LivePeer, LiveProducer } from "../../../lib/ingest.ts";
import { countsText } from "./counts_text.ts";
import type { DumpHook } from "./dump_request.ts";
import type { ListenFlags } from "./listen_flags.ts";

/** Whoever sends lines, as its connection has it. */
export interface Peer extends LivePeer {
  /** Says why nothing more of it is taken, and ends the connection where there is one. */
  leave(why: string): void;
}

/** What takes the lines of producers. */
export interface LinesTaker {
  readonly isFull: boolean;
  readonly counts: LiveCounts;
  connect(peer: Peer): LiveProducer;
}

/** A producer that is there, as its connection sees it. */
export interface Guest extends LiveProducer {
  /** Pieces of bytes, or datagrams, that it has handed over. */
  readonly pieces: number;
  /** True while more of it is there than is handed over. */
  isHeld: boolean;
}

/** Where connections become producers, and wait while there is no room for what they send. */
export class Hall {
  /** Connections that may not send, and addresses of datagrams. */
  refused = 0;
  /** Those that might, and found no room. */
  turnedAway = 0;
  /** Token that producers show; undefined when none is needed. */
  readonly token: string | undefined;
  /** Bytes of a line. */
  readonly lineBytesMax: number;
  readonly #dump: () => DumpHook | undefined;
  readonly #lines: LinesTaker;
  readonly #producersMax: number;
  /** Ends producers that have not been heard for long. */
  readonly #silent = new Set<() => void>();
  #waiting = new Set<() => void>();
  readonly #guests = new Set<Guest>();

  /**
   * Hall without producers.
   *
   * @param dump gives what writes what is kept, where something is
   */
  constructor(lines: LinesTaker, flags: ListenFlags, dump = (): DumpHook | undefined => undefined) {
    this.#lines = lines;
    this.token = flags.token;
    this.lineBytesMax = flags.maxLine;
    this.#producersMax = flags.maxProducers;
    this.#dump = dump;
  }

  /** Writes what is kept; undefined where nothing is. */
  get onDump(): DumpHook | undefined {
    return this.#dump();
  }

  /** What comes in at the moment, in one line. */
  status(): string {
    return `hindcast is recording: ${countsText(this.#lines.counts)}`;
  }

  /** Calls when there is no room for another producer, to end one that may be gone. */
  whenCrowded(call: () => void): void {
    this.#silent.add(call);
  }

  /** Why nobody is taken in now, in words for whoever comes; undefined when there is room. */
  get refusal(): string | undefined {
    if (this.#guests.size >= this.#producersMax) { for (const leave of this.#silent) leave(); }
    if (this.#guests.size < this.#producersMax) return undefined;
    return `there are ${this.#producersMax} producers already, which is the limit`;
  }

  /** Takes a producer in, where there is room. */
  enter(peer: Peer): Guest {
    const producer = this.#lines.connect(peer);
    const guest = {
      pieces: 0,
      isHeld: false,
      push: (bytes: Uint8Array, nowMs: number) => {
        guest.pieces++;
        return producer.push(bytes, nowMs);
      },
      endMessage: () => producer.endMessage(),
      datagram: (bytes: Uint8Array, nowMs: number) => {
        guest.pieces++;
        producer.datagram(bytes, nowMs);
      },
      end: (nowMs: number, isCut?: boolean) => {
        if (this.#guests.delete(guest)) producer.end(nowMs, isCut);
      },
    };
    this.#guests.add(guest);
    return guest;
  }

  /** Producers that are there. */
  get guests(): Iterable<Guest> {
    return this.#guests;
  }

  /** True when producers have to wait before they send on. */
  get isFull(): boolean {
    return this.#lines.isFull;
  }

  /** Calls once there is room again. */
  onceRoom(call: () => void): void {
    this.#waiting.add(call);
  }

  /** Says that there is room. */
  makeRoom(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const call of waiting) call();
  }
}

/** A listener that is open. */
export interface Listener {
  /** URL that it listens on, with the port that was taken. */
  readonly url: string;
  /**
   * Stops listening and ends its producers.
   *
   * @returns what to wait for where requests are under way, which are still answered
   */
  close(): void | Promise<void>;
}
