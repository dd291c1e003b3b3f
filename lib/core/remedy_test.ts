import assert from "node:assert/strict";
import { test } from "node:test";
import { optionKey, type OptionNaming, remedy } from "./remedy.ts";

const flagOf: OptionNaming = (key) => `<${key}>`;

test("Remedy.toString() names options by their keys", () => {
  assert.equal(String(remedy`name its key with ${optionKey("idKey")}`), "name its key with idKey");
  assert.equal(`${remedy`sort it`}`, "sort it");
});

test("Remedy.render() names options as the reader knows them", () => {
  const unit = remedy`, or give ${optionKey("timeUnit")} ${"us"}`;
  assert.equal(remedy`send ${"ms"}${unit}`.render(flagOf), "send ms, or give <timeUnit> us");
  assert.equal(remedy`${optionKey("sparse")}`.render(flagOf), "<sparse>");
  assert.equal(remedy`at most ${3} of idKey`.render(flagOf), "at most 3 of idKey");
});
