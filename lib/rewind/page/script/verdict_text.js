import { nameOf } from "./names.js";

/** A number with at most so many decimals. */
export function numberText(value, digitsMax = 2) {
  return String(Number(value.toFixed(digitsMax)));
}

/** Whom a verdict names. */
export function verdictText(verdict) {
  if (verdict === undefined) return "unknown";
  if (verdict === null) return "miss";
  return verdict === "hit" ? "hit" : `hit ${nameOf(verdict)}`;
}
