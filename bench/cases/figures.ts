/** What the figures of a report take beside what it costs to send. */
import { parseNetSpec } from "../../lib/net.ts";
import { measureBandwidth, RUN_DEFAULTS } from "../../lib/report.ts";
import { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { timedAsync } from "../harness/timed.ts";
import { ENTITIES, PERIOD, unitWorld } from "../states/worlds.ts";

const NET = "delay=50,jitter=10,loss=5%";
const FRAME_MS = 16.667;

/** A report of so many consumers and frames with one set of figures. */
async function report(
  figures: "cost" | "all",
  consumers: number,
  frameCount: number,
): Promise<Candidate> {
  const { schema, frames } = unitWorld();
  const layout = new SnapshotLayout(schema);
  const snapshots = Array.from({ length: frameCount }, (_, frame) => {
    const { entities } = frames[frame % PERIOD]!;
    return Snapshot.of(layout, { frame, timeMs: frame * FRAME_MS, entities });
  });
  const options = { ...RUN_DEFAULTS, consumers, net: parseNetSpec(NET) };
  const measure = async () => {
    const [run] = await measureBandwidth(layout, snapshots, [options], { figures });
    return run!;
  };
  const { hash } = await measure();
  const name = `figures ${figures}`;
  return timedAsync(name, async () => (await measure()).wireBytes, {
    parts: consumers * frameCount,
    result: hash,
  });
}

/** What the player sees, on top of what is sent. */
export const FIGURE_CASES: readonly BenchCase[] = [
  {
    name: "figures",
    title: `report of ${ENTITIES} units x 12 fields to 1000 consumers, ${NET}`,
    unit: "ns a (consumer, frame)",
    reach: [{ candidate: "figures all", against: "figures cost", ratioMax: 1.25 }],
    async prepare({ isShort }) {
      const [consumers, frameCount] = isShort ? [20, 60] as const : [1000, 1200] as const;
      const candidates = [
        await report("cost", consumers, frameCount),
        await report("all", consumers, frameCount),
      ];
      return { candidates, steps: 1 };
    },
  },
];
