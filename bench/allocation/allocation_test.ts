import assert from "node:assert/strict";
import { test } from "node:test";
import { ACK_POLICIES } from "../../mod.ts";
import { allocatedPerPacket, IS_COUNTED, NOISE_BYTES } from "./allocated_bytes.ts";
import { PATHS } from "./steady_state.ts";

const skip = IS_COUNTED ? false : "JavaScriptCore does not count allocated bytes";

for (const path of PATHS) {
  for (const policy of ACK_POLICIES) {
    const state = path(policy);
    test(`nothing is allocated in the steady state: ${state.name}`, { skip }, () => {
      const bytes = allocatedPerPacket(state);
      assert.ok(bytes < NOISE_BYTES, `${bytes} B/packet`);
    });
  }
}

test("allocatedPerPacket() sees one small object per packet", { skip }, () => {
  const kept: object[] = [];
  const step = () => {
    kept[0] = { a: kept.length };
  };
  const bytes = allocatedPerPacket({ name: "object", packets: 1, step });
  assert.ok(bytes >= 8 && bytes < 100, `${bytes} B/packet`);
});
