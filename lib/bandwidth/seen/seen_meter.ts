import type { SeenFigures } from "../report/seen_figures.ts";
import type { FigureOptions } from "../report/run_settings.ts";
import { Histogram } from "../spread/histogram.ts";
import { shareOf } from "../spread/share_of.ts";
import { spreadOf } from "../spread/spread_of.ts";
import { HeldStates } from "./held_states.ts";
import { RecordingClock } from "./recording_clock.ts";
import type { SeenPacket } from "./seen_packet.ts";
import { Stretches } from "./stretches.ts";

/** Slot of a consumer that is not connected. */
const AWAY = -1;
const US_PER_MS = 1000;

/** Adds up what players see of a run on their own clocks into {@linkcode SeenFigures}. */
export class SeenMeter {
  readonly #options: FigureOptions;
  readonly #clock: RecordingClock;
  readonly #states: HeldStates;
  readonly #stretches: Stretches;
  readonly #firstUs: Histogram = new Histogram();
  readonly #joinBytes: Histogram = new Histogram();
  #joins = 0;
  #open = 0;
  /** Consumers that have no state since they joined. */
  #waiting = 0;
  /** Time for which consumers were connected, holes of the recording included. */
  #connectedUs = 0;
  #isOver = false;
  /** True when nobody waits, in a recording without holes so far that goes on, as is nearly always. */
  #isPlain = false;
  /** By consumer, slot of what it holds. */
  readonly #held: Int32Array;
  /** By consumer, when it applied a state last, or joined. */
  readonly #lastUs: Float64Array;
  /** By consumer, when it joined. */
  readonly #joinedUs: Float64Array;
  /** By consumer, 1 from a join to the first applied state. */
  readonly #isWaiting: Uint8Array;
  /** By consumer, bytes on the wire that it was sent while it waited. */
  readonly #sentBytes: Float64Array;
  /** By consumer, its first state since it joined, as the states name it. */
  readonly #firstStates: Float64Array;

  /** Meter of a run that has not begun. */
  constructor(consumers: number, options: FigureOptions) {
    const freezeUs = Math.round(options.freezeMs * US_PER_MS);
    this.#options = options;
    this.#clock = new RecordingClock(freezeUs);
    this.#states = new HeldStates(this.#clock, Math.round(options.interpMs * US_PER_MS));
    this.#stretches = new Stretches(freezeUs);
    this.#held = new Int32Array(consumers).fill(AWAY);
    this.#lastUs = new Float64Array(consumers);
    this.#joinedUs = new Float64Array(consumers);
    this.#isWaiting = new Uint8Array(consumers);
    this.#sentBytes = new Float64Array(consumers);
    this.#firstStates = new Float64Array(consumers);
  }

  /** Takes in that the server begins to send to a consumer. */
  joined(consumer: number, nowUs: number): void {
    this.#clock.advance(nowUs);
    this.#joins++;
    this.#held[consumer] = this.#states.join(nowUs);
    this.#lastUs[consumer] = this.#joinedUs[consumer] = nowUs;
    this.#isWaiting[consumer] = 1;
    this.#waiting++;
    this.#isPlain = false;
    this.#sentBytes[consumer] = 0;
  }

  /** Takes in that it no longer does. */
  left(consumer: number, nowUs: number): void {
    this.#clock.advance(nowUs);
    this.#leave(consumer, nowUs);
    this.#setPlain();
  }

  /** Counts the bytes of a join. */
  sent(consumer: number, packet: SeenPacket): void {
    if (this.#waiting === 0) return;
    if (this.#isWaiting[consumer] === 1) this.#sentBytes[consumer]! += packet.wireBytes;
  }

  /** Takes in that a consumer applied a packet. */
  applied(consumer: number, packet: SeenPacket, arrivalUs: number): void {
    if (!this.#isPlain || arrivalUs <= this.#states.frameUs) {
      this.#apply(consumer, packet, arrivalUs);
      return;
    }
    const sinceUs = arrivalUs - this.#lastUs[consumer]!;
    this.#lastUs[consumer] = arrivalUs;
    this.#held[consumer] = this.#states.slotOf(packet);
    this.#stretches.addGap(sinceUs);
  }

  /** Takes in that a recorded frame is over. */
  framed(nowUs: number): void {
    this.#clock.advance(nowUs);
    this.#states.frame(nowUs, this.#held);
    this.#setPlain();
  }

  /** Takes in that there is no other frame: what arrives after the last one counts for nothing. */
  end(): void {
    this.#isOver = true;
    this.#isPlain = false;
  }

  /** What players saw up to the last frame. Call it once, when nothing more arrives. */
  figures(): SeenFigures {
    const { freezeMs, interpMs } = this.#options;
    const states = this.#states;
    states.close();
    for (const [consumer, slot] of this.#held.entries()) {
      if (slot !== AWAY) this.#leave(consumer, states.frameUs);
    }
    const stretches = this.#stretches;
    const moments = states.agesUs.count;
    const { holes, holesUs, lengthUs } = this.#clock;
    const [for99, for999] = states.drawableAgesUs.quantiles([0.99, 0.999]);
    return {
      stateAgeMs: spreadOf(states.agesUs, US_PER_MS),
      updateGapMs: spreadOf(stretches.gapsUs(), US_PER_MS),
      timeToFirstStateMs: {
        ...spreadOf(this.#firstUs, US_PER_MS),
        joins: this.#joins,
        open: this.#open,
      },
      joinBytes: spreadOf(this.#joinBytes, 1),
      freezes: {
        thresholdMs: freezeMs,
        count: stretches.freezes,
        share: shareOf(stretches.frozenUs, this.#connectedUs - stretches.leftOutUs),
        longestMs: stretches.longestUs / US_PER_MS,
      },
      interpolation: {
        delayMs: interpMs,
        underrunShare: shareOf(states.underruns, moments),
        fillingShare: shareOf(states.fillings, moments),
        withoutStateShare: shareOf(states.stateless, moments),
        delayMsFor99: for99! / US_PER_MS,
        delayMsFor999: for999! / US_PER_MS,
      },
      holes: { count: holes, ms: holesUs / US_PER_MS, share: shareOf(holesUs, lengthUs) },
    };
  }

  #setPlain(): void {
    this.#isPlain = this.#waiting === 0 && this.#clock.holes === 0 && !this.#isOver;
  }

  /** Takes in an arrival of any kind. */
  #apply(consumer: number, packet: SeenPacket, arrivalUs: number): void {
    const states = this.#states;
    const isLate = arrivalUs <= states.frameUs;
    if (this.#isOver && !isLate) return;
    const from = this.#held[consumer]!;
    const to = states.slotOf(packet);
    const sinceUs = arrivalUs - this.#lastUs[consumer]!;
    if (isLate) states.moveLate(from, to);
    this.#held[consumer] = to;
    this.#lastUs[consumer] = arrivalUs;
    const holesUs = states.holesBefore(to) - states.holesBefore(from);
    const isFirst = this.#isWaiting[consumer] === 1;
    this.#stretches.add(sinceUs, holesUs, !isFirst);
    if (!isFirst) return;
    this.#endWaiting(consumer, arrivalUs);
    this.#firstStates[consumer] = states.beginFilling(to, isLate);
  }

  #leave(consumer: number, nowUs: number): void {
    const states = this.#states;
    const slot = this.#held[consumer]!;
    const isWaiting = this.#isWaiting[consumer] === 1;
    const { holesUs } = this.#clock;
    this.#stretches.add(
      nowUs - this.#lastUs[consumer]!,
      holesUs - states.holesBefore(slot),
      false,
    );
    this.#connectedUs += nowUs - this.#joinedUs[consumer]!;
    if (!isWaiting) states.leave(this.#firstStates[consumer]!);
    this.#held[consumer] = AWAY;
    if (!isWaiting) return;
    this.#open++;
    this.#endWaiting(consumer, nowUs);
  }

  #endWaiting(consumer: number, nowUs: number): void {
    this.#isWaiting[consumer] = 0;
    this.#waiting--;
    this.#firstUs.add(nowUs - this.#joinedUs[consumer]!);
    this.#joinBytes.add(this.#sentBytes[consumer]!);
  }
}
