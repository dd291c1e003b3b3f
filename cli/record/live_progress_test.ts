import assert from "node:assert/strict";
import { test } from "node:test";
import { Progress } from "../terminal/terminal.ts";
import { LiveProgress } from "./live_progress.ts";

const HIDDEN = { isTTY: false, write: () => {}, nowMs: () => 0 };

test("LiveProgress says frames, rate, producers, losses, bytes and what is written", () => {
  let ms = 1000;
  const counts = {
    producers: 2,
    bytes: 12_345_678,
    bad: 3,
    late: 1,
    dropped: 0,
    gaps: 0,
    duplicates: 5,
    afterStop: 0,
    frameGaps: 0,
  };
  const progress = new LiveProgress(
    new Progress(HIDDEN),
    () => ({ counts, writtenMs: 2700 }),
    () => ms,
  );
  for (let i = 0; i < 120; i++) progress.onFrame();
  ms = 3000;
  const text = progress.text();
  progress.end();
  assert.equal(
    text,
    "recording: 120 frames, 60.0/s, 2 producers, 3 bad lines skipped, 1 late line left out, 12.3 MB, written 0.3 s ago",
  );
});

test("LiveProgress says of a pipe what is known of it", () => {
  const progress = new LiveProgress(
    new Progress(HIDDEN),
    () => ({ writtenMs: undefined }),
    () => 0,
  );
  progress.onFrame();
  progress.onBytes(1_500_000);
  const text = progress.text();
  progress.end();
  assert.equal(text, "recording: 1 frame, 0.0/s, 1.5 MB");
});
