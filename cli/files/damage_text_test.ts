import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordingDamage } from "../../lib/recording.ts";
import { lostTexts } from "./damage_text.ts";

const place = (after: number) => ({ known: undefined, after, before: after + 5 });

function damage(places: number, lostIds = 0): RecordingDamage {
  return {
    isCut: false,
    hasAllData: true,
    unfinishedBytes: 0,
    leftOutBytes: 0,
    faults: [],
    faultCount: 1,
    lost: Array.from({ length: places }, (_, i) => place(i * 10)),
    lostFrames: undefined,
    lostIds,
    lostEvents: 0,
  };
}

test("lostTexts() tells of chunks that have no CRC", () => {
  const faults = [{ section: "unchecked chunk", offset: 9, problem: "it has no CRC" }];
  assert.deepEqual(lostTexts({ ...damage(0), faults }), [
    "values may be others than were recorded",
  ]);
});

test("lostTexts() counts one place as one, and entities whose ids are lost", () => {
  assert.match(lostTexts(damage(4))[0]!, /, 1 more place\)$/);
  assert.match(lostTexts(damage(5))[0]!, /, 2 more places\)$/);
  assert.deepEqual(lostTexts(damage(0, 1)), ["ids of 1 entity are lost"]);
  assert.deepEqual(lostTexts(damage(0, 2)), ["ids of 2 entities are lost"]);
});
