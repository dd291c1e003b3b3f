import { OPTION_RULES, type OptionName, type OptionRule } from "./link_options.ts";

/** Value of an option, or why the text is none. */
export type OptionValue =
  | { readonly value: number | string | readonly number[] }
  | { readonly fault: string; readonly remedy: string };

const DECIMAL = /^(\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})$/;
const RATE_UNITS_KBPS: Readonly<Record<string, number>> = { kbit: 1, mbit: 1000, gbit: 1_000_000 };

/**
 * Reads the text after `option=`.
 *
 * Shares carry a percent sign (`2%`); only `0` may go without, as a bare 2 or 0.02 can be misread.
 * Milliseconds may end in `ms`, a rate in `kbit`, `mbit` or `gbit`.
 */
export function readOptionValue(name: OptionName, text: string): OptionValue {
  const rule = OPTION_RULES[name];
  switch (rule.kind) {
    case "milliseconds":
      return inRange(name, rule, decimal(text.replace(/ms$/, "")));
    case "share":
      return readShare(name, rule, text);
    case "integer":
      return /^\d+$/.test(text) ? inRange(name, rule, decimal(text)) : outOfRange(name, rule);
    case "decimal":
      return inRange(name, rule, name === "rate" ? rateKbps(text) : decimal(text));
    case "word":
      return text === "uniform" || text === "normal" ? { value: text } : outOfRange(name, rule);
    case "chain":
      return readChain(name, rule, text);
  }
}

function readChain(name: OptionName, rule: OptionRule, text: string): OptionValue {
  const shares: number[] = [];
  const parts = text.split(",", 5);
  if (parts.length > 4) return outOfRange(name, rule);
  for (const part of parts) {
    const read = readShare(name, rule, part);
    if ("fault" in read) return read;
    shares.push(read.value as number);
  }
  return { value: completeChain(shares) };
}

/** netem's p[,r[,1-h[,1-k]]] in full; as in tc, r is 1-p, 1-h is 100 % and 1-k is 0 if left out. */
export function completeChain(shares: readonly number[]): readonly number[] {
  const [p = 0, r = 1 - p, badLoss = 1, goodLoss = 0] = shares;
  return [p, r, badLoss, goodLoss];
}

function readShare(name: OptionName, rule: OptionRule, text: string): OptionValue {
  if (text === "0") return { value: 0 };
  if (text.endsWith("%")) return inRange(name, rule, percent(text.slice(0, -1)));
  if (Number.isNaN(decimal(text))) return outOfRange(name, rule);
  return {
    fault: `${text} may be meant as ${text} % or as a fraction`,
    remedy: `write the percent sign, as in ${name}=${rule.example}`,
  };
}

function rateKbps(text: string): number {
  const match = /^(.*?)(kbit|mbit|gbit)?$/i.exec(text)!;
  return decimal(match[1]!) * (RATE_UNITS_KBPS[match[2]?.toLowerCase() ?? "kbit"] ?? NaN);
}

/** Shifts the decimal point in the text, so that 1.3% is the double nearest to 0.013. */
function percent(text: string): number {
  return DECIMAL.test(text) ? Number(`${text}e-2`) : NaN;
}

function decimal(text: string): number {
  return DECIMAL.test(text) ? Number(text) : NaN;
}

function inRange(name: OptionName, rule: OptionRule, value: number): OptionValue {
  return value >= rule.min && value <= rule.max ? { value } : outOfRange(name, rule);
}

function outOfRange(name: OptionName, rule: OptionRule): OptionValue {
  return {
    fault: `${name} takes ${rule.takes}`,
    remedy: `write for example ${name}=${rule.example}`,
  };
}
