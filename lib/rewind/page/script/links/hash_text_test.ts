import assert from "node:assert/strict";
import { test } from "node:test";
import { hashText, readHash } from "./hash_text.js";

test("readHash() reads shots, frames and times, with what else a link says", () => {
  assert.equal(readHash(""), undefined);
  assert.equal(readHash("#"), undefined);
  assert.deepEqual(readHash("#shot-61"), { place: { kind: "shot", value: 61 } });
  assert.deepEqual(readHash("#frame-895"), { place: { kind: "frame", value: 895 } });
  assert.deepEqual(readHash("#time-14221.5"), { place: { kind: "time", value: 14221.5 } });
  const since1970 = { place: { kind: "time", value: 1_764_338_580_000.25 } };
  assert.deepEqual(readHash("#time-1764338580000.25"), since1970);
  assert.deepEqual(readHash("#time--250"), { place: { kind: "time", value: -250 } });
  assert.deepEqual(readHash("#shot-0&back=12.5&policy=ping%2B5&from=..%2Fa%20b.html"), {
    ...{ place: { kind: "shot", value: 0 }, backMs: 12.5, policy: "ping+5" },
    from: { name: "../a b.html", address: "../a%20b.html" },
  });
  assert.equal(readHash("#shot-3&from=report.html")?.from?.address, "report.html");
});

test("readHash() says of a hash that names no shot what one looks like", () => {
  for (
    const hash of [
      ...["#shot", "#shot-", "#shot--1", "#shot-1.5", "#frame-0x1", "#shot-1e3", "#second-70"],
      ...["#back=5", "#&shot-1", "#<img src=x>", "#\u202e", `#shot-1&${"a".repeat(1000)}`],
    ]
  ) {
    const { place, wrong } = readHash(hash)!;
    assert.equal(place, undefined, hash);
    assert.match(wrong!, /^The link's “.{1,200}” names no shot; #shot-61, #frame-895 and /, hash);
  }
  assert.ok(readHash("#\u202e")!.wrong!.includes("\\u{202e}"));
});

test("readHash() leaves aside what it does not understand, and links to nothing else", () => {
  for (
    const part of [
      ...["back=-5", "back=1e9", "back", "from=javascript:alert(1)//.html", "from=//host/x.html"],
      ...[
        "from=%2Fetc%2Fx.html",
        "from=https%3A%2F%2Fhost%2Fx.html",
        "from=%252F%252Fhost%252Fx.html",
        "from=100%25.html",
        "from=%E0%A4%A",
        "x=1",
        "",
      ],
      ...["from=a%5Cb.html", "from=java%09script:x.html", `from=${"a".repeat(200)}.html`],
    ]
  ) {
    const { place, wrong, ...more } = readHash(`#shot-7&${part}`)!;
    assert.deepEqual([place, more], [{ kind: "shot", value: 7 }, {}], part);
    assert.match(wrong!, /is left aside/, part);
  }
});

test("hashText() writes what readHash() reads", () => {
  assert.equal(hashText({ shot: 61 }), "#shot-61");
  const named = { name: "../a&b #1 100%.html", address: "../a%26b%20%231%20100%25.html" };
  const hash = hashText({
    shot: 61,
    backMs: 0.1 + 0.2,
    policy: "source:stop=64,lerp=a&b",
    from: named,
  });
  assert.deepEqual(readHash(hash), {
    ...{ place: { kind: "shot", value: 61 }, backMs: 0.3, policy: "source:stop=64,lerp=a&b" },
    from: named,
  });
});
