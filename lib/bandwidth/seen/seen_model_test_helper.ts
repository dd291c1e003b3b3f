import assert from "node:assert/strict";
import type { SeenFigures, TimeSpread } from "../report/seen_figures.ts";

/** A packet, as the model knows it. */
export interface ModelSend {
  readonly sentUs: number;
  readonly bytes: number;
}

/** From a join to a disconnect, or to the last frame. */
export interface Connection {
  readonly joinUs: number;
  /** Undefined for one that lasts until the end. */
  leftUs: number | undefined;
  readonly sends: ModelSend[];
  readonly applied: { readonly send: ModelSend; readonly arrivalUs: number }[];
}

/** All that happened in a run. */
export interface Script {
  readonly framesUs: number[];
  readonly connections: Connection[];
}

/** Every value that a figure is taken from. */
interface Values {
  readonly ages: number[];
  readonly drawableAges: number[];
  readonly gaps: number[];
  readonly firsts: number[];
  readonly bytes: number[];
  readonly freezes: number[];
  open: number;
  /** Sum of all stretches, without holes. */
  connectedUs: number;
  underruns: number;
  stateless: number;
  fillings: number;
}

/** Compares figures with what they are by definition, by plain loops over each consumer's packets. */
export function assertSeen(
  figures: SeenFigures,
  { framesUs, connections }: Script,
  { interpMs, freezeMs }: { readonly interpMs: number; readonly freezeMs: number },
): void {
  const interpUs = interpMs * 1000;
  const freezeUs = freezeMs * 1000;
  const holes = framesUs.map((us, i) => ({ fromUs: framesUs[i - 1] ?? us, toUs: us }))
    .filter(({ fromUs, toUs }) => toUs - fromUs > freezeUs);
  const holesWithin = (fromUs: number, toUs: number) =>
    sum(
      holes.filter((hole) => hole.fromUs >= fromUs && hole.toUs <= toUs)
        .map((hole) => hole.toUs - hole.fromUs),
    );
  const lastUs = framesUs.at(-1)!;
  const values: Values = {
    ages: [],
    drawableAges: [],
    gaps: [],
    firsts: [],
    bytes: [],
    freezes: [],
    open: 0,
    connectedUs: 0,
    underruns: 0,
    stateless: 0,
    fillings: 0,
  };
  for (const connection of connections) {
    const { joinUs, leftUs, sends } = connection;
    const endUs = leftUs ?? lastUs;
    const applied = connection.applied.filter(({ arrivalUs }) => arrivalUs <= lastUs);
    for (const nowUs of framesUs) {
      if (nowUs < joinUs || (leftUs !== undefined && nowUs >= leftUs)) continue;
      const states = applied.filter(({ arrivalUs }) => arrivalUs <= nowUs)
        .map(({ send }) => send.sentUs);
      const newestUs = states.length === 0 ? joinUs : Math.max(...states);
      values.ages.push(nowUs - newestUs);
      values.drawableAges.push(nowUs - newestUs - holesWithin(newestUs, nowUs));
      // How far before now a state lies, against how far before now the drawn moment does.
      const behind = states.map((us) => nowUs - us - holesWithin(us, nowUs));
      const hasBefore = behind.some((us) => us >= interpUs);
      const hasAfter = behind.some((us) => us <= interpUs);
      if (!hasBefore || !hasAfter) values.underruns++;
      if (states.length > 0 && !hasBefore) values.fillings++;
      if (states.length === 0) values.stateless++;
    }
    const points = [
      { atUs: joinUs, stateUs: joinUs },
      ...applied.map(({ arrivalUs, send }) => ({ atUs: arrivalUs, stateUs: send.sentUs })),
      { atUs: endUs, stateUs: endUs },
    ];
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!];
      const holesUs = holesWithin(a.stateUs, b.stateUs);
      const lengthUs = Math.max(0, b.atUs - a.atUs - holesUs);
      values.connectedUs += lengthUs;
      const isGap = i > 1 && i < points.length - 1 && holesUs === 0;
      if (lengthUs > freezeUs) values.freezes.push(lengthUs);
      if (isGap || lengthUs > freezeUs) values.gaps.push(lengthUs);
    }
    const [first] = applied;
    if (first === undefined) values.open++;
    values.firsts.push((first?.arrivalUs ?? endUs) - joinUs);
    const joinSends = sends.filter((send) =>
      first === undefined || send === first.send || send.sentUs < first.arrivalUs
    );
    values.bytes.push(sum(joinSends.map(({ bytes }) => bytes)));
  }
  assertSpread(figures.stateAgeMs, values.ages, 1000);
  assertSpread(figures.updateGapMs, values.gaps, 1000);
  assertSpread(figures.timeToFirstStateMs, values.firsts, 1000);
  assertSpread(figures.joinBytes, values.bytes, 1);
  assert.equal(figures.timeToFirstStateMs.joins, connections.length);
  assert.equal(figures.timeToFirstStateMs.open, values.open);
  const frozenUs = sum(values.freezes);
  assert.deepEqual(figures.freezes, {
    thresholdMs: freezeMs,
    count: values.freezes.length,
    share: share(frozenUs, values.connectedUs),
    longestMs: Math.max(0, ...values.freezes) / 1000,
  });
  assert.equal(figures.freezes.share > 0, figures.freezes.count > 0);
  assert.ok(figures.freezes.share <= 1);
  const { interpolation } = figures;
  assert.equal(interpolation.delayMs, interpMs);
  assert.equal(interpolation.underrunShare, share(values.underruns, values.ages.length));
  assert.equal(interpolation.fillingShare, share(values.fillings, values.ages.length));
  assert.equal(interpolation.withoutStateShare, share(values.stateless, values.ages.length));
  assertQuantile(interpolation.delayMsFor99, values.drawableAges, 990, 1000);
  assertQuantile(interpolation.delayMsFor999, values.drawableAges, 999, 1000);
  const holeUs = holes.map(({ fromUs, toUs }) => toUs - fromUs);
  assert.deepEqual(figures.holes, {
    count: holes.length,
    ms: sum(holeUs) / 1000,
    share: share(sum(holeUs), lastUs - framesUs[0]!),
  });
}

function assertSpread(spread: TimeSpread, values: readonly number[], perUnit: number): void {
  assertQuantile(spread.p50, values, 500, perUnit);
  assertQuantile(spread.p95, values, 950, perUnit);
  assertQuantile(spread.p99, values, 990, perUnit);
  assert.equal(spread.max, Math.max(0, ...values) / perUnit);
}

/** Nearest rank; a quantile is one of the values, at most 0.1 % above it. */
function assertQuantile(
  actual: number,
  values: readonly number[],
  thousandths: number,
  perUnit: number,
): void {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(thousandths * sorted.length / 1000));
  const expected = sorted[rank - 1] ?? 0;
  if (actual === expected / perUnit) return;
  assert.ok(sorted.some((value) => value / perUnit === actual), `${actual} is no value`);
  const isNear = actual * perUnit > expected && actual * perUnit <= expected * 1.001;
  assert.ok(isNear, `${actual} at ${thousandths}, expected ${expected / perUnit}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round(part / whole * 1e6) / 1e6;
}
