import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createLink } from "./create_link.ts";
import type { Link } from "./link.ts";
import { type LinkSpec, PERFECT_LINK } from "./link_spec.ts";
import { anyLink } from "./link_specs_test_helper.ts";
import type { LinkStats } from "./link_stats.ts";
import { parseNetSpec } from "../spec/net_text.ts";
import { createRandom, createRandoms } from "./random.ts";
import { scripted } from "./scripted_random_test_helper.ts";

const FRAME_US = 16_667;

/** FNV-1a over the count and the arrival times of each packet, low 32 bits. */
function hashArrivals(spec: LinkSpec, packets: number): number {
  const link = createLink(spec, createRandom(42, 7, "down"));
  const arrivalsUs = new Float64Array(2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < packets; i++) {
    const count = link.transmit(i * FRAME_US, 100, arrivalsUs);
    hash = Math.imul(hash ^ count, 0x01000193);
    for (let k = 0; k < count; k++) hash = Math.imul(hash ^ arrivalsUs[k]!, 0x01000193);
  }
  return hash >>> 0;
}

// Computed with a separate implementation in Python.
test("Link.transmit() gives the golden arrivals on every runtime", () => {
  const golden: [string, number][] = [
    ["delay=50,jitter=10,loss=5%", 2663598408],
    ["5g", 1353458797],
    [
      "delay=50,jitter=10,jitterdist=normal,gemodel=2%,25%,50%,0.1%,duplicate=10%",
      104364880,
    ],
  ];
  for (const [text, hash] of golden) {
    assert.equal(hashArrivals(parseNetSpec(text).down, 5000), hash, text);
  }
});

test("a perfect link delivers at once, draws nothing, and counts", () => {
  const link = createLink(PERFECT_LINK, createRandom(1, 0, "down"));
  const arrivalsUs = new Float64Array(2);
  assert.equal(link.transmit(5, 100, arrivalsUs), 1);
  assert.equal(arrivalsUs[0], 5);
  assert.equal(link.stats.sent, 1);
});

test("a duplicate takes its place in the queue and a delay of its own", () => {
  const spec: LinkSpec = {
    ...PERFECT_LINK,
    capacity: { model: "rate", rateBps: 8000, queuePackets: 3 },
    duplicate: 1,
  };
  const link = createLink(spec, createRandom(1, 0, "down"));
  const arrivalsUs = new Float64Array(2);
  assert.equal(link.transmit(0, 100, arrivalsUs), 2);
  assert.deepEqual([...arrivalsUs], [100_000, 200_000]);
  assert.equal(link.transmit(0, 100, arrivalsUs), 1); // the copy finds the queue full
  assert.equal(arrivalsUs[0], 300_000);
  assert.equal(link.transmit(0, 100, arrivalsUs), 0);
  const { sent, lost, dropped, duplicated } = link.stats;
  assert.deepEqual({ sent, lost, dropped, duplicated }, {
    sent: 3,
    lost: 0,
    dropped: 1,
    duplicated: 1,
  });
});

test("a lost packet takes no capacity", () => {
  const spec: LinkSpec = {
    ...PERFECT_LINK,
    loss: { model: "bernoulli", loss: 0.5 },
    capacity: { model: "rate", rateBps: 8000, queuePackets: 9 },
  };
  // Four words seed the fork of the loss; nothing else is drawn.
  const link = createLink(spec, scripted([1, 2, 3, 4]));
  const arrivalsUs = new Float64Array(2);
  let departUs = 0;
  for (let i = 0; i < 9; i++) {
    if (link.transmit(0, 100, arrivalsUs) === 1) assert.equal(arrivalsUs[0], departUs += 100_000);
  }
  assert.ok(link.stats.lost > 0 && departUs > 0);
});

test("Link.carry() says when the first copy arrives, or -1", () => {
  const spec: LinkSpec = {
    ...PERFECT_LINK,
    loss: { model: "bernoulli", loss: 0.5 },
    delay: { delayUs: 500, jitterUs: 400, jitterDistribution: "uniform", reorder: 0 },
    duplicate: 0.5,
  };
  const link = createLink(spec, createRandom(4, 0, "down"));
  const same = createLink(spec, createRandom(4, 0, "down"));
  const arrivalsUs = new Float64Array(2);
  const counts = [0, 0, 0];
  for (let i = 0; i < 100; i++) {
    const count = same.transmit(i, 100, arrivalsUs);
    counts[count]!++;
    const arrivals = [...arrivalsUs.subarray(0, count)].sort((a, b) => a - b);
    assert.equal(link.carry(i, 100, 0), arrivals[0] ?? -1);
  }
  assert.ok(counts.every((count) => count > 9), `${counts}`);
});

test("links that differ in delay only lose the same packets", () => {
  const fates = (text: string) => {
    const link = createLink(parseNetSpec(text).down, createRandom(3, 1, "down"));
    const arrivalsUs = new Float64Array(2);
    return Array.from({ length: 500 }, (_, i) => link.transmit(i * FRAME_US, 100, arrivalsUs) > 0);
  };
  const plain = fates("loss=5%,burst=4");
  assert.ok(plain.includes(false));
  assert.deepEqual(fates("delay=80,jitter=20,loss=5%,burst=4"), plain);
  assert.deepEqual(fates("delay=80,jitter=20,jitterdist=normal,loss=5%,burst=4"), plain);
});

test("Link counters: 2 % in bursts of 8 and 2 % one by one look different", () => {
  const statsOf = (text: string): LinkStats => {
    const link = createLink(parseNetSpec(text).down, createRandoms(1, 20, "down"), 20);
    const arrivalsUs = new Float64Array(2);
    for (let line = 0; line < 20; line++) {
      for (let i = 0; i < 10_000; i++) link.transmit(i * FRAME_US, 100, arrivalsUs, line);
    }
    return link.stats;
  };
  const single = statsOf("loss=2%");
  const bursts = statsOf("loss=2%,burst=8");
  assert.deepEqual([single.sent, bursts.sent], [200_000, 200_000]);
  assert.ok(Math.abs(single.lost / single.sent - 0.02) < 0.002);
  assert.ok(Math.abs(bursts.lost / bursts.sent - 0.02) < 0.005);
  assert.ok(Math.abs(single.lossRuns.mean - 1 / 0.98) < 0.02, `${single.lossRuns.mean}`);
  assert.ok(Math.abs(bursts.lossRuns.mean - 8) < 1.5, `${bursts.lossRuns.mean}`);
  assert.equal(single.badStay.runs, 0);
  assert.equal(bursts.badStay.mean, bursts.lossRuns.mean);
});

const anySends = fc.array(fc.tuple(fc.nat(40_000), fc.integer({ min: 1, max: 5000 })));

function arrivalsOf(link: Link, sends: readonly (readonly [number, number])[]): number[][] {
  const arrivalsUs = new Float64Array(2);
  let sendUs = 0;
  return sends.map(([gapUs, bytes]) => {
    sendUs += gapUs;
    const count = link.transmit(sendUs, bytes, arrivalsUs);
    const arrivals = [...arrivalsUs.subarray(0, count)];
    for (const at of arrivals) {
      assert.ok(Number.isSafeInteger(at) && at >= sendUs, `${at} after ${sendUs}`);
    }
    return arrivals;
  });
}

test("Link.transmit() never delivers before the sending, and its counters add up", () => {
  fc.assert(fc.property(anyLink, fc.nat(), anySends, (spec, seed, sends) => {
    const link = createLink(spec, createRandom(seed, 0, "down"));
    const arrived = arrivalsOf(link, sends).flat().length;
    const { sent, lost, dropped, duplicated, lossRuns } = link.stats;
    assert.equal(sent, sends.length);
    assert.equal(arrived, sent - lost - dropped + duplicated);
    assert.equal(lossRuns.packets, lost);
  }));
});

test("Link.transmit() keeps the order of packets without jitter and reorder", () => {
  fc.assert(fc.property(anyLink, fc.nat(), anySends, (spec, seed, sends) => {
    const delay = { ...spec.delay, jitterUs: 0, reorder: 0 };
    const link = createLink({ ...spec, delay }, createRandom(seed, 0, "down"));
    const arrivals = arrivalsOf(link, sends).flat();
    assert.deepEqual(arrivals, arrivals.toSorted((a, b) => a - b));
  }));
});

test("Link.transmit() lets packets overtake with jitter above their distance", () => {
  const link = createLink(parseNetSpec("delay=50,jitter=40").down, createRandom(1, 0, "down"));
  const arrivals = arrivalsOf(link, Array(100).fill([1000, 100])).flat();
  assert.notDeepEqual(arrivals, arrivals.toSorted((a, b) => a - b));
});

test("Link.transmit() over many lines is as over as many links", () => {
  fc.assert(fc.property(anyLink, fc.nat(), anySends, (spec, seed, sends) => {
    const lines = 3;
    const link = createLink(spec, createRandoms(seed, lines, "up"), lines);
    const links = Array.from(
      { length: lines },
      (_, i) => createLink(spec, createRandom(seed, i, "up")),
    );
    const arrivalsUs = new Float64Array(2);
    let sendUs = 0;
    sends.forEach(([gapUs, bytes], i) => {
      sendUs += gapUs;
      // The lines are sent different packets, at the same times.
      const line = (i * i + seed) % lines;
      const count = link.transmit(sendUs, bytes, arrivalsUs, line);
      const arrivals = [...arrivalsUs.subarray(0, count)];
      assert.equal(links[line]!.transmit(sendUs, bytes, arrivalsUs), count);
      assert.deepEqual([...arrivalsUs.subarray(0, count)], arrivals);
    });
    const { stats } = link;
    for (const key of ["sent", "lost", "dropped", "duplicated"] as const) {
      assert.equal(stats[key], links.reduce((sum, each) => sum + each.stats[key], 0));
    }
    for (const key of ["lossRuns", "badStay"] as const) {
      const each = links.map((each) => each.stats[key]);
      assert.equal(stats[key].runs, each.reduce((sum, { runs }) => sum + runs, 0));
      assert.equal(stats[key].max, Math.max(...each.map(({ max }) => max)));
    }
  }));
});

test("createLink() is a function of spec and seed", () => {
  fc.assert(fc.property(anyLink, fc.nat(), anySends, (spec, seed, sends) => {
    const run = () => arrivalsOf(createLink(spec, createRandom(seed, 0, "up")), sends);
    assert.deepEqual(run(), run());
  }));
});
