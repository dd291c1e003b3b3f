/** A number with thin spaces between thousands and at most so many decimals. */
export function numberText(value, digitsMax = 3) {
  if (!Number.isFinite(value)) return String(value);
  const [whole, part] = String(Number(value.toFixed(digitsMax))).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u2009");
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** A share as a percentage with three digits that say something. */
export function percentText(share) {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  return `${Number(percent.toPrecision(3))} %`;
}

/** A number on an axis: k, M and G from a thousand on. */
export function axisText(value) {
  for (const [unit, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    if (Math.abs(value) >= unit) return `${Number((value / unit).toPrecision(3))}${letter}`;
  }
  return String(Number(value.toPrecision(6)));
}
