import { compareNames, upcaseName } from './name-order';

/**
 * The subkeys of one key. Most keys of a large hive are read and never searched, so the list comes first: names are put
 * in order when they are asked for in order, and indexed by the first search.
 */
export class Subkeys<Key extends { readonly name: string }> {
  private ordered = false;
  /** The list is in somebody's hands, so that a change makes a new one. */
  private handedOut = false;
  /** By upper-case name; the first of several with the same. */
  private index: Map<string, Key> | undefined;

  constructor(private list: Key[]) {}

  /** By upper-case name; several with the same name as they were added. */
  inOrder(): readonly Key[] {
    if (!this.ordered) {
      if (!isOrdered(this.list)) this.own().sort((left, right) => compareNames(left.name, right.name));
      this.ordered = true;
    }
    this.handedOut = true;
    return this.list;
  }

  find(name: string): Key | undefined {
    this.index ??= indexOf(this.list);
    return this.index.get(upcaseName(name));
  }

  add(child: Key): void {
    const list = this.own();
    const last = list[list.length - 1];
    this.ordered &&= last === undefined || compareNames(last.name, child.name) <= 0;
    list.push(child);
    const upper = upcaseName(child.name);
    if (this.index?.has(upper) === false) this.index.set(upper, child);
  }

  drop(child: Key): void {
    // With several keys of one name the next of them has to be found again.
    if (this.index?.size === this.list.length) this.index.delete(upcaseName(child.name));
    else this.index = undefined;
    this.list = this.list.filter((key) => key !== child);
    this.handedOut = false;
  }

  private own(): Key[] {
    if (this.handedOut) this.list = this.list.slice();
    this.handedOut = false;
    return this.list;
  }
}

/** Lists come out of a file in order, as a rule. */
function isOrdered(list: readonly { readonly name: string }[]): boolean {
  for (let index = 1; index < list.length; index += 1) {
    if (compareNames(list[index - 1]!.name, list[index]!.name) > 0) return false;
  }
  return true;
}

function indexOf<Key extends { readonly name: string }>(list: readonly Key[]): Map<string, Key> {
  const index = new Map<string, Key>();
  for (const key of list) {
    const upper = upcaseName(key.name);
    if (!index.has(upper)) index.set(upper, key);
  }
  return index;
}
