/**
 * The names of an object's members, each only once.
 *
 * A `Set` would do, were it not that it makes its own way through every name, which takes longer than all else that is done
 * with a clean name: whoever reads a name has its hash at hand.
 *
 * @internal
 */
export class DistinctNames {
  private readonly names: string[] = []
  private readonly hashes: number[] = []
  /** Open addressing: the position of a name, from 1, in the first free slot at or after the one that its hash says. */
  private slots: Int32Array | undefined

  /** Whether the name is new; then it is kept. */
  add(name: string, hash: number): boolean {
    return this.slots === undefined ? this.addToFew(name, hash) : this.addToMany(this.slots, name, hash)
  }

  private addToFew(name: string, hash: number): boolean {
    const { hashes } = this
    for (let index = 0; index < hashes.length; index++) if (this.isAt(index, name, hash)) return false
    if (this.keep(name, hash) === few) this.slots = slotsFor(hashes)
    return true
  }

  private addToMany(slots: Int32Array, name: string, hash: number): boolean {
    const last = slots.length - 1
    let slot = spread(hash) & last
    for (let tries = 0; ; tries++, slot = (slot + 1) & last) {
      const position = slots[slot]
      if (!position) break
      // Names that were chosen to meet in one place would take time that grows with their square.
      if (tries === most || this.isAt(position - 1, name, hash)) return false
    }
    const count = this.keep(name, hash)
    slots[slot] = count
    if (2 * count > slots.length) this.slots = slotsFor(this.hashes)
    return true
  }

  private isAt(index: number, name: string, hash: number): boolean {
    return this.hashes[index] === hash && this.names[index] === name
  }

  private keep(name: string, hash: number): number {
    this.hashes.push(hash)
    return this.names.push(name)
  }
}

/** At least four times as many slots as names. */
const slotsFor = (hashes: ReadonlyArray<number>): Int32Array => {
  const slots = new Int32Array(1 << (34 - Math.clz32(hashes.length)))
  const last = slots.length - 1
  hashes.forEach((hash, index) => {
    let slot = spread(hash) & last
    while (slots[slot] !== 0) slot = (slot + 1) & last
    slots[slot] = index + 1
  })
  return slots
}

/** Lets all of a hash have a say in the slot, which is its last bits. */
const spread = (hash: number): number => {
  const product = Math.imul(hash, 0x9e3779b1) // 2 ** 32 by the golden ratio: Knuth's multiplicative hashing
  return product ^ (product >>> 15)
}

/** Fewer are compared with each other. */
const few = 16

/** So many slots are looked at for one name: more are needed by nobody but an attacker. */
const most = 500
