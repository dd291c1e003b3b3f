import { comparable, frontOf, isEachAlone } from "./front.js";

/**
 * What a trade-off shows, in sentences.
 *
 * @param points of the runs that match
 * @param figure `{name}` that bytes are weighed against
 * @param given names of what players bring along, in which points of a place are alike
 * @param unverified runs without figures
 */
export function tradeOffWords(points, figure, given, unverified) {
  const there = points.filter(({ x, y }) => !Number.isNaN(x + y));
  const compared = comparable(points);
  return [
    frontWords(compared, given),
    some(
      there.length - compared.length,
      (runs) =>
        `${runs} crossed and not compared, for ${figure.name} says little of who froze for more ` +
        `than 5 % of the time or lost more than half of the packets.`,
    ),
    some(points.length - there.length, (runs) => `${runs} without ${figure.name}, and not in it.`),
    some(unverified, (runs) => `${runs} not verified, and not in it.`),
  ].filter((sentence) => sentence !== "").join(" ");
}

function frontWords(compared, given) {
  if (compared.length < 2) return "Nothing is left to compare.";
  const places = new Set(compared.map(({ place }) => place)).size;
  const where = given.join(" and ");
  if (isEachAlone(compared)) {
    return `Each run has a ${where} of its own: none can be chosen instead of another.`;
  }
  const count = frontOf(compared).length;
  const same = places === 1 ? "nothing else" : `nothing else of the same ${where}`;
  const them = count === 1 ? "that one" : "each of these";
  return `${count} of ${compared.length} runs ${count === 1 ? "is" : "are"} on the front, the ` +
    `bigger dots on a line: next to ${them}, ${same} is both cheaper and better.`;
}

function some(count, sentence) {
  return count === 0 ? "" : sentence(count === 1 ? "1 run is" : `${count} runs are`);
}
