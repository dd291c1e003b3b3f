import type { StopSignal } from "../stop_signal.ts";
import { drained } from "./drained.ts";
import { Hall } from "./hall.ts";
import type { ListenAddress } from "./listen_address.ts";
import type { ListenFlags } from "./listen_flags.ts";
import { LinesInput, type LiveKeys } from "./lines_input.ts";
import { Listeners } from "./listeners.ts";

/** Time between two looks at what waits. */
export const TICK_MS = 50;

/** What producers send to some addresses, as one input that ends when the user stops. */
export class LiveInput extends LinesInput {
  override readonly isHidden = false;
  readonly #addresses: readonly ListenAddress[];
  readonly #stop: StopSignal;
  readonly #hall: Hall;
  #cutOff = 0;
  #closing: Promise<void> | undefined;

  /** Input that does not listen yet. */
  constructor(
    addresses: readonly ListenAddress[],
    flags: ListenFlags,
    keys: LiveKeys,
    stop: StopSignal,
  ) {
    super("the producers", flags, keys, () => this.#hall.makeRoom());
    this.#addresses = addresses;
    this.#stop = stop;
    this.#hall = new Hall(this.lines, flags, () => this.onDump);
  }

  override get refused(): number {
    return this.#hall.refused;
  }

  override get turnedAway(): number {
    return this.#hall.turnedAway;
  }

  override get cutOff(): number {
    return this.#cutOff;
  }

  /** Settles when nobody is connected any more: what was asked for is answered, in bounded time. */
  async closed(): Promise<void> {
    await this.#closing;
  }

  /** Listens until the user stops. */
  override async *open(): AsyncGenerator<Uint8Array, void, void> {
    const timer = setInterval(() => this.lines.tick(performance.now()), TICK_MS);
    const listeners = new Listeners();
    const end = () => {
      this.#closing ??= listeners.close();
      this.lines.end();
    };
    try {
      await listeners.open(this.#addresses, this.#hall);
      this.#stop.onceRaised(async () => {
        if (this.#stop.isRaised && !this.#stop.isFailed) this.#cutOff = await drained(this.#hall);
        // Half a frame may still be on its way.
        this.lines.stop(end);
      });
      yield* this.lines;
    } finally {
      clearInterval(timer);
      end();
    }
  }
}
