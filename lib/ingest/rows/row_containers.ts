/** Lists and empty objects of a row, whose slots and members do not tell what they were. */
export class RowContainers {
  /** Number of lists; the lists below may hold more, left over from an earlier row. */
  listCount = 0;
  /** Dotted names of the lists. */
  readonly lists: string[] = [];
  /** How many elements each has. */
  readonly lengths: number[] = [];
  /** Number of empty objects. */
  emptyCount = 0;
  /** Their dotted names. */
  readonly empties: string[] = [];

  /** Takes all out. */
  clear(): void {
    this.listCount = 0;
    this.emptyCount = 0;
  }

  /** Adds a list. */
  addList(name: string, length: number): void {
    this.lists[this.listCount] = name;
    this.lengths[this.listCount++] = length;
  }

  /** True when there is a list of the name. */
  hasList(name: string): boolean {
    for (let l = 0; l < this.listCount; l++) if (this.lists[l] === name) return true;
    return false;
  }

  /** Adds an object without members. */
  addEmpty(name: string): void {
    this.empties[this.emptyCount++] = name;
  }
}
