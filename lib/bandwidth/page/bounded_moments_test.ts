import assert from "node:assert/strict";
import { test } from "node:test";
import type { LargestPacket, RunMoments, SecondMoments } from "../moments/run_moments.ts";
import { boundMoments } from "./bounded_moments.ts";

function packet(wireBits: number, contents?: LargestPacket["contents"]): LargestPacket {
  return {
    ...{ frame: wireBits, timeMs: 0, consumer: 0, form: "delta", baselineAgeFrames: 1 },
    ...{ keyframeReason: null, bits: wireBits, wireBits },
    ...(contents === undefined ? {} : { contents }),
  };
}

function second(given: Partial<SecondMoments>): SecondMoments {
  return {
    ...{ second: 0, packets: 1, parts: [], restBits: 0, entities: [], largest: null },
    ...given,
  };
}

function run(...seconds: SecondMoments[]): RunMoments {
  return { startMs: 5, seconds, freezes: [{ consumer: 1, fromMs: 2, toMs: 3 }] };
}

const BOUNDS = { seconds: 9999, items: 9999, contentUnits: 9999, textUnits: 99 };

test("boundMoments() leaves moments within the bounds as they are", () => {
  const contents = { header: [], records: [], recordsLeftOut: { count: 0, bits: 0 } };
  const moments = [run(second({ largest: packet(8, contents) }), second({ second: 1 })), run()];
  assert.deepEqual(boundMoments(moments, [{}, {}], BOUNDS), {
    moments,
    omissions: [],
  });
});

test("boundMoments() says where seconds are missing already", () => {
  const moments = [run(second({})), { ...run(second({})), secondsLeftOut: 3 }];
  assert.deepEqual(boundMoments(moments, [{}, {}], BOUNDS), {
    moments,
    omissions: ["Of a run the seconds that stand out can be looked into, and others in between."],
  });
  const whole = [{ ...run(second({})), secondsLeftOut: 0 }];
  assert.deepEqual(boundMoments(whole, [{}], BOUNDS).omissions, []);
});

test("boundMoments() keeps the dearest second of a point, at its begin, and says so", () => {
  const cost = (bits: number) => ({ parts: [{ part: "ip" as const, bits }] });
  const moments = [
    run(second(cost(40)), second({ second: 1, ...cost(35), restBits: 6 }), second({ second: 2 })),
    run(second(cost(1)), second({ second: 1, ...cost(2) })),
  ];
  const points = new Map([[0, 0], [1, 0], [2, 2]]);
  const { moments: [bounded, other], omissions } = boundMoments(
    moments,
    [{ pointOf: points }, {}],
    BOUNDS,
  );
  assert.deepEqual(bounded!.seconds, [
    second({ ...cost(35), restBits: 6 }),
    second({ second: 2 }),
  ]);
  assert.deepEqual(other, moments[1]);
  assert.deepEqual(omissions, [
    "Of the seconds of a point one can be looked into: one that stands out, else the dearest.",
  ]);
});

test("boundMoments() keeps the second of a point that stands out more than a dearer one", () => {
  const cost = (bits: number) => ({ parts: [{ part: "ip" as const, bits }] });
  const given = run(second(cost(9)), second({ second: 1, ...cost(8) }));
  const place = {
    pointOf: new Map([[0, 0], [1, 0]]),
    standingOf: (number: number) => [number === 1 ? 700 : 0],
  };
  const { moments: [bounded] } = boundMoments([given], [place], BOUNDS);
  assert.deepEqual(bounded!.seconds, [second(cost(8))]);
});

test("boundMoments() leaves out seconds that do not stand out, evenly, and counts them", () => {
  const seconds = Array.from({ length: 16 }, (_, number) => second({ second: number }));
  const given = { ...run(...seconds), secondsLeftOut: 3 };
  const place = { standingOf: (number: number) => [number === 5 ? 1 : 0, number === 11 ? 2 : 0] };
  const { moments: [bounded], omissions } = boundMoments([given], [place], {
    ...BOUNDS,
    seconds: 6,
  });
  assert.deepEqual(bounded!.seconds.map((kept) => kept.second), [0, 4, 5, 8, 11, 12]);
  assert.equal(bounded!.secondsLeftOut, 13);
  assert.deepEqual(omissions, [
    "Of a run the seconds that stand out can be looked into, and others in between.",
  ]);
});

test("boundMoments() keeps what packets of seconds that stand out consist of, before larger ones", () => {
  const contents = { header: [], records: [], recordsLeftOut: { count: 0, bits: 0 } };
  const given = run(
    ...[30, 90, 60].map((bits, number) =>
      second({ second: number, largest: packet(bits, contents) })
    ),
  );
  const place = { standingOf: (number: number) => [number === 0 ? 1 : 0] };
  const { moments: [bounded] } = boundMoments([{ ...given, contentsLeftOut: 0 }], [place], {
    ...BOUNDS,
    contentUnits: 0,
  });
  assert.deepEqual(
    bounded!.seconds.map(({ largest }) => largest!.contents !== undefined),
    [true, false, false],
  );
  assert.equal(bounded!.contentsLeftOut, 2);
});

test("boundMoments() leaves out cheap parts and entities, loses no bit of the parts, and says so", () => {
  const parts = [50, 40, 30, 20].map((bits) => ({
    part: "field" as const,
    field: `${bits}`,
    bits,
  }));
  const entities = [1, 2, 3].map((id) => ({ id, kind: "p", bits: 9 - id }));
  const moments = [run(second({ parts, entities, restBits: 7 }), second({ second: 1 }))];
  const { moments: [bounded], omissions } = boundMoments(moments, [{}], {
    ...BOUNDS,
    items: 6,
  });
  assert.deepEqual(bounded!.seconds[0], {
    ...second({ parts: parts.slice(0, 2), restBits: 57 }),
    entities: entities.slice(0, 1),
  });
  assert.deepEqual(omissions, [
    "Of each second the 2 dearest parts are told apart, and 1 entities.",
  ]);
});

test("boundMoments() keeps what the largest packets consist of, and says so", () => {
  const contents = {
    header: [{ part: "h".repeat(40), bits: 1 }],
    records: [],
    recordsLeftOut: { count: 0, bits: 0 },
  };
  const moments = [
    run(...[30, 90, 60].map((bits) => second({ largest: packet(bits, contents) }))),
  ];
  const bounds = { ...BOUNDS, contentUnits: JSON.stringify(contents).length * 2, textUnits: 8 };
  const { moments: [bounded], omissions } = boundMoments(moments, [{}], bounds);
  assert.deepEqual(
    bounded!.seconds.map(({ largest }) => largest?.contents?.header[0]?.part),
    [undefined, "hhhhhhhh…", "hhhhhhhh…"],
  );
  assert.deepEqual(omissions, [
    "Only of packets of seconds that stand out, and of the largest others, is shown what they consist of.",
  ]);
});
