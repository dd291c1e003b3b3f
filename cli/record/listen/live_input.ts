import {
  BadLines,
  type InputSyntaxError,
  LiveLines,
  type LiveLinesOptions,
} from "../../../lib/ingest.ts";
import type { Input } from "../../files/files.ts";
import { warn } from "../../terminal/terminal.ts";
import type { StopSignal } from "../stop_signal.ts";
import { lossesText } from "./counts_text.ts";
import type { DumpHook } from "./dump_request.ts";
import { Hall, type Listener } from "./hall.ts";
import type { ListenAddress } from "./listen_address.ts";
import type { ListenFlags } from "./listen_flags.ts";

/** Time between two looks at what waits. */
const TICK_MS = 50;
/** Bytes that wait to be read, and those of frames that are still coming. */
const WAITING_BYTES = 4 * 1024 * 1024;
const HELD_BYTES = 64 * 1024 * 1024;

/** How frames are told, as the reading does. */
export type LiveKeys = Pick<
  LiveLinesOptions,
  "frameKey" | "timeKey" | "idKey" | "eventKey" | "frameBits" | "onRestart" | "sparse"
>;

/** What producers send to some addresses, as one input that ends when the user stops. */
export class LiveInput implements Input {
  readonly name = "the producers";
  readonly isRepeatable = false;
  readonly isLive = true;
  readonly endsAtStop = true;
  /** Lines that were refused, by their places at their producers. */
  readonly bad = new BadLines();
  /** The lines of all producers. */
  readonly lines: LiveLines;
  readonly #addresses: readonly ListenAddress[];
  readonly #stop: StopSignal;
  readonly #hall: Hall;
  #listeners: Listener[] = [];

  /** Input that does not listen yet. */
  constructor(
    addresses: readonly ListenAddress[],
    flags: ListenFlags,
    keys: LiveKeys,
    stop: StopSignal,
  ) {
    this.#addresses = addresses;
    this.#stop = stop;
    this.lines = new LiveLines({
      flushMs: flags.flushMs,
      ...keys,
      limits: {
        heldBytes: HELD_BYTES,
        lineBytes: flags.maxLine,
        rowsPerSecond: flags.maxRate,
        waitingBytes: WAITING_BYTES,
      },
      onBadLine: this.bad.add,
      onRoom: () => this.#hall.makeRoom(),
    });
    this.refuse = this.lines.refuse;
    this.#hall = new Hall(this.lines, {
      token: flags.token,
      producersMax: flags.maxProducers,
      lineBytesMax: flags.maxLine,
    });
  }

  /** Tells of a line that the reading refuses. */
  readonly refuse: (error: InputSyntaxError) => void;

  /** Says who writes what is kept when `POST /dump` asks for it. */
  set onDump(hook: DumpHook) {
    this.#hall.onDump = hook;
  }

  /** What of all that came is not recorded, in words; empty when all is. */
  losses(): string {
    return lossesText(this.lines.counts);
  }

  /** Listens until the user stops. */
  async *open(): AsyncGenerator<Uint8Array, void, void> {
    const timer = setInterval(() => this.lines.tick(performance.now()), TICK_MS);
    const end = () => this.#end();
    try {
      for (const address of this.#addresses) {
        const listener = await openListener(address, this.#hall);
        this.#listeners.push(listener);
        warn(`listening on ${listener.url}`);
      }
      this.#stop.onceRaised(end);
      yield* this.lines;
    } finally {
      clearInterval(timer);
      end();
    }
  }

  #end(): void {
    for (const listener of this.#listeners) listener.close();
    this.#listeners = [];
    this.lines.end();
  }
}

/** Each module is loaded only where it is used. */
async function openListener(address: ListenAddress, hall: Hall): Promise<Listener> {
  switch (address.scheme) {
    case "ws": {
      const { listenWs } = await import("./ws_listener.ts");
      return await listenWs(address, hall);
    }
    case "udp": {
      const { listenUdp } = await import("./udp_listener.ts");
      return await listenUdp(address, hall);
    }
    case "tcp": {
      const { listenTcp } = await import("./tcp_listener.ts");
      return await listenTcp(address, hall);
    }
  }
}
