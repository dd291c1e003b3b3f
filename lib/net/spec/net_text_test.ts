import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type LinkSpec, PERFECT_LINK } from "../link/link_spec.ts";
import { NetSpecError } from "../link/net_spec_error.ts";
import { parseNetSpec } from "./net_text.ts";

const FILES: Record<string, string> = {
  "a.csv": "packet,send_ms,delay_ms,lost\n0,0,10,0\n1,20,,1\n",
  "b.csv": "packet,send_ms,delay_ms,lost\n0,0,20,0\n",
  "bad.csv": "packet,send_ms,delay_ms,lost\n0,0,20,3\n",
  "up.pps": "10\n20\n",
  "down.pps": "5\n",
  "lab.json": `{"name": "lab", "delay": 20, "down": {"loss": "4%", "burst": 2}}`,
  "broken.json": "{",
};

function readText(path: string): string {
  const text = FILES[path];
  if (text === undefined) throw new Error(`no file ${path}`);
  return text;
}

const delay = (delayMs: number, jitterMs = 0): LinkSpec["delay"] => ({
  delayUs: delayMs * 1000,
  jitterUs: jitterMs * 1000,
  jitterDistribution: "uniform",
  reorder: 0,
});

test("parseNetSpec() reads none, options for both directions, and for one", () => {
  assert.deepEqual(parseNetSpec("none"), { name: "none", up: PERFECT_LINK, down: PERFECT_LINK });
  const link: LinkSpec = {
    ...PERFECT_LINK,
    delay: delay(50, 10),
    loss: { model: "bernoulli", loss: 0.02 },
  };
  const text = "delay=50,jitter=10,loss=2%";
  assert.deepEqual(parseNetSpec(text), { name: text, up: link, down: link });
  const sided = parseNetSpec(" delay.up=7.5, delay=50 ,jitter=10,loss=2%,loss.down=0");
  assert.equal(sided.name, "delay.up=7.5,delay=50,jitter=10,loss=2%,loss.down=0");
  assert.deepEqual(sided.up, { ...link, delay: delay(7.5, 10) });
  assert.deepEqual(sided.down, { ...link, loss: { model: "none" } });
});

test("parseNetSpec() reads acklag", () => {
  const { up, down, ackLagFrames, name } = parseNetSpec("acklag=6");
  assert.deepEqual([up, down, ackLagFrames, name], [PERFECT_LINK, PERFECT_LINK, 6, "acklag=6"]);
  assert.equal(parseNetSpec("acklag=0").ackLagFrames, 0);
});

test("parseNetSpec() reads every option", () => {
  const { down } = parseNetSpec(
    "delay=50ms,jitter=2.5ms,jitterdist=normal,loss=5%,burst=2,badloss=41%,goodloss=1%," +
      "reorder=.5%,duplicate=100%,rate=1.5mbit,queue=40",
  );
  assert.equal(down.loss.model, "gilbert-elliott");
  if (down.loss.model !== "gilbert-elliott") return;
  // piBad = (5 - 1) / (41 - 1) % = 0.1, p = 0.1 * 0.5 / 0.9
  assert.ok(Math.abs(down.loss.p - 1 / 18) < 1e-12);
  assert.deepEqual({ ...down.loss, p: 0 }, {
    model: "gilbert-elliott",
    p: 0,
    r: 0.5,
    badLoss: 0.41,
    goodLoss: 0.01,
  });
  assert.deepEqual({ ...down, loss: 0 }, {
    loss: 0,
    delay: { delayUs: 50_000, jitterUs: 2500, jitterDistribution: "normal", reorder: 0.005 },
    duplicate: 1,
    capacity: { model: "rate", rateBps: 1_500_000, queuePackets: 40 },
  });
});

test("parseNetSpec() reads netem's gemodel, with tc's defaults for what is left out", () => {
  const chains: [string, number[]][] = [
    ["gemodel=1.3%,25%,50%,0.1%,delay=5", [0.013, 0.25, 0.5, 0.001]],
    ["delay=5,gemodel=1%,10%,70%", [0.01, 0.1, 0.7, 0]],
    ["delay=5,gemodel=1%,10%", [0.01, 0.1, 1, 0]],
    ["gemodel=1%,delay=5", [0.01, 0.99, 1, 0]],
    ["gemodel=0,100%,0,0,delay=5", [0, 1, 0, 0]],
  ];
  for (const [text, [p, r, badLoss, goodLoss]] of chains) {
    const { down } = parseNetSpec(text);
    assert.deepEqual(down.loss, { model: "gilbert-elliott", p, r, badLoss, goodLoss }, text);
    assert.equal(down.delay.delayUs, 5000, text);
  }
});

test("parseNetSpec() reads a preset with overrides; burst and gemodel replace each other", () => {
  const { up, down } = parseNetSpec("4g,loss=5%,delay.up=60");
  assert.deepEqual(down.loss, { model: "bernoulli", loss: 0.05 });
  assert.deepEqual([up.delay, down.delay], [delay(60, 5), delay(35, 5)]);
  const chain = { model: "gilbert-elliott", p: 0.01, r: 0.1, badLoss: 1, goodLoss: 0 };
  assert.deepEqual(parseNetSpec("wifi-lossy,gemodel=1%,10%").up.loss, chain);
  const sided = parseNetSpec("gemodel=1%,10%,loss.up=3%");
  assert.deepEqual([sided.up.loss, sided.down.loss], [{ model: "bernoulli", loss: 0.03 }, chain]);
});

test("parseNetSpec() reads trace, mahimahi and scenario files", () => {
  const one = parseNetSpec("trace:a.csv", readText);
  assert.deepEqual(one.up.trace, one.down.trace);
  assert.deepEqual([...one.down.trace!.delaysUs], [10_000, 0]);
  const two = parseNetSpec("trace:a.csv,b.csv,rate=100", readText);
  assert.deepEqual([...two.down.trace!.delaysUs], [20_000]);
  assert.equal(two.down.capacity.model, "rate");
  const cells = parseNetSpec("mahimahi:up.pps,down.pps,delay=20,queue=50", readText);
  assert.deepEqual(cells.down.delay, delay(20));
  const opportunitiesMs = Uint32Array.of(10, 20);
  assert.deepEqual(cells.up.capacity, {
    model: "mahimahi",
    trace: { opportunitiesMs },
    queuePackets: 50,
  });
  const lab = parseNetSpec("lab.json", readText);
  assert.deepEqual([lab.name, lab.up.delay], ["lab", delay(20)]);
  const lab2 = parseNetSpec("lab.json,loss=8%", readText);
  assert.equal(lab2.name, "lab.json,loss=8%");
  assert.deepEqual([lab2.up.loss.model, lab2.down.loss.model], ["bernoulli", "gilbert-elliott"]);
});

test("parseNetSpec() passes on what the reader of files throws", () => {
  assert.throws(() => parseNetSpec("trace:none.csv", readText), { message: "no file none.csv" });
});

test("parseNetSpec() refuses with place, reason and remedy", () => {
  const cases: [string, RegExp][] = [
    ["", /"" at its start: a part is empty; use one of none, wifi/],
    [",", /at its start/],
    ["4gg", /at "4gg": there is no preset of that name; did you mean 4g\?/],
    ["wifi_lossy", /did you mean wifi-lossy\?/],
    ["delay", /did you mean delay=\?/],
    ["zzzzzzzz", /use one of none, wifi, 5g/],
    ["4g,wifi", /at "wifi": a part is no key=value/],
    ["loss=2%,", /at a comma: a part is no key=value/],
    ["loss=2", /at "loss=2": 2 may be meant as 2 % or as a fraction; .*as in loss=2%/],
    ["loss=0.02", /at "loss=0.02": 0.02 may be meant/],
    ["loss=1", /1 may be meant as 1 %/],
    ["loss=101%", /loss takes a share from 0% to 100%/],
    ["loss=-1%", /loss takes a share/],
    ["loss=%", /loss takes a share/],
    ["loss=NaN%", /loss takes a share/],
    ["loss=", /loss takes a share/],
    ["loss=2%%", /loss takes a share/],
    ["losss=2%", /at "losss": there is no such option; did you mean loss\?/],
    ["toString=2", /at "toString": there is no such option/],
    ["__proto__=2", /there is no such option/],
    ["loss=2%,loss=3%", /at "loss": it is said twice/],
    ["loss.up=2%,loss.up=3%", /at "loss.up": it is said twice/],
    ["loss.left=2%", /at "loss.left": a direction is up or down; write loss.up=/],
    ["loss.both=2%", /a direction is up or down/],
    ["delay=-5", /at "delay=-5": delay takes milliseconds from 0 to 60000/],
    ["delay=1e300", /delay takes milliseconds/],
    ["delay=60001", /delay takes milliseconds/],
    ["delay=0x10", /delay takes milliseconds/],
    ["delay=5s", /delay takes milliseconds/],
    ["jitter=Infinity", /jitter takes milliseconds/],
    ["jitterdist=gauss,jitter=1", /jitterdist takes uniform or normal/],
    ["delay=5,jitterdist=normal", /at jitterdist: there is no jitter/],
    ["burst=4", /at burst: it says how packets are lost, not how many; add for example loss=2%/],
    ["loss=2%,burst=0.5", /burst takes a mean number of packets from 1/],
    ["loss=2%,burst=1e9", /burst takes/],
    ["loss=2%,badloss=50%", /at badloss: without burst there is no bad state; add .*burst=4/],
    ["loss=2%,goodloss=1%", /at goodloss: without burst/],
    ["loss=60%,burst=4,badloss=50%", /at loss: goodloss <= loss < badloss does not hold/],
    ["loss=1%,burst=4,goodloss=2%", /goodloss=2%, loss=1%, badloss=100%; bring loss/],
    ["loss.up=60%,burst=1", /at loss.up: p <= 1 does not hold: .*needs p = 1.5; use burst=1.5/],
    [
      "gemodel=1,2",
      /1 may be meant as 1 %.*write the percent sign, as in gemodel=1.3%,25%,100%,0%/,
    ],
    ["gemodel=1%,2%,3%,4%,5%", /gemodel takes netem's p,r,1-h,1-k/],
    ["gemodel=101%", /gemodel takes/],
    ["gemodel=1%,10%,loss=2%", /at loss: gemodel fixes the loss already; drop loss or gemodel/],
    ["reorder=5%", /at reorder: nothing can be overtaken without a delay/],
    ["queue=5", /at queue: nothing queues on a link without a rate/],
    ["rate=1000,queue=1e9", /queue takes a whole number of packets from 1 to 100000/],
    ["rate=1000,queue=1000000000", /queue takes a whole number/],
    ["rate=1000,queue=1.5", /queue takes a whole number/],
    ["rate=0", /rate takes kbit\/s from 1/],
    ["rate=10kbps", /rate takes kbit\/s/],
    ["rate=1e12", /rate takes kbit\/s/],
    ["acklag=6,delay=5", /at acklag: acklag stands alone/],
    ["delay=5,acklag=6", /at acklag: acklag stands alone/],
    ["acklag=-1", /acklag takes whole frames from 0 to 100000/],
    ["acklag=1.5", /acklag takes whole frames/],
    ["acklag=4294967296", /acklag takes whole frames/],
    ["trace:", /at trace:: a file name is empty/],
    ["mahimahi:up.pps", /at mahimahi:: it needs a file for each direction/],
    ["trace:bad.csv", /network "bad.csv" at line 2: lost is not 0 or 1/],
    ["trace:a.csv,loss=2%", /at loss: a trace fixes delay and loss of every packet; drop loss/],
    ["trace:a.csv,delay.up=2", /at delay.up: a trace fixes/],
    ["broken.json", /network "broken.json" at its text: it is not JSON/],
    ["loss=2%\u001b[31m", /"loss=2%\\u\{1b\}\[31m" at its text: it holds a control character/],
    ["loss=2%\n", /control character/],
    [`loss=${"9".repeat(5000)}`, /longer than 4096 characters/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => parseNetSpec(text, readText), (error) => {
      assert.ok(error instanceof NetSpecError, `${text}: ${error}`);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /[\p{C}\n]/u);
      return true;
    }, text);
  }
});

test("parseNetSpec() without a reader refuses files", () => {
  for (const text of ["trace:a.csv", "mahimahi:a,b", "lab.json"]) {
    assert.throws(() => parseNetSpec(text), {
      name: "NetSpecError",
      message: /files are not read/,
    });
  }
});

test("parseNetSpec() gives a spec or a NetSpecError of one line for any text", () => {
  const part = fc.constantFrom(
    ..."none 4g delay loss burst gemodel rate queue trace: .up .down = = , , 1 5 % 2% 10 acklag -"
      .split(" "),
    "a.csv",
    "\u0000",
    "\u2028",
  );
  const text = fc.oneof(fc.string(), fc.array(part, { maxLength: 12 }).map((all) => all.join("")));
  fc.assert(
    fc.property(text, (value) => {
      try {
        parseNetSpec(value, () => FILES["a.csv"]!);
      } catch (error) {
        assert.ok(error instanceof NetSpecError, `${error}`);
        assert.doesNotMatch(error.message, /[\p{C}\p{Zl}\p{Zp}]/u);
      }
    }),
    { numRuns: 2000 },
  );
});
