import type { RecordingReader } from "../../lib/recording.ts";
import { frameChecksums } from "../../lib/tools/checksum/frame_checksums.ts";
import { RecordingPart } from "../../lib/tools/select/recording_part.ts";
import { outputBar } from "../terminal/output_bar.ts";
import { print, Progress } from "../terminal/terminal.ts";

/** Length of text that is printed at once. */
const PIECE = 1 << 16;

/** Prints a checksum a frame as it is read: a line each, or the items of a list in JSON. */
export async function printChecksums(reader: RecordingReader, isJson: boolean): Promise<void> {
  const progress = new Progress();
  const onFrame = outputBar(progress, ["-"], "reading", reader.frameCount);
  try {
    let piece = isJson ? "[" : "";
    let mark = "\n";
    for await (const { frame, checksum } of frameChecksums(RecordingPart.of(reader))) {
      if (!isJson) piece += `${frame} ${checksum}\n`;
      else piece += `${mark}  {"frame": ${frame}, "checksum": "${checksum}"}`;
      mark = ",\n";
      onFrame();
      if (piece.length < PIECE) continue;
      await print(piece);
      piece = "";
    }
    await print(piece + (isJson ? `${mark === "\n" ? "" : "\n"}]\n` : ""));
  } finally {
    progress.clear();
  }
}
