import { Pool } from "../state/pool.ts";
import { grown } from "../state/words.ts";
import type { ConsumerId } from "./tracker_options.ts";

/** Ids below are looked up in an array, all others in a map. */
const SMALL_MAX = 1 << 17;

/** Numbers of consumers by their ids, small and dense, given again once a consumer is removed. */
export class ConsumerNumbers<K extends ConsumerId> {
  /** Number plus 1 of each consumer whose id is a small integer; 0 for none. */
  #small: Int32Array = new Int32Array(16);
  readonly #others: Map<K, number> = new Map();
  readonly #free: Pool<number> = new Pool();
  #count = 0;

  /** Number of a consumer; -1 when it has none. */
  find(consumer: K): number {
    if (isSmall(consumer)) {
      return consumer < this.#small.length ? this.#small[consumer]! - 1 : -1;
    }
    return this.#others.get(consumer) ?? -1;
  }

  /** Gives a number to a consumer that has none. */
  add(consumer: K): number {
    const number = this.#free.pop() ?? this.#count++;
    if (isSmall(consumer)) {
      if (consumer >= this.#small.length) this.#grow(consumer);
      this.#small[consumer] = number + 1;
    } else this.#others.set(consumer, number);
    return number;
  }

  /** Takes the number of a consumer away. */
  delete(consumer: K): void {
    this.#free.push(this.find(consumer));
    if (isSmall(consumer)) this.#small[consumer] = 0;
    else this.#others.delete(consumer);
  }

  #grow(id: number): void {
    const length = Math.min(SMALL_MAX, Math.max(id + 1, this.#small.length * 2));
    this.#small = grown(this.#small, new Int32Array(length));
  }
}

function isSmall(consumer: ConsumerId): consumer is number {
  return typeof consumer === "number" && consumer >= 0 && consumer < SMALL_MAX &&
    (consumer | 0) === consumer;
}
