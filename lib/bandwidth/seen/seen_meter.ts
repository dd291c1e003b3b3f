import type { SeenFigures } from "../report/seen_figures.ts";
import type { FigureOptions } from "../report/run_settings.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
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

/** Told of a freeze of a consumer, from its last state to the next one. */
export type OnFreeze = (consumer: number, fromUs: number, toUs: number, lengthUs: number) => void;

/** Adds up what players see of a run on their own clocks into {@linkcode SeenFigures}. */
export class SeenMeter {
  readonly #options: FigureOptions;
  readonly #freezeUs: number;
  readonly #clock: RecordingClock;
  readonly #seconds: RunSeconds;
  readonly #onFreeze: OnFreeze | undefined;
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
  /** Consumers that are connected, and up to when their time is noted. */
  #connected = 0;
  #notedUs = -Infinity;
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

  /**
   * Meter of a run that has not begun.
   *
   * @param seconds what is seen in each of them is noted there
   * @param onFreeze told of each freeze when it is over
   */
  constructor(
    consumers: number,
    options: FigureOptions,
    seconds: RunSeconds = new RunSeconds(),
    onFreeze?: OnFreeze,
  ) {
    const freezeUs = this.#freezeUs = Math.round(options.freezeMs * US_PER_MS);
    this.#options = options;
    this.#seconds = seconds;
    this.#onFreeze = onFreeze;
    this.#clock = new RecordingClock(freezeUs);
    this.#states = new HeldStates(this.#clock, Math.round(options.interpMs * US_PER_MS), seconds);
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
    this.#advance(nowUs);
    this.#connected++;
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
    this.#advance(nowUs);
    this.#connected--;
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
    const lastUs = this.#lastUs[consumer]!;
    this.#lastUs[consumer] = arrivalUs;
    this.#held[consumer] = this.#states.slotOf(packet);
    const frozenUs = this.#stretches.addGap(arrivalUs - lastUs);
    if (frozenUs > 0) this.#noteFreeze(consumer, lastUs, arrivalUs, frozenUs, 0, 0);
  }

  /** Takes in that a recorded frame is over. */
  framed(nowUs: number): void {
    this.#advance(nowUs);
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
    states.endSecond();
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
    if (isLate) states.moveLate(from, to);
    this.#held[consumer] = to;
    const isFirst = this.#isWaiting[consumer] === 1;
    this.#addStretch(
      consumer,
      arrivalUs,
      states.holesBefore(from),
      states.holesBefore(to),
      !isFirst,
    );
    this.#lastUs[consumer] = arrivalUs;
    if (!isFirst) return;
    this.#endWaiting(consumer, arrivalUs);
    this.#firstStates[consumer] = states.beginFilling(to, isLate);
  }

  #leave(consumer: number, nowUs: number): void {
    const states = this.#states;
    const slot = this.#held[consumer]!;
    const isWaiting = this.#isWaiting[consumer] === 1;
    this.#addStretch(consumer, nowUs, states.holesBefore(slot), this.#clock.holesUs, false);
    this.#connectedUs += nowUs - this.#joinedUs[consumer]!;
    if (!isWaiting) states.leave(this.#firstStates[consumer]!);
    this.#held[consumer] = AWAY;
    if (!isWaiting) return;
    this.#open++;
    this.#endWaiting(consumer, nowUs);
  }

  /** Takes in a time of the recording, up to which everybody stayed who is there. */
  #advance(nowUs: number): void {
    const fromUs = this.#notedUs;
    this.#notedUs = nowUs;
    this.#clock.advance(nowUs);
    if (this.#connected === 0 || nowUs - fromUs > this.#freezeUs) return;
    this.#seconds.addConnected(fromUs, nowUs, this.#connected);
  }

  /** Takes in a stretch of a consumer up to now, with the time of the holes before its two ends. */
  #addStretch(
    consumer: number,
    nowUs: number,
    holesFromUs: number,
    holesToUs: number,
    isGap: boolean,
  ): void {
    const lastUs = this.#lastUs[consumer]!;
    const frozenUs = this.#stretches.add(nowUs - lastUs, holesToUs - holesFromUs, isGap);
    if (frozenUs > 0) this.#noteFreeze(consumer, lastUs, nowUs, frozenUs, holesFromUs, holesToUs);
  }

  /** Notes a freeze in the seconds that it lies in, from its end back, without the holes in it. */
  #noteFreeze(
    consumer: number,
    fromUs: number,
    toUs: number,
    lengthUs: number,
    holesFromUs: number,
    holesToUs: number,
  ): void {
    this.#onFreeze?.(consumer, fromUs, toUs, lengthUs);
    let endUs = toUs;
    let leftUs = lengthUs;
    for (const hole of this.#clock.holesBack(holesFromUs, holesToUs)) {
      const partUs = Math.min(leftUs, Math.max(0, endUs - hole.toUs));
      this.#seconds.addFrozen(endUs - partUs, endUs);
      leftUs -= partUs;
      endUs = Math.min(endUs, hole.fromUs);
    }
    this.#seconds.addFrozen(endUs - leftUs, endUs);
  }

  #endWaiting(consumer: number, nowUs: number): void {
    this.#isWaiting[consumer] = 0;
    this.#waiting--;
    this.#firstUs.add(nowUs - this.#joinedUs[consumer]!);
    this.#joinBytes.add(this.#sentBytes[consumer]!);
  }
}
