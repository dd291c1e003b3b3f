import fc from "fast-check";
import type { FigureOptions } from "../report/run_settings.ts";
import type { SeenFigures } from "../report/seen_figures.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
import { SeenMeter } from "./seen_meter.ts";
import type { Connection, ModelSend, Script } from "./seen_model_test_helper.ts";

/** What happens to a consumer at a frame. */
export interface ScriptStep {
  /** Connects one that is away, disconnects one that is there. */
  readonly isTurn: boolean;
  readonly isSent: boolean;
  /** Undefined for a packet that is lost. */
  readonly delayUs: number | undefined;
  readonly bytes: number;
}

/** A run in which anything may happen: one list of consumers a frame. */
export interface RandomScript {
  readonly gapsUs: readonly number[];
  readonly steps: readonly (readonly ScriptStep[])[];
  readonly figures: Pick<FigureOptions, "interpMs" | "freezeMs">;
}

const CONSUMERS = 3;
const DELAYS_US = [0, 0, 1, 5000, 16_667, 40_000, 120_000, 400_000];

const STEP = fc.record<ScriptStep>({
  isTurn: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
  isSent: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  delayUs: fc.option(fc.constantFrom(...DELAYS_US), { nil: undefined, freq: 5 }),
  bytes: fc.integer({ min: 29, max: 3000 }),
});

/** Runs of a few consumers with uneven frames, holes, delays that overtake, losses and churn. */
export const RANDOM_SCRIPT: fc.Arbitrary<RandomScript> = fc.record({
  gapsUs: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(16_667, 20_000, 33_333) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
      { weight: 1, arbitrary: fc.constantFrom(100_000, 100_001, 250_000, 300_000, 1_500_000) },
    ),
    { minLength: 1, maxLength: 60 },
  ),
  steps: fc.array(fc.array(STEP, { minLength: CONSUMERS, maxLength: CONSUMERS }), {
    minLength: 60,
    maxLength: 60,
  }),
  figures: fc.record({
    interpMs: fc.constantFrom(0, 20, 50, 100, 400),
    freezeMs: fc.constantFrom(40, 100, 250),
  }),
});

interface InFlight extends ModelSend {
  readonly frame: number;
  readonly arrivalUs: number;
}

/** Plays a script to a meter in the order in which a run tells what happens. */
export function play({ gapsUs, steps, figures }: RandomScript): {
  readonly seen: SeenFigures;
  readonly script: Script;
  /** What is noted of seconds, from the first frame on. */
  readonly seconds: RunSeconds;
} {
  const seconds = new RunSeconds();
  const meter = new SeenMeter(CONSUMERS, { ...figures, figures: "all" }, seconds);
  const script: Script = { framesUs: [], connections: [] };
  const links = Array.from({ length: CONSUMERS }, (): Line => ({ inFlight: [], newest: -1 }));
  let nowUs = 7_000_000;
  for (const [i, gapUs] of gapsUs.entries()) {
    nowUs += gapUs;
    const frame = 4 + 3 * i;
    script.framesUs.push(nowUs);
    if (i === 0) seconds.begin(nowUs);
    for (const [consumer, line] of links.entries()) {
      const { isTurn, isSent, delayUs, bytes } = steps[i]![consumer]!;
      deliver(meter, consumer, line, nowUs);
      if (line.connection === undefined && (isTurn || i === 0)) {
        line.connection = { joinUs: nowUs, leftUs: undefined, sends: [], applied: [] };
        script.connections.push(line.connection);
        meter.joined(consumer, nowUs);
      } else if (line.connection !== undefined && isTurn) {
        line.connection.leftUs = nowUs;
        Object.assign(line, { connection: undefined, inFlight: [], newest: -1 });
        meter.left(consumer, nowUs);
      }
      if (line.connection === undefined || !isSent) continue;
      const send = { frame, sentUs: nowUs, bytes, arrivalUs: nowUs + (delayUs ?? Infinity) };
      line.connection.sends.push(send);
      meter.sent(consumer, packetOf(send));
      if (delayUs !== undefined) line.inFlight.push(send);
    }
    meter.framed(nowUs);
  }
  meter.end();
  for (const [consumer, line] of links.entries()) deliver(meter, consumer, line, Infinity);
  return { seen: meter.figures(), script, seconds };
}

interface Line {
  connection?: Connection;
  inFlight: InFlight[];
  /** Newest applied frame. */
  newest: number;
}

function deliver(meter: SeenMeter, consumer: number, line: Line, nowUs: number): void {
  const due = line.inFlight.filter(({ arrivalUs }) => arrivalUs <= nowUs)
    .sort((a, b) => a.arrivalUs - b.arrivalUs);
  line.inFlight = line.inFlight.filter(({ arrivalUs }) => arrivalUs > nowUs);
  for (const send of due) {
    if (send.frame <= line.newest) continue;
    line.newest = send.frame;
    line.connection!.applied.push({ send, arrivalUs: send.arrivalUs });
    meter.applied(consumer, packetOf(send), send.arrivalUs);
  }
}

function packetOf({ frame, sentUs, bytes }: InFlight) {
  return { frame, truth: { timeMs: sentUs / 1000 }, wireBytes: bytes };
}
