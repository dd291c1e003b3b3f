/** What a count of shots is called. */
export interface CountText {
  /** Key in reports. */
  readonly key: "tp" | "fp" | "tn" | "fn";
  /** Which shots it counts. */
  readonly words: string;
  /** The same in full. */
  readonly title: string;
}

/** Counts of shots by what the game and a policy say of them, in the order of all tables. */
export const COUNT_TEXTS: readonly CountText[] = [
  { key: "tp", words: "both hit", title: "the game hits, and the policy hits the same" },
  { key: "fp", words: "only the policy hits", title: "the game misses" },
  { key: "tn", words: "both miss", title: "neither hits" },
  {
    key: "fn",
    words: "only the game hits, or the policy another",
    title: "the game hits, and the policy misses or hits another",
  },
];
