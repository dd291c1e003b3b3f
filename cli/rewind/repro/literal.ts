/** Longest literal that stays on one line. */
const LINE_MAX = 96;

/**
 * A value as a TypeScript literal, short ones on one line. Takes what JSON takes, and maps, numbers
 * of every kind, bigints, and undefined.
 */
export function literalOf(value: unknown, indent: string = ""): string {
  const short = shortLiteral(value);
  if (indent.length + short.length <= LINE_MAX || typeof value !== "object" || value === null) {
    return short;
  }
  const inner = indent + "  ";
  const lines = (parts: readonly string[]) =>
    parts.map((part) => `\n${inner}${part},`).join("") + `\n${indent}`;
  if (value instanceof Map) return `new Map(${literalOf([...value], indent)})`;
  if (Array.isArray(value)) return `[${lines(value.map((item) => literalOf(item, inner)))}]`;
  const members = Object.entries(value).map(([key, item]) =>
    `${keyOf(key)}: ${literalOf(item, inner)}`
  );
  return `{${lines(members)}}`;
}

function shortLiteral(value: unknown): string {
  if (typeof value === "string") return textLiteral(value);
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Map) return `new Map(${shortLiteral([...value])})`;
  if (Array.isArray(value)) return `[${value.map(shortLiteral).join(", ")}]`;
  const members = Object.entries(value).map(([key, item]) =>
    `${keyOf(key)}: ${shortLiteral(item)}`
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function keyOf(key: string): string {
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : textLiteral(key);
}

function textLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u2028\u2029\p{Cf}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
