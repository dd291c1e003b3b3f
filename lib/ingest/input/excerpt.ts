const LENGTH_MAX = 60;

/** A value as it stands in a message: JSON, cut after 60 characters, on one line. */
export function excerpt(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** A value that is not what it should be, as messages put it. */
export function describe(value: unknown): string {
  return typeof value === "string" ? `the text ${excerpt(value)}` : excerpt(value);
}

/** Text cut after 60 characters, with a mark where it was cut. */
export function shorten(text: string): string {
  return text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX)}…`;
}
