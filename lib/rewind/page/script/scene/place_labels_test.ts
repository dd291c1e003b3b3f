import assert from "node:assert/strict";
import { test } from "node:test";
import { meets, placeLabels as placeIn } from "./place_labels.js";

const FIGURE = { width: 400, height: 200 };

/** Places in a figure, with nothing in the way unless said. */
// deno-lint-ignore no-explicit-any
function placeLabels(wishes: readonly unknown[], figure: unknown, room: object = {}): any[] {
  return placeIn(wishes, figure, { lines: [], obstacles: [], points: [], taken: [], ...room });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxAt(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function wish(text: string, box: Box, width = 80) {
  return { text, box, width, height: 17 };
}

function apart(a: Box, b: Box): boolean {
  return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

test("placeLabels() puts a label to the right of its outline, or where there is room", () => {
  const place = (box: Box) => placeLabels([wish("a", box)], FIGURE)[0]!.place;
  // 5 pixels off, in the middle of its height.
  assert.deepEqual(place(boxAt(100, 80, 20, 40)), boxAt(125, 91.5, 80, 17));
  // No room at the right edge: to the left.
  assert.deepEqual(place(boxAt(370, 80, 20, 40)), boxAt(285, 91.5, 80, 17));
});

test("placeLabels() keeps twenty labels of one outline apart, in the figure, and off what is taken", () => {
  const box = boxAt(180, 80, 40, 40);
  const taken = [boxAt(0, 0, 60, 60), boxAt(300, 170, 100, 30)];
  const wishes = Array.from({ length: 20 }, (_, i) => wish(`label ${i}`, box));
  const placed = placeLabels(wishes, FIGURE, { taken, obstacles: [box] });
  assert.ok(placed.length >= 8, `${placed.length}`);
  // Those that matter most have a place.
  assert.equal(placed[0]!.wish.text, "label 0");
  placed.forEach(({ place }, i) => {
    assert.ok(place.left >= 0 && place.right <= 400 && place.top >= 0 && place.bottom <= 200);
    for (const other of [...taken, ...placed.slice(i + 1).map((label) => label.place)]) {
      assert.ok(apart(place, other), `${i}`);
    }
  });
});

test("placeLabels() names nothing that lies outside, and leaves out what has no room", () => {
  assert.deepEqual(placeLabels([wish("gone", boxAt(410, 50, 20, 20))], FIGURE), []);
  assert.deepEqual(placeLabels([wish("wide", boxAt(50, 50, 20, 20), 395)], FIGURE), []);
  const wide = { ...wish("long", boxAt(50, 50, 20, 20), 395), brief: "brief", briefWidth: 90 };
  const [brief] = placeLabels([wide], FIGURE);
  assert.deepEqual([brief!.wish.text, brief!.place.right - brief!.place.left], ["brief", 90]);
  // What is seen of an outline is named: here its left half.
  const [label] = placeLabels([wish("half", boxAt(380, 50, 40, 20))], FIGURE);
  assert.deepEqual(label!.leader.to, [380, 60]);
});

test("placeLabels() goes off outlines and lines where it can", () => {
  const box = boxAt(100, 80, 20, 40);
  const beside = boxAt(120, 60, 100, 80);
  const [label] = placeLabels([wish("a", box)], FIGURE, { obstacles: [beside] });
  assert.ok(apart(label!.place, beside));
  const line = [[0, 100], [400, 100]];
  const [other] = placeLabels([wish("a", box)], FIGURE, { lines: [line] });
  assert.ok(other!.place.bottom < 100 || other!.place.top > 100);
});

test("placeLabels() covers points and lines only where nothing else is free", () => {
  const box = boxAt(100, 80, 20, 40);
  const points = [boxAt(130, 90, 20, 20)];
  // All around but below is covered by outlines: a point matters more than they do.
  const obstacles = [boxAt(0, 0, 100, 200), boxAt(100, 0, 300, 80), boxAt(0, 120, 400, 80)];
  const [label] = placeLabels([wish("a", box)], FIGURE, { points, obstacles });
  assert.ok(apart(label!.place, points[0]!));
  const everywhere = [boxAt(0, 0, 400, 200)];
  assert.equal(placeLabels([wish("a", box)], FIGURE, { points: everywhere }).length, 1);
});

test("placeLabels() leads to a label's own outline where another is as near", () => {
  const own = boxAt(100, 50, 100, 60);
  const leader = (other: Box) => {
    // Too wide for the left side, so that it stands above.
    const [label] = placeLabels([wish("a", own, 99)], FIGURE, { obstacles: [own, other] });
    return label!.leader;
  };
  assert.equal(leader(boxAt(300, 150, 20, 20)).isNeeded, false);
  const led = leader(boxAt(112, 50, 100, 60));
  assert.equal(led.isNeeded, true);
  // Only the left side of its own outline is off the sides of the other.
  assert.equal(led.to[0], 100);
});

test("meets() says whether a line comes through a box", () => {
  const box = boxAt(10, 10, 10, 10);
  assert.ok(meets([0, 15], [30, 15], box));
  assert.ok(meets([12, 12], [14, 14], box));
  assert.ok(meets([15, 0], [15, 30], box));
  assert.ok(!meets([0, 15], [9, 15], box));
  assert.ok(!meets([0, 5], [30, 5], box));
  // Past the corner: 10 + 21 is more than 30.
  assert.ok(!meets([0, 31], [31, 0], boxAt(10, 10, 5, 5)));
  assert.ok(meets([0, 9], [30, 9], box, 2));
});
