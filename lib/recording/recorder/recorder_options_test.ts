import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { MemorySink } from "../container/memory_file.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { Recorder } from "./recorder.ts";

class Named {
  readonly value = 1;
}

/** Options of a recorder that are none, and the whole message about each. */
const REFUSED: readonly [unknown, string][] = [
  [{ queueBytes: "64" }, 'TypeError: queueBytes is "64", expected bytes, more than 0'],
  [{ queueBytes: 0 }, "RangeError: queueBytes is 0, expected bytes, more than 0"],
  [{ queueBytes: 64n }, "TypeError: queueBytes is the bigint 64, expected bytes, more than 0"],
  [{ flushMs: "5" }, 'TypeError: flushMs is "5", expected milliseconds from 0 to 2147483647'],
  [{ flushMs: -1 }, "RangeError: flushMs is -1, expected milliseconds from 0 to 2147483647"],
  [{ flushMs: null }, "TypeError: flushMs is null, expected milliseconds from 0 to 2147483647"],
  [{ fsync: "yes" }, 'TypeError: fsync is "yes", expected true or false'],
  [{ fsync: 1 }, "TypeError: fsync is 1, expected true or false"],
  [{ existing: "append" }, 'TypeError: existing is "append", expected "refuse" or "replace"'],
  [{ onFailure: "log" }, 'TypeError: onFailure is "log", expected a function'],
  [{ preview: 0 }, "TypeError: preview is 0, expected true or false"],
  [{ sharesStates: "no" }, 'TypeError: sharesStates is "no", expected true or false'],
  [{ level: "3" }, 'TypeError: level is "3", expected a level of zstd from 1 to 22'],
  [{ level: 3.5 }, "RangeError: level is 3.5, expected a level of zstd from 1 to 22"],
  [{ rateHz: "60" }, 'TypeError: rateHz is "60", expected frames per second, above 0'],
  [{ rateHz: Infinity }, "RangeError: rateHz is Infinity, expected frames per second, above 0"],
  [{ names: {} }, "TypeError: names is an object, expected EntityNames"],
  [{ names: new Map() }, "TypeError: names is a Map, expected EntityNames"],
  [
    { schema: "player" },
    'TypeError: schema is "player", expected a schema, as the schema of defin',
  ],
  [{ source: "x" }, 'TypeError: source is "x", expected an object of texts by name'],
  [{ source: new Map([["a", "b"]]) }, "TypeError: source is a Map, expected an object of texts by"],
  [{ rewind: ["a"] }, "TypeError: rewind is a list, expected an object of texts by name"],
  [{ source: { game: 5 } }, 'TypeError: source has "game": 5, expected a text'],
  [{ replication: { a: new Named() } }, 'TypeError: replication has "a": a Named, expected a text'],
  [
    { source: { game: "a\ud83d" } },
    'TypeError: source has "game": "a\\\\u{d83d}", which is no Unico',
  ],
  [
    { source: { "a\udc00": "b" } },
    'TypeError: source has "a\\\\u{dc00}": "b", which is no Unicode',
  ],
  [{ flushms: 5 }, 'TypeError: There is no option "flushms"; did you mean flushMs?'],
  [{ "queue-bytes": 5 }, 'TypeError: There is no option "queue-bytes"; did you mean queueBytes?'],
  [{ offThread: true }, 'TypeError: There is no option "offThread"; options are schema, rateHz, '],
  [{ constructor: 1 }, 'TypeError: There is no option "constructor"; options are schema, rateHz'],
  [null, "TypeError: The options are null, expected an object of them"],
  ["level", 'TypeError: The options are "level", expected an object of them'],
  [[], "TypeError: The options are a list, expected an object of them"],
];

test("Recorder.open() refuses what is no option or no value of one, in one line each", async () => {
  for (const [options, message] of REFUSED) {
    await assert.rejects(Recorder.open(new MemorySink(), options as object), (error: Error) => {
      assert.equal(String(error).slice(0, message.length), message);
      assert.ok(!String(error).includes("\n"));
      return true;
    });
  }
});

test("Recorder.open() takes every option, and any that is undefined", async () => {
  const options = {
    schema: undefined,
    rateHz: 60,
    level: 1,
    names: new EntityNames(),
    source: { game: "made" },
    replication: undefined,
    rewind: Object.create(null),
    preview: false,
    sharesStates: false,
    flushMs: 0,
    fsync: false,
    existing: undefined,
    queueBytes: Infinity,
    onFailure: undefined,
  } as const;
  const recorder = await Recorder.open(new MemorySink(), options as object);
  await recorder.close();
});

test("RecordingWriter.open() refuses what is no option or no value of one", async () => {
  const open = (options: object) => RecordingWriter.open(new MemorySink(), options);
  await assert.rejects(
    open({ flushMs: 5 }),
    /TypeError: There is no option "flushMs"; options are/,
  );
  await assert.rejects(open({ offthread: true }), /did you mean offThread\?/);
  await assert.rejects(open({ offThread: "no" }), /offThread is "no", expected true or false/);
  await assert.rejects(open({ source: "x" }), /TypeError: source is "x", expected an object of/);
});
