const COLORS = 8;
const DASHES = 4;

/**
 * By which facets runs get colour and dash: colour by the first with at most eight values, dash by
 * the next with at most four. Where runs differ in one thing only, or are at most eight that these two
 * do not tell apart, each run has a colour of its own.
 *
 * @param facets `{values, of}`, the network first
 * @param count number of runs
 * @returns places of the facets; undefined for a colour by run, and for no dash of its own
 */
export function chooseLook(facets, count) {
  const color = facets.findIndex(({ values }) => values.length <= COLORS);
  if (facets.length < 2 || color < 0) return { color: undefined, dash: undefined };
  const dash = facets.findIndex((facet, i) => i !== color && facet.values.length <= DASHES);
  const by = { color, dash: dash < 0 ? undefined : dash };
  if (count > COLORS) return by;
  const looks = Array.from({ length: count }, (_, run) => JSON.stringify(lookOf(facets, by, run)));
  return new Set(looks).size === count ? by : { color: undefined, dash: undefined };
}

/**
 * Colour (0 to 7) and dash (0 to 3) of a run. Where no facet has the dashes, they go with the colours,
 * for eyes that cannot tell those apart.
 */
export function lookOf(facets, { color, dash }, run) {
  if (color === undefined) {
    const own = run % COLORS;
    const turn = own + Math.floor(run / COLORS);
    return { color: own, dash: dash === undefined ? turn % DASHES : valueOf(facets[dash], run) };
  }
  const own = facets[color].of[run] % COLORS;
  return { color: own, dash: dash === undefined ? own % DASHES : valueOf(facets[dash], run) };
}

function valueOf({ of }, run) {
  return of[run] % DASHES;
}

/** True of a facet whose values have a colour each. */
export function canColor({ values }) {
  return values.length <= COLORS;
}

/** True of a facet whose values have a dash each. */
export function canDash({ values }) {
  return values.length <= DASHES;
}

/** Facets whose values say what they are. */
const BARE = ["ack", "codec", "net"];

/**
 * What tells a run from some others beside its colour and dash; where these say all, what tells it
 * from them at all, which is nothing of a run among its likes.
 *
 * @param others places of runs
 */
export function nameBeside(facets, { color, dash }, run, others) {
  const telling = facets.map((facet, place) => ({ facet, place }))
    .filter(({ facet: { of } }) => others.some((other) => of[other] !== of[run]));
  const beside = telling.filter(({ place }) => place !== color && place !== dash);
  return (beside.length > 0 ? beside : telling).map(({ facet: { name, of, values } }) => {
    const value = values[of[run]];
    return BARE.includes(name) || value.includes("=") ? value : `${name}=${value}`;
  }).join(" ");
}
