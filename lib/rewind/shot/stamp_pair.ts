/** Numbers of a shot that make a pair of frames: the client drew between `src` and `dst`. */
export const STAMP_PAIR = ["stamp.src", "stamp.dst", "stamp.fraction"] as const;
