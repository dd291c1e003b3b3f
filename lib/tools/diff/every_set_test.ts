import assert from "node:assert/strict";
import { test } from "node:test";
import { dice } from "../../core/state/random_world_test_helper.ts";
import type { FieldValues, StateFrame } from "../../core/state/state.ts";
import { GIVEN_SETS, readGivenSet } from "../select/given_set_test_helper.ts";
import { diffOf, openRecorded } from "./diff_model_test_helper.ts";
import { diffRecordings } from "./diff_recordings.ts";

/** Plants in each set, and frames of a set around each of them. */
const PLANTS = 12;
const SPAN = 20;

for (const set of GIVEN_SETS) {
  test(`diffRecordings() names what is planted into ${set.name}, and finds noise to be none`, async () => {
    const { frames, events } = await readGivenSet(set);
    const roll = dice(7);
    for (let plant = 0; plant < PLANTS; plant++) {
      const start = roll(Math.max(1, frames.length - SPAN));
      const a = frames.slice(start, start + SPAN);
      const at = roll(a.length);
      const { frame, timeMs, entities } = a[at]!;
      const e = roll(entities.length);
      const { id, kind, fields } = entities[e]!;
      const field = Object.keys(fields)[roll(Object.keys(fields).length)]!;
      const [was, is] = [fields[field]!, other(fields[field]!)];
      const planted = { id, kind, fields: { ...fields, [field]: is } };
      const b = a.with(at, { frame, timeMs, entities: entities.with(e, planted) });
      const { first, firstFrame, ...rest } = await diffOf({ frames: a }, { frames: b });
      const place = { what: "value", class: "exact", frame, timeMs, id, kind, field };
      assert.deepEqual(first, { ...place, a: was, b: is });
      assert.equal(firstFrame!.count, 1);
      assert.deepEqual(rest.fields.map(({ kind, field, count }) => [kind, field, count]), [
        [kind, field, 1],
      ]);

      const missing = await diffOf({ frames: a }, { frames: a.toSpliced(at, 1) });
      assert.deepEqual([missing.first!.what, missing.first!.frame], ["frame", frame]);
      assert.deepEqual([missing.firstFrame!.count, missing.fields], [1, []]);
    }

    const loud = frames.map((frame) => ({ ...frame, entities: frame.entities.map(noisy(roll)) }));
    const whole = await openRecorded({ frames, events });
    const disturbed = await openRecorded({ frames: loud, events });
    const noise = await diffRecordings(whole, disturbed, { tolerances: { "*": 0.001 } });
    assert.deepEqual([noise.equal, noise.fields, noise.compared.events], [true, [], events.length]);
    assert.ok(noise.drift.length > 0 && noise.drift.every(({ growing }) => growing !== true));
    const strict = await diffRecordings(whole, disturbed);
    assert.deepEqual(
      strict.fields.map(({ kind, field, count }) => `${kind} ${field} ${count}`).sort(),
      noise.drift.map(({ kind, field, count }) => `${kind} ${field} ${count}`).sort(),
    );
    assert.ok((await diffRecordings(whole, await openRecorded({ frames, events }))).equal);
  });
}

function other(value: FieldValues[string]): FieldValues[string] {
  if (typeof value === "number") {
    return Number.isInteger(value) ? value + 1 : value * (1 + 2 ** -40);
  }
  return typeof value === "boolean" ? !value : `${value}?`;
}

/** Adds noise below a thousandth to the numbers of a state. */
function noisy(roll: (sides: number) => number) {
  return (state: StateFrame["entities"][number]): StateFrame["entities"][number] => {
    const fields = Object.entries(state.fields).map(([name, value]) => {
      return [name, typeof value === "number" ? value + (roll(1999) - 999) / 1e6 : value];
    });
    return { ...state, fields: Object.fromEntries(fields) };
  };
}
