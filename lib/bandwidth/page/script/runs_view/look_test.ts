import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chooseLook, lookOf, nameBeside } from "./look.js";

const NONE = undefined;

/** Every combination of facets with so many values each, the first slowest. */
function facets(...counts: number[]) {
  const runs = counts.reduce((product, count) => product * count, 1);
  let block = runs;
  return counts.map((count, place) => {
    block /= count;
    const own = block;
    return {
      name: `f${place}`,
      values: Array.from({ length: count }, (_, i) => `v${i}`),
      of: Array.from({ length: runs }, (_, run) => Math.floor(run / own) % count),
    };
  });
}

test("chooseLook() colours by the first facet of at most 8 values, dashes by the next of 4", () => {
  assert.deepEqual(chooseLook(facets(3, 3, 3, 2), 54), { color: 0, dash: 1 });
  assert.deepEqual(chooseLook(facets(9, 2, 5, 4), 360), { color: 1, dash: 3 });
  assert.deepEqual(chooseLook(facets(3, 6), 18), { color: 0, dash: NONE });
});

test("chooseLook() colours by run where one thing differs, or too many have as many values", () => {
  assert.deepEqual(chooseLook(facets(6), 6), { color: NONE, dash: NONE });
  assert.deepEqual(chooseLook([], 1), { color: NONE, dash: NONE });
  assert.deepEqual(chooseLook(facets(9, 10), 90), { color: NONE, dash: NONE });
});

test("chooseLook() colours few runs one by one where two facets do not tell them apart", () => {
  assert.deepEqual(chooseLook(facets(2, 2, 2), 8), { color: NONE, dash: NONE });
  assert.deepEqual(chooseLook(facets(4, 2), 8), { color: 0, dash: 1 });
});

test("lookOf() gives each of 32 runs a colour and dash of its own", () => {
  const by = { color: NONE, dash: NONE };
  const looks = Array.from({ length: 32 }, (_, run) => JSON.stringify(lookOf([], by, run)));
  assert.equal(new Set(looks).size, 32);
});

test("lookOf() follows the facets, and dashes follow colours where no facet has them", () => {
  const both = facets(3, 2);
  assert.deepEqual(lookOf(both, { color: 0, dash: 1 }, 5), { color: 2, dash: 1 });
  assert.deepEqual(lookOf(both, { color: 0, dash: NONE }, 5), { color: 2, dash: 2 });
  assert.deepEqual(lookOf(both, { color: NONE, dash: 1 }, 4), { color: 4, dash: 0 });
});

test("nameBeside() says what colour, dash and the other runs leave open", () => {
  const [net, ack, sent] = facets(2, 2, 2);
  const three = [{ ...net!, name: "net" }, { ...ack!, name: "ack" }, { ...sent!, name: "sent" }];
  const all = [0, 1, 2, 3, 4, 5, 6, 7];
  assert.equal(nameBeside(three, { color: 0, dash: 1 }, 7, all), "sent=v1");
  assert.equal(nameBeside(three, { color: 0, dash: NONE }, 7, all), "v1 sent=v1");
  // Among 1, 3, 5 and 7 all have the same `sent`.
  assert.equal(nameBeside(three, { color: 0, dash: 1 }, 7, [1, 3, 5, 7]), "v1 v1");
});

/** Colours of runs and of the card they are drawn on, in a scheme, as 0 to 1 of linear light. */
function colorsOf(scheme: "light" | "dark"): { card: number[]; runs: number[][] } {
  const texts = ["../../style/colors.css", "../../../../page/base.css"].map((path) => {
    const css = readFileSync(new URL(path, import.meta.url), "utf8");
    const [light = "", dark = ""] = css.split(/@media[^{]*prefers-color-scheme: dark/);
    return scheme === "light" ? light : dark;
  });
  const linear = (name: string) => {
    const hex = new RegExp(`${name}: #([0-9a-f]{6});`).exec(texts.join("\n"))![1]!;
    return [0, 2, 4].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
  };
  return {
    card: linear("--card"),
    runs: Array.from({ length: 8 }, (_, i) => linear(`--run-${i}`)),
  };
}

function luminance([r, g, b]: readonly number[]): number {
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

for (const scheme of ["light", "dark"] as const) {
  test(`colours of runs stand out from their card by 3 to 1, ${scheme}`, () => {
    const { card, runs } = colorsOf(scheme);
    for (const [i, run] of runs.entries()) {
      const [low, high] = [luminance(run), luminance(card)].sort((a, b) => a - b);
      const contrast = (high! + 0.05) / (low! + 0.05);
      assert.ok(contrast >= 3, `run ${i} has ${contrast}`);
    }
  });

  test(`colours with the same dash differ for eyes that lack red or green, ${scheme}`, () => {
    const { runs } = colorsOf(scheme);
    for (const i of [0, 1, 2, 3]) {
      for (const [lack, matrix] of Object.entries(DICHROMATS)) {
        const distance = labDistance(seen(runs[i]!, matrix), seen(runs[i + 4]!, matrix));
        assert.ok(distance >= 20, `runs ${i} and ${i + 4} without ${lack}: ${distance}`);
      }
    }
  });
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const DICHROMATS = {
  red: [
    0.152286,
    1.052583,
    -0.204868,
    0.114503,
    0.786281,
    0.099216,
    -0.003882,
    -0.048116,
    1.051998,
  ],
  green: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
};

function seen([r, g, b]: readonly number[], matrix: readonly number[]): number[] {
  return [0, 3, 6].map((row) =>
    Math.min(1, Math.max(0, matrix[row]! * r! + matrix[row + 1]! * g! + matrix[row + 2]! * b!))
  );
}

/** CIE76 under D65. */
function labDistance(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!, p[2]! - q[2]!);
}

function lab([r, g, b]: readonly number[]): number[] {
  const curve = (t: number) => t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116;
  const x = curve((0.4124 * r! + 0.3576 * g! + 0.1805 * b!) / 0.95047);
  const y = curve(0.2126 * r! + 0.7152 * g! + 0.0722 * b!);
  const z = curve((0.0193 * r! + 0.1192 * g! + 0.9505 * b!) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
