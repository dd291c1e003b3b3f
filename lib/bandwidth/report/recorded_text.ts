import { visibleText } from "../../core/visible_text.ts";

/** Longest fact that is shown whole: a wire schema is longer than a line. */
const FACT_LENGTH_MAX = 60;

/** What a recording says of its server's replication, in one line. */
export function recordedText(recorded: Readonly<Record<string, string>>): string {
  return Object.entries(recorded).map(([name, text]) =>
    name === "wire"
      ? "wire schema in the file"
      : `${visibleText(name)} ${visibleText(text, FACT_LENGTH_MAX)}`
  ).join(" · ");
}
