import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameJoiner } from "./frame_joiner.ts";

test("FrameJoiner.closeBegunBefore() lets frames wait behind one that is held, for 2 s at most", () => {
  const joiner = new FrameJoiner<string>(() => {});
  joiner.hold(joiner.open(1, 0)!, 700);
  joiner.open(2, 10);
  joiner.closeBegunBefore(699);
  assert.equal(joiner.closed, -Infinity);
  joiner.closeBegunBefore(700);
  assert.equal(joiner.closed, 2);

  const held = joiner.open(3, 1000)!;
  joiner.open(4, 1010);
  for (let i = 0; i < 10; i++) joiner.hold(held, 1e9);
  joiner.closeBegunBefore(2999);
  assert.equal(joiner.closed, 2);
  joiner.closeBegunBefore(3000);
  assert.equal(joiner.closed, 4);

  // A later one that has waited for so long takes with it what is held before it.
  joiner.open(6, 5000);
  joiner.hold(joiner.open(5, 6000)!, 1e9);
  joiner.closeBegunBefore(6999);
  assert.equal(joiner.closed, 4);
  joiner.closeBegunBefore(7000);
  assert.equal(joiner.closed, 6);
});
