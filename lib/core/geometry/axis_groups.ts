/** Fields whose names differ in their axis alone, such as `pos.x`, `pos.y` and `pos.z`. */
export interface AxisGroup {
  /** What stands before the axis. */
  readonly stem: string;
  /** True where the axes are 0 to 3, which may as well be places in a list. */
  readonly isCounted: boolean;
  /** Indexes of the fields by axis: those of x, y, z and w, or of 0 to 3; -1 for none. */
  readonly fields: readonly [x: number, y: number, z: number, w: number];
}

/** Ways to spell the axes. */
const COUNTED = "0123";
const SPELLINGS = ["xyzw", "XYZW", COUNTED];

/**
 * Groups of at least two fields that are numbers, in order of their first field: `x` or `0` and
 * another axis.
 *
 * @param names one a field; undefined for one that is no number
 */
export function axisGroups(names: readonly (string | undefined)[]): AxisGroup[] {
  const indexes = new Map(names.map((name, i) => [name, i]));
  return names.flatMap((name) => {
    const spelling = SPELLINGS.find(([first]) => name?.endsWith(first!));
    if (name === undefined || spelling === undefined) return [];
    const stem = name.slice(0, -1);
    const [x, y, z, w] = [...spelling].map((axis) => indexes.get(stem + axis) ?? -1);
    const isCounted = spelling === COUNTED;
    return y! < 0 && z! < 0 ? [] : [{ stem, isCounted, fields: [x!, y!, z!, w!] as const }];
  });
}
