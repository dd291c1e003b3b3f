import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { contentOf, filesOf } from "./recorded_content_test_helper.ts";

/** Frames with fields and kinds that come up late, texts of any length, and events between them. */
const streams = fc.array(
  fc.record({
    fields: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 14 }),
        fc.oneof(
          fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
          fc.string({ maxLength: 60 }),
          fc.integer(),
        ),
      ),
      { maxLength: 12 },
    ),
    kind: fc.integer({ min: 0, max: 1 }),
    waitMs: fc.integer({ min: 1, max: 900 }),
    events: fc.array(fc.string({ maxLength: 40 }), { maxLength: 2 }),
  }),
  { minLength: 100, maxLength: 250 },
);

test(
  "record --rotate SIZE and --max-size are bounds, whatever is recorded",
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(streams, fc.boolean(), fc.boolean(), async (steps, isPipe, hasPreview) => {
        let t = 0;
        const lines = steps.flatMap(({ fields, kind, waitMs, events }, f) => {
          t += waitMs;
          // A field has one type in a kind.
          const values = fields.map(([field, value]) => [`${typeof value}${field}`, value]);
          return [
            ...events.map((text) => ({ f, ev: "said", text })),
            {
              f,
              t,
              entities: [{ id: `e${f % 9}`, kind: `k${kind}`, ...Object.fromEntries(values) }],
            },
          ];
        });
        await inFolder(async (cwd) => {
          const input = ndjson(lines);
          writeFileSync(join(cwd, "in"), input);
          const from = ["record", isPipe ? "-" : "in", ...(hasPreview ? ["--preview"] : [])];
          const rotated = await hindcast([...from, "-o", "out.mcap", "--rotate", "60kB"], {
            cwd,
            input,
          });
          assert.equal(rotated.code, 0, rotated.stderr);
          let frames = 0;
          for (const name of filesOf(cwd, "out")) {
            const content = await contentOf(join(cwd, name));
            frames += content.frames.length;
            // Two events of the last gap may come on top.
            const bytesMax = content.frames.length === 1 ? Infinity : 60_000 + 2 * 400;
            const { size } = statSync(join(cwd, name));
            assert.ok(size <= bytesMax, `${name} has ${size} bytes`);
          }
          assert.equal(frames, steps.length);
          const limited = await hindcast([...from, "-o", "max.mcap", "--max-size", "60kB"], {
            cwd,
            input,
          });
          if (limited.code === 1) assert.match(limited.stderr, /too small for the first frame/);
          else {
            assert.ok(limited.code === 0 || limited.code === 4, limited.stderr);
            assert.ok(statSync(join(cwd, "max.mcap")).size <= 60_000);
          }
          assert.deepEqual(readdirSync(cwd).filter((name) => name.endsWith(".part")), []);
        });
      }),
      { numRuns: 12, endOnFailure: true },
    ),
);
