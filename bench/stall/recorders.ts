/** Ways of recording a server, one of which is not to. */
import { join } from "node:path";
import { FileSink, Recorder, RecordingWriter } from "../../lib/recording.ts";
import type { Schema } from "../../lib/core/state/schema.ts";
import type { Snapshot } from "../../lib/world.ts";

/** A server's recording. */
export interface ServerRecording {
  /** Takes a frame. */
  write(snapshot: Snapshot): void;
  /** Ends. @returns frames that are recorded, undefined for none at all */
  close(): Promise<number | undefined>;
}

/** Starts one in a folder. */
export type StartRecording = (folder: string, schema: Schema) => Promise<ServerRecording>;

/** All of them by name. */
export const RECORDINGS: ReadonlyMap<string, StartRecording> = new Map([
  ["not recording", async () => ({ write() {}, close: async () => undefined })],
  ["Recorder", recorder],
  ["RecordingWriter, level 3", writer(3)],
  ["RecordingWriter, level 15", writer(15)],
]);

async function recorder(folder: string, schema: Schema): Promise<ServerRecording> {
  const recorder = await Recorder.open(join(folder, "server.mcap"), { schema });
  return {
    write: (snapshot) => recorder.writeSnapshot(snapshot),
    close: async () => (await recorder.close()).frames,
  };
}

function writer(level: number): StartRecording {
  return async (folder, schema) => {
    const sink = new FileSink(join(folder, "server.mcap"));
    const writer = await RecordingWriter.open(sink, { schema, level });
    return {
      write: (snapshot) => void writer.writeSnapshot(snapshot),
      async close() {
        const { frames } = await writer.close();
        sink.close();
        return frames;
      },
    };
  };
}
