import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { sampleConsumers } from "../../replication/consumer_sample.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { DrawnFigures } from "../report/seen_figures.ts";
import type { FigureOptions } from "../report/run_settings.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
import { SecondErrors } from "../seconds/second_errors.ts";
import { shareOf } from "../spread/share_of.ts";
import { AngleUnits } from "./angle_units.ts";
import { Drawing } from "./draw_between.ts";
import { drawnPlan, type KindPlan } from "./drawn_plan.ts";
import { ErrorTallies } from "./error_tallies.ts";
import { fieldErrors } from "./field_errors.ts";
import { LookTurns, NOBODY } from "./look_turns.ts";
import { type Moment, MomentStates } from "./moment.ts";
import { MomentClock } from "./moment_clock.ts";
import { StateErrors } from "./state_errors.ts";
import { StateValues } from "./state_values.ts";
import { ValueCounts } from "./value_counts.ts";
import { ValuesPool } from "./values_pool.ts";
import { ValuesReader } from "./values_reader.ts";
import { type HeldBy, newViewer, type TimedState, type Viewer } from "./viewer.ts";

/** Consumers on whom errors are measured, where there are more. */
export const SAMPLE_MAX = 4;
/** What differences of times may be off by, as a part of the times. */
const TIME_ROUNDING = 2 ** -50;

/**
 * Measures how far off what is drawn is, in the units of the fields, on a sample of a run's consumers.
 * Where that is not all of them, one of it is looked at now and then, by turns: all together meet
 * every phase of sending, and as many looks tell as much of an error as more consumers would. What
 * nobody looks at is not read.
 *
 * What is sent over a link without delay arrives at the frame at which it was sent and is told after
 * it, so a frame stays open until something later is told.
 */
export class DrawnMeter {
  readonly #of: number;
  readonly #heldBy: HeldBy;
  readonly #interpMs: number;
  readonly #hasWire: boolean;
  readonly #clock: MomentClock;
  readonly #plans: readonly KindPlan[];
  readonly #units: AngleUnits;
  readonly #drawing: Drawing;
  readonly #errors: StateErrors;
  readonly #pool: ValuesPool = new ValuesPool();
  readonly #recordedReader: ValuesReader;
  readonly #sentReader: ValuesReader;
  readonly #drawnErrors: ErrorTallies;
  readonly #nowErrors: ErrorTallies;
  readonly #wireErrors: ErrorTallies;
  readonly #viewers: readonly Viewer[];
  /** By consumer, its place among the viewers; -1 for one who is not looked at. */
  readonly #placeOf: Int8Array;
  readonly #truths: MomentStates<TimedState>;
  /** The newest frames as they are sent, which consumers are about to hold. */
  readonly #sent: MomentStates<StateValues>;
  readonly #forgotten: TimedState[] = [];
  /** Truth of the moment that is drawn, and what a consumer draws. */
  readonly #moment: StateValues = new StateValues();
  readonly #drawn: StateValues = new StateValues();
  readonly #counts: ValueCounts;
  /** Whose turn a frame is; undefined where all are looked at in every frame. */
  readonly #turns: LookTurns | undefined;
  #turn = NOBODY;
  #frameUs = -Infinity;
  #momentMs = 0;
  readonly #secondErrors: SecondErrors;
  /** Size of the newest recorded time. */
  #timeMs = 0;

  /**
   * Meter of a run that has not begun.
   *
   * @param recorded layout of the recorded frames
   * @param sent layout of the frames as they are sent; the same where they are sent as recorded
   * @param seconds how far off positions are in each of them is noted there
   */
  constructor(
    recorded: SnapshotLayout,
    sent: SnapshotLayout,
    { consumers, interest, seed }: RunOptions,
    { freezeMs, interpMs }: FigureOptions,
    heldBy: HeldBy,
    seconds: RunSeconds = new RunSeconds(),
  ) {
    this.#of = consumers;
    this.#heldBy = heldBy;
    this.#interpMs = interpMs;
    this.#hasWire = sent !== recorded;
    this.#clock = new MomentClock(freezeMs);
    const plans = this.#plans = drawnPlan(recorded, sent, interest?.position);
    const units = this.#units = new AngleUnits(plans, recorded);
    this.#drawing = new Drawing(plans, units.ways);
    this.#errors = new StateErrors(plans, units.ways);
    this.#recordedReader = new ValuesReader(plans, recorded, recorded.texts);
    this.#sentReader = this.#hasWire
      ? new ValuesReader(plans, sent, recorded.texts)
      : this.#recordedReader;
    this.#drawnErrors = new ErrorTallies(plans);
    this.#secondErrors = new SecondErrors(seconds, () => this.#drawnErrors.takePositions());
    this.#nowErrors = new ErrorTallies(plans);
    this.#wireErrors = new ErrorTallies(plans, true);
    const release = (values: StateValues) => this.#pool.release(values);
    this.#truths = new MomentStates(({ values }) => values && release(values));
    this.#sent = new MomentStates(release);
    const forget = (state: TimedState) => this.#forgotten.push(state);
    this.#viewers = sampleConsumers(seed, consumers, SAMPLE_MAX).map((consumer) =>
      newViewer(consumer, forget)
    );
    const { length } = this.#viewers;
    this.#turns = length === consumers ? undefined : new LookTurns(seed, consumers, length);
    this.#counts = new ValueCounts(plans, recorded);
    this.#placeOf = new Int8Array(consumers).fill(NOBODY);
    for (const [place, { consumer }] of this.#viewers.entries()) this.#placeOf[consumer] = place;
  }

  /** Lets a consumer look on. */
  joined(consumer: number): void {
    const viewer = this.#viewers[this.#placeOf[consumer]!];
    if (viewer === undefined) return;
    this.#close(viewer);
    viewer.isConnected = true;
  }

  /** Lets a consumer go, with all that it held. */
  left(consumer: number): void {
    const viewer = this.#viewers[this.#placeOf[consumer]!];
    if (viewer === undefined) return;
    this.#close(viewer);
    viewer.isConnected = false;
    viewer.held.clear();
  }

  /** Notes what a consumer holds after it applied a packet. */
  applied(consumer: number, packet: EncodedPacket, arrivalUs: number): void {
    // Small, so that it is inlined: most are not of the sample.
    if (this.#placeOf[consumer] !== NOBODY) this.#hold(consumer, packet, arrivalUs);
  }

  #hold(consumer: number, packet: EncodedPacket, arrivalUs: number): void {
    const viewer = this.#viewers[this.#placeOf[consumer]!]!;
    if (arrivalUs > this.#frameUs) this.#close(viewer);
    const held = this.#heldBy(consumer)!;
    const clockMs = this.#clock.at(held.timeMs);
    const isOwn = held !== packet.held && held !== packet.truth;
    viewer.held.push({
      clockMs,
      snapshot: isOwn ? undefined : held,
      values: isOwn ? this.#pool.read(held, this.#sentReader, clockMs) : undefined,
    });
  }

  /** Draws the frame before, and begins the next, which `take` has to give. */
  framed(nowUs: number): void {
    this.#draw();
    this.#secondErrors.reach(nowUs);
    this.#frameUs = nowUs;
    this.#turn = this.#turns?.next() ?? NOBODY;
    for (const [place, viewer] of this.#viewers.entries()) {
      viewer.isOpen = viewer.isConnected && (this.#turns === undefined || place === this.#turn);
    }
  }

  /**
   * Takes in a frame that has begun, as it was recorded and as it is sent.
   *
   * @param isSent true when packets of it were due
   */
  take(recorded: Snapshot, sent: Snapshot, isSent: boolean): void {
    const clockMs = this.#clock.advance(recorded.timeMs);
    this.#timeMs = Math.abs(recorded.timeMs);
    this.#momentMs = clockMs - this.#interpMs;
    if (this.#turn !== NOBODY) this.#turns?.pay(this.#counts.of(recorded));
    this.#units.observe(recorded);
    const state: TimedState = { clockMs, snapshot: recorded, values: undefined };
    this.#truths.push(state);
    this.#truths.at(this.#momentMs);
    for (const { held } of this.#viewers) held.at(this.#momentMs);
    if (!this.#hasWire || !isSent) return;
    const truth = this.#truthOf(state);
    const values = this.#pool.share(sent, this.#sentReader, clockMs);
    this.#sent.push(values);
    this.#sent.at(this.#momentMs);
    this.#errors.add(values, truth, 1, truth.frame, this.#wireErrors);
  }

  /**
   * Draws the last frame; the figures. Call it once.
   *
   * @param names ids that the game gave to its entities; default each is its own
   */
  figures(names?: ReadonlyEntityNames): DrawnFigures {
    this.#draw();
    this.#secondErrors.end();
    const { entities, missing, missingValues, values } = this.#drawnErrors;
    const listed = (tallies: ErrorTallies) => fieldErrors(this.#plans, this.#units, tallies, names);
    return {
      drawnError: listed(this.#drawnErrors),
      drawnErrorNow: listed(this.#nowErrors),
      wireError: this.#hasWire ? listed(this.#wireErrors) : [],
      drawnSample: {
        consumers: this.#viewers.length,
        of: this.#of,
        everyFrames: this.#turns?.everyFrames ?? 1,
        missingShare: shareOf(missing, entities),
        missingValueShare: shareOf(missingValues, values),
      },
    };
  }

  /** Ends what a consumer is told up to the newest frame. */
  #close(viewer: Viewer): void {
    if (!viewer.isOpen) return;
    viewer.isOpen = false;
    viewer.isDrawing = true;
    viewer.moment = viewer.held.at(this.#momentMs);
  }

  /** Compares what all draw at the newest frame. */
  #draw(): void {
    for (const viewer of this.#viewers) this.#close(viewer);
    if (this.#viewers.some(({ isDrawing }) => isDrawing)) this.#compareAll();
    for (const { values } of this.#forgotten.splice(0)) {
      if (values !== undefined) this.#pool.release(values);
    }
  }

  /** Compares what is drawn, each once for all who draw the same. */
  #compareAll(): void {
    const now = this.#truthOf(this.#truths.newest!);
    const { earlier, later, part } = this.#truths.at(this.#momentMs)!;
    const truth = { earlier: this.#truthOf(earlier), later: later && this.#truthOf(later), part };
    const moment = this.#at(truth, this.#moment);
    for (const [i, viewer] of this.#viewers.entries()) {
      if (!viewer.isDrawing) continue;
      let times = 1;
      for (let j = i + 1; j < this.#viewers.length; j++) {
        const other = this.#viewers[j]!;
        if (!other.isDrawing || !this.#isSame(viewer.moment, other.moment)) continue;
        other.isDrawing = false;
        times++;
      }
      viewer.isDrawing = false;
      this.#compare(viewer.moment, truth, moment, now, times);
    }
  }

  #compare(
    held: Moment<TimedState> | undefined,
    truth: Moment<StateValues>,
    moment: StateValues,
    now: StateValues,
    times: number,
  ): void {
    if (held === undefined) {
      this.#drawnErrors.entities += times * moment.count;
      this.#drawnErrors.missing += times * moment.count;
      return;
    }
    const earlier = this.#valuesOf(held.earlier);
    const later = held.later && this.#valuesOf(held.later);
    const isRight = earlier === truth.earlier && later === truth.later;
    const drawn = isRight ? moment : this.#at({ earlier, later, part: held.part }, this.#drawn);
    if (isRight) this.#errors.addRight(moment, times, now.frame, this.#drawnErrors);
    else this.#errors.add(drawn, moment, times, now.frame, this.#drawnErrors);
    this.#errors.add(drawn, now, times, now.frame, this.#nowErrors);
  }

  #at({ earlier, later, part }: Moment<StateValues>, out: StateValues): StateValues {
    if (later === undefined) return earlier;
    const timeRounding = TIME_ROUNDING * this.#timeMs / (later.clockMs - earlier.clockMs);
    return this.#drawing.between(earlier, later, part, timeRounding, out);
  }

  #isSame(a: Moment<TimedState> | undefined, b: Moment<TimedState> | undefined): boolean {
    if (a === undefined || b === undefined) return a === b;
    if (this.#valuesOf(a.earlier) !== this.#valuesOf(b.earlier)) return false;
    const later = a.later && this.#valuesOf(a.later);
    return later === (b.later && this.#valuesOf(b.later));
  }

  #truthOf(state: TimedState): StateValues {
    return state.values ??= this.#pool.share(
      state.snapshot!,
      this.#recordedReader,
      state.clockMs,
    );
  }

  #valuesOf(state: TimedState): StateValues {
    return state.values ??= this.#pool.share(state.snapshot!, this.#sentReader, state.clockMs);
  }
}
