/** Subpaths of the package that hold code, and the module of the sources of each. */
export const SUBPATHS: Readonly<Record<string, string>> = {
  "": "mod.ts",
  "/world": "lib/world.ts",
  "/recording": "lib/recording.ts",
  "/ingest": "lib/ingest.ts",
  "/net": "lib/net.ts",
  "/report": "lib/report.ts",
  "/rewind": "lib/rewind.ts",
};

/** Prints the names of each subpath, and a state that went into a recording and out again. */
export const IMPORTER = `
const names = {};
for (const subpath of ${JSON.stringify(Object.keys(SUBPATHS))}) {
  names[subpath] = Object.keys(await import("@hindcast/hindcast" + subpath)).sort();
}
const { MemorySink, MemorySource, RecordingReader, RecordingWriter } = await import(
  "@hindcast/hindcast/recording"
);
const schema = { kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }] };
const sink = new MemorySink();
const writer = await RecordingWriter.open(sink, { schema });
await writer.write({ frame: 7, timeMs: 350, entities: [{ id: 3, kind: "ship", fields: { x: -2 } }] });
await writer.close();
const answer = await (await RecordingReader.open(new MemorySource(sink.bytes()))).at(7);
console.log(JSON.stringify({ names, frame: answer.state.toFrame() }));
`;

/** The half of a game that a browser needs. */
export const CLIENT = `
import { encodeAck, Receiver } from "@hindcast/hindcast";
import { SnapshotLayout, WorldReader } from "@hindcast/hindcast/world";
globalThis.open = (schema) => new Receiver(new WorldReader(new SnapshotLayout(schema), "varint"));
globalThis.ack = encodeAck;
`;

/** Uses what most users use of every subpath, with types of its own. */
export const TYPED = `
import { ACK_POLICIES, type Decoded, defineSchema, Receiver, Ring } from "@hindcast/hindcast";
import { Snapshot, SnapshotLayout, ViewPlanner, WorldReader, WorldTracker } from "@hindcast/hindcast/world";
import { FileSink, MemorySource, RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
import { type ByteSource, readStates, SchemaInference } from "@hindcast/hindcast/ingest";
import { type NetSpec, parseNetSpec } from "@hindcast/hindcast/net";
import { type BandwidthReport, measureBandwidth, reportHtml, RUN_DEFAULTS } from "@hindcast/hindcast/report";
import { type HitModel, type LiveShot, parseHitModel, parseRewindPolicy, rayBetween, rewind } from "@hindcast/hindcast/rewind";

export type Cli = typeof import("@hindcast/hindcast/cli");
export type Loaded = Decoded<{ x: number }>;
export const policies: readonly string[] = ACK_POLICIES;

const game = defineSchema({ ship: { x: "i16", mode: { type: "enum", values: ["idle", "fire"] } } });
const tracker = new WorldTracker<number>(game.layout, "varint", { policy: "strict" });
export const planner = new ViewPlanner(tracker, { budgetKbps: 64 });
tracker.begin(game.pack({
  frame: 1,
  timeMs: 50,
  entities: [{ id: 1, kind: "ship", fields: { x: 1, mode: "fire" } }],
}));
const received = new Receiver(new WorldReader(game.layout, "varint")).receive(tracker.append(1));
if (received.outcome === "decoded") {
  const [ship] = game.unpack(received.state).entities;
  const mode: "idle" | "fire" | undefined = ship?.fields.mode;
  // @ts-expect-error a number is no text
  const wrong: string | undefined = ship?.fields.x;
  if (mode === "idle") throw new Error(wrong);
}

export async function record(input: ByteSource, path: string): Promise<number> {
  const inference: SchemaInference = new SchemaInference();
  const writer = await RecordingWriter.open(new FileSink(path));
  for await (const frame of readStates(input)) await writer.write(frame);
  await writer.close();
  return Object.keys(inference).length;
}

export async function report(bytes: Uint8Array): Promise<readonly number[]> {
  const reader = await RecordingReader.open(new MemorySource(bytes));
  const net: NetSpec = parseNetSpec("4g");
  const runs = await measureBandwidth(reader.layout, reader.snapshots(), [{ ...RUN_DEFAULTS, net }]);
  return runs.map(({ consumers }) => consumers);
}
export const page: (report: BandwidthReport) => string = reportHtml;

export function victimOf(ring: Ring<Snapshot>, shot: LiveShot): number | null {
  const model: HitModel = parseHitModel(["ship=sphere:4"]);
  const ray = rayBetween([0, 0, 0], [1, 0, 0]);
  return rewind(ring, parseRewindPolicy("ms:80"), { ...shot, ray }, { model }).victim;
}
export const layout: SnapshotLayout = game.layout;
// @ts-expect-error what is no stream cannot be read
readStates(7);
`;

/** What has the web's own types. */
export const TYPED_WEB = `
import { readStates } from "@hindcast/hindcast/ingest";
export const states = (response: Response) => readStates(response.body!);
export const texts = (stream: ReadableStream<string>) =>
  // @ts-expect-error texts are no bytes
  readStates(stream);
`;
