import assert from "node:assert/strict";
import { test } from "node:test";
import { MemorySink, MemorySource, RecordingReader, RecordingWriter } from "../../lib/recording.ts";
import { type CommandError, EXIT } from "../exit_code.ts";
import { selectedPart, type SelectionFlags } from "./selection_flags.ts";

async function openFrames(): Promise<RecordingReader> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  for (const frame of [10, 11, 13]) {
    const fields = { "a,b": frame, x: 1 };
    await writer.write({ frame, timeMs: frame * 100, entities: [{ id: 1, kind: "k", fields }] });
  }
  await writer.close();
  return await RecordingReader.open(new MemorySource(sink.bytes()));
}

async function framesOf(flags: SelectionFlags): Promise<number[]> {
  const frames: number[] = [];
  const part = await selectedPart(await openFrames(), flags);
  for await (const { frame } of part.frames()) frames.push(frame.frame);
  return frames;
}

test("selectedPart() takes frames and times as the ends of a span, both included", async () => {
  assert.deepEqual(await framesOf({ from: "11" }), [11, 13]);
  assert.deepEqual(await framesOf({ from: "1100ms", to: "1.1s" }), [11]);
  assert.deepEqual(await framesOf({ from: "1100.5ms" }), [13]);
  assert.deepEqual(await framesOf({ from: "0s", to: "1299ms" }), [10, 11]);
  assert.deepEqual(await framesOf({ to: "9s" }), [10, 11, 13]);
});

test("selectedPart() takes a name with a comma whole, and splits all else", async () => {
  const reader = await openFrames();
  const fieldsOf = async (fields: string[]) => {
    const { schema } = await selectedPart(reader, { fields });
    return schema.kinds[0]!.fields.map(({ name }) => name);
  };
  assert.deepEqual(await fieldsOf(["a,b"]), ["a,b"]);
  assert.deepEqual(await fieldsOf(["x", "k.a,b"]), ["a,b", "x"]);
  await assert.rejects(fieldsOf(["a, x"]), /no field "a"; it has a,b, x/);
});

test("selectedPart() blames the command line for what the recording lacks", async () => {
  const refusals: readonly [SelectionFlags, RegExp][] = [
    [{ from: "-1" }, /^--from is "-1", expected a frame/],
    [{ from: "4294967296" }, /^--from is/],
    [{ to: "999ms" }, /^--to 999ms is before the first frame$/],
    [{ from: "1301ms" }, /holds no frame/],
    [{ from: "13", to: "10" }, /ends before it starts/],
    [{ ids: ["1,x"] }, /^--ids has "x"/],
    [{ ids: ["4294967296"] }, /^--ids has/],
    [{ kinds: ["l"] }, /no kind "l"/],
    [{ kinds: ["k"], events: "only" }, /^--kinds, --ids and --fields choose states/],
  ];
  for (const [flags, message] of refusals) {
    await assert.rejects(framesOf(flags), (error: CommandError) => {
      assert.match(error.message, message);
      assert.equal(error.exitCode, EXIT.usage);
      return true;
    });
  }
});
