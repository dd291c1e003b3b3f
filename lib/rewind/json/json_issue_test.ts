import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { issueText } from "./json_issue.ts";

const shape = v.variant("form", [
  v.strictObject({ form: v.literal("ball"), radius: v.number() }),
  v.strictObject({ form: v.literal("box"), min: v.number(), max: v.optional(v.number()) }),
]);
const schema = v.strictObject({
  up: v.optional(v.picklist(["y", "z"])),
  kinds: v.record(v.string(), v.strictObject({ shapes: v.array(shape) })),
});

function said(value: unknown): string {
  const { issues } = v.safeParse(schema, value);
  return issueText(schema, value, issues!);
}

test("issueText() lists the right keys, and the one that is meant", () => {
  assert.equal(
    said({ kindz: {} }),
    ': there is no key "kindz"; did you mean kinds? keys are up, kinds',
  );
  assert.equal(said({}), ": the key kinds is missing; keys are up, kinds");
  assert.equal(
    said({ kinds: { car: { wheels: 4 } } }),
    ' at kinds.car: there is no key "wheels"; keys are shapes',
  );
  assert.equal(
    said({ kinds: { car: { shapes: [{ form: "box", min: 1, size: 2 }] } } }),
    ' at kinds.car.shapes.0: there is no key "size"; keys are form, min, max',
  );
});

test("issueText() says what was expected of a value", () => {
  assert.match(said({ up: "x", kinds: {} }), /^ at up: .*"y" \| "z".*"x"/);
  assert.match(said(3), /^: .*3/);
});
