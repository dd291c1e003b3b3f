import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { EntityIds } from "../ids/entity_ids.ts";
import { withIds } from "./with_ids.ts";

test("withIds puts ids in the places of entities, and leaves other numbers and words alone", () => {
  const names = new EntityNames();
  const [amy, steam] = ["amy", "76561198000000001"].map((id) => names.entity(id));
  assert.deepEqual([amy, steam], [0, 1]);
  const answer = {
    ...{ shots: 1, worst: [{ shot: 0, frame: 1, shooter: 1, marginUnits: 0 }] },
    details: [{ victim: 0, expected: "hit", intervals: [{ target: 0, fromMs: 0, toMs: 1 }] }],
    explanation: {
      shot: { verdict: null, shooter: 7, numbers: { id: 1, shooter: 1, victim: 0 } },
      view: { victim: null, errors: [{ id: 1, errorUnits: 1 }] },
    },
    teleport: { rule: { by: "event", timesMs: { 0: [20], 1: [40, 60] } } },
  };
  assert.deepEqual(withIds(answer, new EntityIds(names)), {
    ...{ shots: 1, worst: [{ shot: 0, frame: 1, shooter: "76561198000000001", marginUnits: 0 }] },
    details: [{
      victim: "amy",
      expected: "hit",
      intervals: [{ target: "amy", fromMs: 0, toMs: 1 }],
    }],
    explanation: {
      shot: { verdict: null, shooter: 7, numbers: { id: 1, shooter: 1, victim: 0 } },
      view: { victim: null, errors: [{ id: "76561198000000001", errorUnits: 1 }] },
    },
    teleport: { rule: { by: "event", timesMs: { amy: [20], "76561198000000001": [40, 60] } } },
  });
  assert.equal(withIds(answer, new EntityIds()), answer);
});

test("EntityIds.textOf escapes, cuts nothing, and tells kinds apart that share an id", () => {
  const names = new EntityNames({ isByKind: true });
  const [player, rocket] = ["player", "rocket"].map((kind) => names.entity(3, kind));
  const [alone, odd, long] = ["x", "a\n\u0007b", "y".repeat(1024)].map((id) =>
    names.entity(id, "player")
  );
  const ids = new EntityIds(names);
  const texts = [player, rocket, alone, odd].map((entity) => ids.textOf(entity!));
  assert.deepEqual(texts, ["player:3", "rocket:3", "x", "a\\u{a}\\u{7}b"]);
  assert.equal(ids.textOf(long!), "y".repeat(1024));
  assert.equal(ids.idOf(long!), "y".repeat(1024));
});
