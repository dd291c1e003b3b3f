import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createRandom } from "../net/link/random.ts";
import { Churn, type ChurnSpec } from "./churn.ts";

/** Events by the millisecond at which a loop of 10 ms met them. */
function events(
  spec: ChurnSpec,
  untilMs: number,
  index = 0,
  onStep: (churn: Churn, ms: number) => void = () => {},
): [ms: number, event: string][] {
  const churn = new Churn(spec, createRandom(1, index, "churn"));
  const met: [number, string][] = [];
  for (let ms = 0; ms < untilMs; ms += 10) {
    const event = churn.advance(ms * 1000);
    if (event !== undefined) met.push([ms, event]);
    assert.equal(churn.isConnected(), met.at(-1)?.[1] === "connect");
    onStep(churn, ms);
  }
  return met;
}

describe("Churn", () => {
  test("joins at the first frame unless told otherwise, and stays", () => {
    assert.deepEqual(events({}, 5000), [[0, "connect"]]);
  });

  test("joins spread over the time to join", () => {
    const joins = Array.from({ length: 200 }, (_, i) => events({ joinMs: 1000 }, 1100, i));
    for (const met of joins) assert.equal(met.length, 1);
    const mean = joins.reduce((sum, met) => sum + met[0]![0], 0) / joins.length;
    assert.ok(Math.abs(mean - 505) < 75, String(mean));
  });

  test("reconnects after half to three halves of the mean, and is away for a second", () => {
    const met = events({ reconnectMs: 2000 }, 100_000);
    for (let i = 1; i < met.length; i++) {
      const [ms, event] = met[i]!;
      const lastedMs = ms - met[i - 1]![0];
      if (event === "connect") assert.equal(lastedMs, 1000);
      else assert.ok(lastedMs >= 1000 && lastedMs <= 3010, String(lastedMs));
    }
    assert.ok(met.length > 40);
  });

  test("leaves for good", () => {
    const met = events({ leaveMs: 1000, reconnectMs: 100_000 }, 50_000);
    assert.deepEqual(met.map(([, event]) => event), ["connect", "disconnect"]);
  });

  test("times out when what was sent stays unanswered, not when nothing was sent", () => {
    assert.deepEqual(events({ timeoutMs: 500 }, 10_000), [[0, "connect"]]);
    // Sent every 2 s, answered 100 ms later, until 6 s: the packet of 6 s is missed at 6.5 s.
    const met = events({ timeoutMs: 500, awayMs: 60_000 }, 10_000, 0, (churn, ms) => {
      if (ms % 2000 === 0 && churn.isConnected()) churn.noteSend(ms * 1000);
      if (ms % 2000 === 100 && ms < 6000) churn.noteAck();
    });
    assert.deepEqual(met, [[0, "connect"], [6510, "disconnect"]]);
  });

  test("connects again after a timeout, with nothing unanswered", () => {
    const met = events({ timeoutMs: 300, awayMs: 200 }, 1600, 0, (churn, ms) => {
      if (churn.isConnected()) churn.noteSend(ms * 1000);
    });
    const times = [[0, "connect"], [310, "disconnect"], [510, "connect"], [820, "disconnect"]];
    assert.deepEqual(met.slice(0, 4), times);
  });

  test("takes times of a day", () => {
    const dayMs = 86_400_000;
    const met = events({ joinMs: dayMs, reconnectMs: dayMs, leaveMs: dayMs }, 1000);
    assert.deepEqual(met, []);
  });
});
