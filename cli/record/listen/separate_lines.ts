import type { LiveCounts, LiveProducer } from "../../../lib/ingest.ts";
import type { Peer } from "./hall.ts";
import type { LinesInput } from "./lines_input.ts";
import { SeparateProducer } from "./separate_producer.ts";

/** Producers whose lines are not joined: each has an input of its own, until it is gone. */
export class SeparateLines {
  readonly #start: (peer: Peer, producer: SeparateProducer) => LinesInput;
  readonly #inputs = new Set<LinesInput>();

  /** @param start makes the input of a producer, and has it read */
  constructor(start: (peer: Peer, producer: SeparateProducer) => LinesInput) {
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
  connect(peer: Peer): LiveProducer {
    const own = new SeparateProducer(peer);
    const input = this.#start(peer, own);
    this.#inputs.add(input);
    const producer = input.lines.connect(peer);
    return {
      push: (bytes, nowMs) => own.take(bytes) ? producer.push(bytes, nowMs) : 0,
      endMessage: () => {
        if (own.endMessage()) producer.endMessage();
      },
      datagram: (bytes, nowMs) => {
        const isTaken = own.take(bytes) && own.endMessage();
        if (isTaken) producer.datagram(bytes, nowMs);
        else own.repeat();
      },
      end: (nowMs, isCut) => {
        own.isGone = true;
        producer.end(nowMs, isCut);
        input.lines.end();
        this.#inputs.delete(input);
      },
    };
  }

  /** Gives an input up whose recording has ended: nobody waits for what it holds. */
  drop(input: LinesInput): void {
    input.lines.end();
    this.#inputs.delete(input);
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
