/** Three coordinates in the game's units: a point or a direction. */
export type Vector = readonly [x: number, y: number, z: number];
