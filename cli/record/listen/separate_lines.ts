import type { LiveCounts, LivePeer, LiveProducer } from "../../../lib/ingest.ts";
import type { LinesInput } from "./lines_input.ts";

/** Producers whose lines are not joined: each has an input of its own, until it is gone. */
export class SeparateLines {
  readonly #start: (peer: LivePeer) => LinesInput;
  readonly #inputs = new Set<LinesInput>();

  /** @param start makes the input of a producer, and has it read */
  constructor(start: (peer: LivePeer) => LinesInput) {
    this.#start = start;
  }

  /** True when producers have to wait before they send on. */
  get isFull(): boolean {
    for (const { lines } of this.#inputs) if (lines.isFull) return true;
    return false;
  }

  /** What came of the producers that are there. */
  get counts(): LiveCounts {
    const sum = {
      producers: 0,
      bytes: 0,
      bad: 0,
      late: 0,
      dropped: 0,
      gaps: 0,
      duplicates: 0,
      afterStop: 0,
      frameGaps: 0,
    };
    for (const { counts } of this.#inputs) {
      for (const key of Object.keys(sum) as (keyof LiveCounts)[]) sum[key] += counts[key];
    }
    return sum;
  }

  /** Adds a producer. */
  connect(peer: LivePeer): LiveProducer {
    const input = this.#start(peer);
    this.#inputs.add(input);
    const producer = input.lines.connect(peer);
    return {
      push: (bytes, nowMs) => producer.push(bytes, nowMs),
      endMessage: () => producer.endMessage(),
      datagram: (bytes, nowMs) => producer.datagram(bytes, nowMs),
      end: (nowMs, isCut) => {
        producer.end(nowMs, isCut);
        input.lines.end();
        this.#inputs.delete(input);
      },
    };
  }

  /** Says what time it is. */
  tick(nowMs: number): void {
    for (const { lines } of this.#inputs) lines.tick(nowMs);
  }

  /** Ends each input once the frame that it has begun is whole. */
  stop(): void {
    for (const { lines } of this.#inputs) lines.stop(() => {});
  }

  /** Ends all inputs. */
  end(): void {
    for (const { lines } of this.#inputs) lines.end();
    this.#inputs.clear();
  }
}
