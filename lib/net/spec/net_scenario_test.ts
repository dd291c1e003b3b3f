import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { PERFECT_LINK } from "../link/link_spec.ts";
import { parseNetScenario } from "./net_scenario.ts";
import { NetSpecError } from "../link/net_spec_error.ts";
import { parseNetSpec } from "./net_text.ts";

test("parseNetScenario() says the same as --net", () => {
  const cases: [unknown, string][] = [
    [{}, "none"],
    [{ delay: 50, jitter: 10, loss: 0.02 }, "delay=50,jitter=10,loss=2%"],
    [{ delay: "50ms", loss: "2%", down: { loss: "5%" } }, "delay=50,loss=2%,loss.down=5%"],
    [{ preset: "4g", loss: 0.05, up: { delay: 60 } }, "4g,loss=5%,delay.up=60"],
    [
      { loss: 0.02, burst: 8, badloss: 0.5, goodloss: 0.01 },
      "loss=2%,burst=8,badloss=50%,goodloss=1%",
    ],
    [{ gemodel: [0.01, "10%"] }, "gemodel=1%,10%"],
    [{ rate: 1000, queue: 40, duplicate: 0.01 }, "rate=1000,queue=40,duplicate=1%"],
    [
      { delay: 5, jitter: 1, jitterdist: "normal", reorder: 0.1 },
      "delay=5,jitter=1,jitterdist=normal,reorder=10%",
    ],
    [{ acklag: 6 }, "acklag=6"],
  ];
  for (const [json, text] of cases) {
    assert.deepEqual(parseNetScenario({ ...json as object, name: text }, "f"), parseNetSpec(text));
  }
});

test("parseNetScenario() is named after its file if it has no name", () => {
  assert.deepEqual(parseNetScenario({}, "lab.json"), {
    name: "lab.json",
    up: PERFECT_LINK,
    down: PERFECT_LINK,
  });
});

test("parseNetScenario() looks for files beside the scenario", () => {
  const asked: string[] = [];
  const read = (path: string) => {
    asked.push(path);
    return path.endsWith(".csv") ? "packet,send_ms,delay_ms,lost\n0,0,7,0\n" : "5\n";
  };
  const json = { up: { trace: "up.csv" }, down: { mahimahi: "/abs/down.pps", delay: 3 } };
  const spec = parseNetScenario(json, "nets/lab.json", read);
  assert.deepEqual(asked, ["nets/up.csv", "/abs/down.pps"]);
  assert.deepEqual([...spec.up.trace!.delaysUs], [7000]);
  assert.equal(spec.down.capacity.model, "mahimahi");
});

test("parseNetScenario() refuses with the path in the file, the range and a remedy", () => {
  const cases: [unknown, string, RegExp][] = [
    [null, "its top", /a scenario is an object, not "null"/],
    [[], "its top", /a scenario is an object|takes an object/],
    [
      { down: { loss: 1.5 } },
      "down.loss",
      /a number from 0 to 1, or a text such as "2%", not "1.5"/,
    ],
    [{ loss: 5 }, "loss", /a number from 0 to 1/],
    [{ loss: "5" }, "loss", /not "\\"5\\""; write for example "loss": "2%"/],
    [{ loss: null }, "loss", /not "null"/],
    [{ up: { delay: -1 } }, "up.delay", /milliseconds from 0 to 60000.*"delay": 50/],
    [{ delay: 1e300 }, "delay", /milliseconds/],
    [{ queue: 1e9, rate: 5 }, "queue", /from 1 to 100000/],
    [{ queue: 1.5, rate: 5 }, "queue", /a whole number/],
    [{ jitter: 1, jitterdist: "x" }, "jitterdist", /uniform or normal/],
    [{ gemodel: [] }, "gemodel", /an array of p, r, 1-h, 1-k/],
    [{ gemodel: [0.1, 2] }, "gemodel", /each a number from 0 to 1/],
    [{ gemodel: [0.1, 0.1, 1, 0, 0] }, "gemodel", /an array/],
    [{ los: 0.1 }, "los", /there is no such option; did you mean loss\?/],
    [{ up: { delayMs: 5 } }, "up.delayMs", /did you mean delay\?/],
    [{ up: { preset: "4g" } }, "up.preset", /there is no such option/],
    [{ constructor: 1 }, "constructor", /there is no such option/],
    [JSON.parse('{"__proto__": {"loss": 1}}'), "__proto__", /there is no such option/],
    [{ "\u001b[2J": 1 }, '"\\u{1b}[2J"', /there is no such option/],
    [{ up: 5 }, "up", /takes an object of options, not "5"/],
    [{ preset: "4gg" }, "preset", /did you mean 4g\?/],
    [{ name: "" }, "name", /1 to 200 characters/],
    [{ name: "a\u001b[2J" }, "name", /printable/],
    [{ name: "x".repeat(201) }, "name", /1 to 200 characters/],
    [{ acklag: 1.5 }, "acklag", /whole frames from 0 to 100000/],
    [{ acklag: 6, delay: 5 }, "acklag", /stands alone/],
    [{ acklag: 6, up: { delay: 5 } }, "acklag", /stands alone/],
    [{ acklag: 6, preset: "4g" }, "acklag", /stands alone/],
    [{ loss: 0.5, burst: 4, badloss: 0.5 }, "loss", /goodloss <= loss < badloss does not hold/],
    [{ down: { loss: 0.6, burst: 1 } }, "down.loss", /p <= 1 does not hold.*burst=1.5/],
    [{ down: { burst: 4 } }, "down.burst", /not how many/],
    [{ trace: "a.csv" }, "a.csv", /files are not read here/],
  ];
  for (const [json, where, message] of cases) {
    assert.throws(() => parseNetScenario(json, "lab.json"), (error) => {
      assert.ok(error instanceof NetSpecError, `${error}`);
      assert.equal(error.where, where);
      assert.match(error.message, message);
      assert.match(error.message, /^Cannot read network "lab.json" at .+: .+; .+$/u);
      return true;
    }, JSON.stringify(json));
  }
});

test("parseNetScenario() gives a spec or a NetSpecError of one line for any JSON", () => {
  const names = ["loss", "burst", "delay", "gemodel", "up", "down", "rate", "queue", "acklag", "x"];
  const shaped = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(fc.jsonValue(), fc.double(), fc.dictionary(fc.constantFrom(...names), fc.jsonValue())),
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shaped), (json) => {
      try {
        parseNetScenario(json, "f");
      } catch (error) {
        assert.ok(error instanceof NetSpecError, `${error}`);
        assert.doesNotMatch(error.message, /[\p{C}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 1000 },
  );
});
