import assert from "node:assert/strict";
import { test } from "node:test";
import { dotShape, placeLabels, ticksTo } from "./plot_scale.js";

const BOUNDS = { left: 0, top: 0, right: 300, bottom: 100 };

test("ticksTo() goes from 0 to the greatest value or beyond, by 1, 2 or 5", () => {
  assert.deepEqual(ticksTo(83, 8), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticksTo(100, 5), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticksTo(0.3, 5), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticksTo(0, 5), [0, 1]);
});

test("dotShape() has an outline for each of four dashes", () => {
  assert.equal(new Set([0, 1, 2, 3].map((shape) => dotShape(shape, 4))).size, 4);
});

test("placeLabels() puts a label right of its dot, and elsewhere where an edge or a dot is", () => {
  const dot = { x: 100, y: 50, radius: 5, width: 60 };
  assert.deepEqual(placeLabels([dot], BOUNDS), [{ x: 110, y: 50 }]);
  assert.deepEqual(placeLabels([{ ...dot, x: 260 }], BOUNDS), [{ x: 190, y: 50 }]);
  const beside = { x: 130, y: 50, radius: 5, width: 60 };
  assert.deepEqual(placeLabels([dot, beside], BOUNDS), [{ x: 30, y: 50 }, { x: 140, y: 50 }]);
});

test("placeLabels() gives no label where there is no room, and none on a line", () => {
  const dot = { x: 20, y: 10, radius: 5, width: 40 };
  const tight = { left: 0, top: 0, right: 40, bottom: 20 };
  assert.deepEqual(placeLabels([dot], tight), [undefined]);
  const line = { left: 20, right: 300, top: 8, bottom: 12 };
  const [place] = placeLabels([dot], { ...BOUNDS, right: 80 }, [line]);
  // Above is no room, so it stands below: 5 of the dot, 5 apart, half of 14.
  assert.deepEqual(place, { x: 0, y: 27 });
});

test("placeLabels() keeps labels of many dots apart from each other and from all dots", () => {
  const dots = Array.from({ length: 40 }, (_, i) => ({
    ...{ x: 10 + (i * 37) % 280, y: 10 + (i * 53) % 80, radius: 4, width: 50 },
  }));
  const boxes = placeLabels(dots, BOUNDS).flatMap((place: { x: number; y: number } | undefined) =>
    place === undefined
      ? []
      : [{ left: place.x, right: place.x + 50, top: place.y - 7, bottom: place.y + 7 }]
  );
  assert.ok(boxes.length > 3, `${boxes.length}`);
  for (const [i, a] of boxes.entries()) {
    assert.ok(a.left >= 0 && a.right <= 300 && a.top >= 0 && a.bottom <= 100);
    for (const b of boxes.slice(i + 1)) {
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
    }
  }
});
