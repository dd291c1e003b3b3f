/** A count with what is counted: `1 frame`, `2 frames`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
