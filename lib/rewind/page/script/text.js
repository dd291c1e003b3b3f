/** The text with every character escaped that cannot be seen. */
export function visible(text) {
  return String(text).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0).toString(16)}}`,
  );
}

/** A number with at most so many decimals. */
export function numberText(value, digitsMax = 2) {
  return String(Number(value.toFixed(digitsMax)));
}

/** A share as a percentage. */
export function percentText(share) {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}

/** New element with a class and children; texts become text nodes, so no name can be markup. */
export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** Whom a verdict names. */
export function verdictText(verdict) {
  if (verdict === undefined) return "unknown";
  if (verdict === null) return "miss";
  return verdict === "hit" ? "hit" : `hit ${verdict}`;
}
