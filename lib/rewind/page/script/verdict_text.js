import { nameOf } from "./names.js";

/** A number with at most so many decimals. */
export function numberText(value, digitsMax = 2) {
  return String(Number(value.toFixed(digitsMax)));
}

/** A distance with two decimals, or, where these would say little of it, with two digits. */
export function unitsText(value) {
  return Math.abs(value) < 0.1 ? String(Number(value.toPrecision(2))) : numberText(value);
}

/** Whom a verdict names. */
export function verdictText(verdict) {
  if (verdict === undefined) return "unknown";
  if (verdict === null) return "miss";
  return verdict === "hit" ? "hit" : `hit ${nameOf(verdict)}`;
}
