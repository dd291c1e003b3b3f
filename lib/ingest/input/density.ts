/**
 * What a row that is not there says: in dense input that its entity is gone, in sparse input that
 * nothing of it changed.
 */
export type Density = "dense" | "sparse";
