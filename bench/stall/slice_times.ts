/** How long the steps of a block take, each by itself. */
import { McapOutput } from "../../lib/recording/container/mcap_output.ts";
import { StateStream } from "../../lib/recording/state_stream.ts";
import type { Work } from "../../lib/recording/queue/work.ts";
import type { WriteOrder } from "../../lib/recording/queue/write_order.ts";
import type { World } from "./moving_units.ts";

/** Works that are done when asked for, each step under a watch. */
class TimedOrder implements WriteOrder {
  readonly waitingBytes = 0;
  /** Milliseconds of each step. */
  readonly stepsMs: number[] = [];
  #works: Work[] = [];

  run(work: Work): void {
    this.#works.push(work);
  }

  room(): undefined {}
  idle(): undefined {}
  sync(): undefined {}
  abandon(): void {}

  async finish(): Promise<void> {
    const works = this.#works;
    this.#works = [];
    for (const work of works) {
      let answer: unknown;
      for (let isOver = false; !isOver;) {
        const beforeMs = performance.now();
        const step = work.next(answer);
        this.stepsMs.push(performance.now() - beforeMs);
        isOver = step.done === true;
        answer = step.done ? undefined : await step.value;
      }
    }
  }
}

/**
 * Milliseconds of each step that blocks of a world take beside zstd, ascending.
 *
 * @param frames frames that are recorded, after as many that only warm the engine up
 */
export async function stepTimes(world: World, frames: number): Promise<number[]> {
  const order = new TimedOrder();
  const states = new StateStream(new McapOutput({ write() {} }, "bench", true), order, {
    level: 3,
    sharesStates: false,
    *beforeBlock(): Work {
      yield;
    },
    onBlock() {},
  });
  states.revise(world.schema);
  for (let frame = 0; frame < 2 * frames; frame++) {
    if (frame === frames) order.stepsMs.length = 0;
    states.addRows(world.at(frame));
    await order.finish();
  }
  states.flush();
  await order.finish();
  return order.stepsMs.sort((a, b) => a - b);
}
