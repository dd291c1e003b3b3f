import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { makeHistory, range } from "../worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import { samplePage, SHOTS } from "./sample_page_test_helper.ts";

const SLOW = { timeout: 120_000 };

const HOSTILE = `<img src=x onerror=alert(1)>'"</script><!--\u2028\u001b`;

test("pageHtml() holds the page's data, and allows its own script and no request", () => {
  const page = samplePage();
  const html = pageHtml(page);
  const [, json] = /<script type="application\/json" id="page">([^<]*)<\/script>/.exec(html)!;
  assert.deepEqual(JSON.parse(json!), JSON.parse(JSON.stringify(page)));
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(html)!;
  const hash = createHash("sha256").update(script!).digest("base64");
  assert.ok(policy!.startsWith(`default-src 'none'; script-src 'sha256-${hash}'; `));
  assert.doesNotMatch(html, /(?:src|href)="(?!data:,"|#main")/);
  assert.doesNotMatch(script!, /^\s*(?:import|export) /m);
});

test("pageHtml() escapes names wherever they stand", () => {
  const html = pageHtml({
    ...samplePage({ recording: HOSTILE }),
    policies: samplePage().policies.map((policy) => ({ ...policy, policy: HOSTILE })),
    kinds: [{ kind: HOSTILE, shapes: [] }],
    omissions: [HOSTILE],
  });
  assert.ok(!html.includes("<img") && !html.includes("<!--"));
  assert.equal(html.match(/<\/script>/g)!.length, 2);
  assert.doesNotMatch(html.replaceAll(/[\n\t]/g, ""), /[\p{Cc}\u2028\u2029]/u);
  assert.ok(html.includes("<title>&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&lt;/script&gt;"));
});

test("pageHtml() takes a page without shots, sweep or verdicts", () => {
  assert.ok(pageHtml(samplePage({ shots: [] })).includes("There are no shots."));
  const shots = SHOTS.map((shot) => ({ ...shot, verdict: undefined }));
  assert.ok(
    pageHtml({ ...samplePage({ shots }), sweep: [] }).includes(
      "Not swept: no shot says what the game made of it",
    ),
  );
});

test("pageHtml() stays bounded for many shots of many targets", SLOW, () => {
  const ids = range(2, 60);
  const place = (id: number) => (f: number) => [300 + id, Math.sin(f * id) * 900, id] as const;
  const history = makeHistory(range(0, 1500), 20, {
    1: () => [0, 0, 0],
    ...Object.fromEntries(ids.map((id) => [id, place(id)])),
  });
  const shots = range(0, 3000).map((index) => {
    const frame = 20 + (index % 1400);
    return { ...SHOTS[0]!, index, frame, timeMs: frame * 20, verdict: 2 };
  });
  // Nobody runs 1800 units in 20 ms.
  const options = { teleportUnits: 100 };
  const bounds = { shots: 500, poses: 40_000, policies: 16 };
  const html = pageHtml(samplePage({ history, shots: shots.slice(0, 800), bounds, options }));
  assert.ok(html.length < 4_000_000, `${html.length}`);
  assert.match(html, /Of 800 shots \d+ are shown/);
});
