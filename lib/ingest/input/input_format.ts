/** Formats of states: NDJSON with a row a line or a frame a line, or CSV with a header. */
export const INPUT_FORMATS = ["rows", "frames", "csv"] as const;

/** How states are written. */
export type InputFormat = typeof INPUT_FORMATS[number];
