/**
 * What each finding is about, second by second: a sentence's words for its worst second, and a
 * measure of a point of the series and of what the run's moments say of that second (undefined where
 * a page has none). Findings about values, or a whole run, have no second.
 */
const MEASURES = {
  "rate-limited": ["most packets lost", ({ losses }) => losses],
  "heavy-loss": ["most packets lost", ({ losses }) => losses],
  "queue-delay": ["oldest state", ({ stateAgeMs }) => stateAgeMs?.max],
  "interpolation-too-short": ["oldest state", ({ stateAgeMs }) => stateAgeMs?.max],
  "late-packets": ["oldest state", ({ stateAgeMs }) => stateAgeMs?.max],
  "starved-budget": ["furthest off", ({ drawnError }) => drawnError?.max],
  "no-state": ["longest still", ({ frozenShare }) => frozenShare],
  "freezes": ["longest still", ({ frozenShare }) => frozenShare],
  "wrong-shown": ["most wrong fields", ({ wrongFields }) => wrongFields],
  "over-mtu": ["largest packet", ({ kbps }, moment) => moment?.largest?.bits ?? kbps],
  "history-shorter-than-rtt": ["most keyframes", ({ keyframes }) => keyframes],
  "keyframe-storm": ["most keyframes", ({ keyframes }) => keyframes],
  "join-burst": ["most bytes", ({ kbps }) => kbps],
  "dear-entity": [
    "where it costs most",
    (_, moment, { entities }) => bitsOfEntity(moment, entities[0]),
  ],
  "dear-field": ["where it costs most", (_, moment, { fields }) => bitsOfField(moment, fields[0])],
  "slower-than-freeze": ["nothing sent", ({ kbps }) => Number(kbps === 0)],
  "hole-in-recording": ["nothing sent", ({ kbps }) => Number(kbps === 0)],
};

/**
 * The second at which a finding shows most, undefined where it has none: `{second, run, words}`.
 *
 * @param finding of the report
 * @param runs those that it is about, as the store of runs has them
 */
export function worstMoment({ code, evidence }, runs) {
  const [words, measure] = MEASURES[code] ?? [];
  if (measure === undefined) return undefined;
  // The figures of a finding are those of the run that it names.
  const named = runs.find(({ figures }) => evidence.startsWith(`${figures.name}: `)) ?? runs[0];
  for (const run of [named, ...runs.filter((other) => other !== named)]) {
    const second = run && worstSecond(run, measure);
    if (second !== undefined) return { second, run, words };
  }
  return undefined;
}

function worstSecond({ figures, moments }, measure) {
  const { durationSeconds, series } = figures;
  const momentOf = new Map(moments?.seconds.map((moment) => [moment.second, moment]));
  let worst = 0;
  let second;
  for (const point of series) {
    if (series.length > 1 && point.second + 0.999 > durationSeconds) continue;
    const value = measure(point, momentOf.get(point.second), figures) ?? 0;
    if (value > worst) [worst, second] = [value, point.second];
  }
  return second;
}

function bitsOfEntity(moment, entity) {
  return moment?.entities.find(({ id, kind }) => id === entity?.id && kind === entity.kind)?.bits;
}

function bitsOfField(moment, cost) {
  const part = moment?.parts.find(({ field, kind }) =>
    field !== undefined && field === cost?.field && kind === cost.kind
  );
  return part?.bits;
}
