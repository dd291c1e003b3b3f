import { optionKey, remedy } from "../../core/remedy.ts";
import { TurnWatch } from "../clock/turn_watch.ts";
import type { InputNote } from "../input/input_note.ts";
import { StepFacts } from "./step_facts.ts";
import { rereadStep, TIME_UNIT_NAMES, TIME_UNITS, type TimeUnit } from "../input/time_unit.ts";

/** Slowest and fastest rate at which games are simulated, in Hz. */
const RATE_MIN_HZ = 1;
const RATE_MAX_HZ = 1000;
const USUAL_RATE_HZ = 60;
/** A single step may be a pause. */
const STEPS_MIN = 2;
/** A step that is so short is no chance, however few there are. */
const SURELY_SHORT_MS = 0.1;
const STANDING_FRAMES_MIN = 3;
const TIME_KEY_REMEDY =
  remedy`name the key of the time, or one that is not there and a rate; give ${
    optionKey("timeKey")
  } KEY`;

/**
 * Watches the times of frames for a rate that no game has. A step reaches from one change of the
 * time to the next, since clocks may be coarser than frames; it is measured by the frames' indexes
 * and by the frames that are there, since an index may count by more than 1.
 */
export class RateWatch {
  readonly #unit: TimeUnit;
  readonly #timeKey: string;
  readonly #byIndex = new StepFacts();
  readonly #byRow = new StepFacts();
  #rows = 0;
  #rowsAtStep = 0;
  #frameAtStep = 0;
  #timeMs = 0;
  readonly #turns: TurnWatch | undefined;
  #isFresh = true;
  /** True when not all sessions have one and the same time. */
  #isMoving = false;

  /** Watch before the first frame. @param bits of a counter that wraps */
  constructor(unit: TimeUnit, timeKey: string, bits?: number) {
    this.#unit = unit;
    this.#timeKey = timeKey;
    this.#turns = bits === undefined ? undefined : new TurnWatch(bits);
  }

  /** Adds a frame that is later than the one before. */
  add(frame: number, timeMs: number): void {
    this.#turns?.add(frame, timeMs);
    const step = timeMs - this.#timeMs;
    if (!this.#isFresh && step > 0) {
      this.#byIndex.add(step / (frame - this.#frameAtStep));
      this.#byRow.add(step / (this.#rows - this.#rowsAtStep));
    }
    if (this.#isFresh && this.#rows > 0 && step !== 0) this.#isMoving = true;
    if (this.#isFresh || step > 0) {
      this.#rowsAtStep = this.#rows;
      this.#frameAtStep = frame;
      this.#timeMs = timeMs;
    }
    this.#rows++;
    this.#isFresh = false;
  }

  /** Goes on to a session whose first frame no step leads to. */
  restart(): void {
    this.#isFresh = true;
    this.#turns?.restart();
  }

  /** Note on a step in which the counter may have gone round. */
  turnNotes(): InputNote[] {
    return this.#turns?.notes(this.#byIndex.median) ?? [];
  }

  /** Note on a rate that no game has; undefined for all others. */
  note(): InputNote | undefined {
    const key = this.#timeKey;
    if (this.#byIndex.count === 0) {
      if (this.#rows < STANDING_FRAMES_MIN) return undefined;
      return {
        code: "rate",
        problem: this.#isMoving
          ? "all frames of a session have the same time"
          : `all ${this.#rows} frames have the same time`,
        remedy: TIME_KEY_REMEDY,
      };
    }
    if (!this.#isOdd()) return undefined;
    const problem = `the times say ${rounded(1000 / this.#byIndex.median)} Hz`;
    const unit = this.#plausibleUnit();
    if (unit !== undefined) {
      return {
        code: "rate",
        problem,
        remedy: remedy`if ${key} is in ${TIME_UNIT_NAMES[unit]}, give ${
          optionKey("timeUnit")
        } ${unit}`,
        mend: { timeUnit: unit },
      };
    }
    return {
      code: "rate",
      problem: `${problem}, and would be odd in every unit`,
      remedy: TIME_KEY_REMEDY,
    };
  }

  #isOdd(): boolean {
    const steps = [this.#byIndex, this.#byRow].flatMap((facts) => [
      facts.median,
      facts.meanWithoutPauses,
    ]);
    if (this.#byIndex.count < STEPS_MIN) return steps.every((step) => step < SURELY_SHORT_MS);
    return steps.every((step) => rounded(1000 / step) > RATE_MAX_HZ) ||
      steps.every((step) => rounded(1000 / step) < RATE_MIN_HZ);
  }

  #plausibleUnit(): TimeUnit | undefined {
    for (const { median } of [this.#byIndex, this.#byRow]) {
      const units = TIME_UNITS.map((unit) => ({
        unit,
        rateHz: rounded(1000 / rereadStep(median, this.#unit, unit)),
      })).filter(({ rateHz }) => rateHz >= RATE_MIN_HZ && rateHz <= RATE_MAX_HZ);
      const distance = (rateHz: number) => Math.abs(Math.log(rateHz / USUAL_RATE_HZ));
      units.sort((a, b) => distance(a.rateHz) - distance(b.rateHz));
      if (units.length > 0) return units[0]!.unit;
    }
    return undefined;
  }
}

/** Note on a rate that was given; undefined for one that games have. */
export function givenRateNote(rateHz: number | undefined): InputNote | undefined {
  if (rateHz === undefined || (rateHz >= RATE_MIN_HZ && rateHz <= RATE_MAX_HZ)) return undefined;
  return {
    code: "rate",
    problem:
      `the rate that is given, ${rateHz} Hz, lies outside ${RATE_MIN_HZ} to ${RATE_MAX_HZ} Hz`,
    remedy: remedy`give ${optionKey("rateHz")} HZ`,
  };
}

function rounded(rateHz: number): number {
  return Number(rateHz.toPrecision(3));
}
