/**
 * A hash set of the member names of an object, which compares names by their bytes in the body.
 *
 * It is faster than a `Set`, which hashes every name again: the reader has already computed the hash. It doesn't store the names:
 * on a hash collision it compares their bytes in the body.
 *
 * @internal
 */
export class UniqueNameTable {
  /**
   * Pairs of the offset and the hash of a name, with open addressing: a name takes the first free pair at or after the one of its
   * hash. A pair with offset 0 is free, because no name starts there.
   */
  private slots: Int32Array
  /** The index of the last pair. */
  private last: number
  private count = 0
  /** The number of bytes compared on hash collisions. */
  private compared = 0

  /** Takes the bytes of the body, and about how many of them count. Use only one table at a time, because tables share their memory. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly length: number,
  ) {
    const size = sizeFor(length / usualEntry)
    this.last = size - 2
    this.slots = size > shared.length ? new Int32Array(size) : shared.fill(0, 0, size)
  }

  /**
   * Adds the name at an offset, with its hash. Returns 0 if it is new, or the offset of the name that it repeats, or may repeat.
   */
  add(start: number, hash: number): number {
    const { slots, last } = this
    let slot = spread(hash) & last
    for (let tries = 0; slots[slot] !== 0; tries++, slot = (slot + 2) & last)
      // Bail out on names that were chosen to collide: they would take quadratic time, and long ones even more.
      if (
        tries === most ||
        this.compared > mostCompared * this.length ||
        (intAt(slots, slot + 1) === hash && this.maybeSame(intAt(slots, slot), start))
      )
        return intAt(slots, slot)
    slots[slot] = start
    slots[slot + 1] = hash
    if (++this.count > last >> 2) this.grow()
    return 0
  }

  /** Compares two names, up to their closing quotation marks. With escapes, the same name can be written in two ways. */
  private maybeSame(one: number, other: number): boolean {
    const { bytes } = this
    let at = 0
    while (bytes[one + at] === bytes[other + at] && bytes[one + at] !== quote) at++
    this.compared += at
    // Both are quotation marks, or the names differ here.
    return bytes[one + at] === bytes[other + at] || this.hasEscape(one) || this.hasEscape(other)
  }

  private hasEscape(start: number): boolean {
    const end = this.bytes.indexOf(quote, start)
    return this.bytes.subarray(start, end).includes(backslash)
  }

  private grow(): void {
    const { slots, last } = this
    this.last = 4 * last + 6
    this.slots = new Int32Array(this.last + 2)
    for (let from = 0; from <= last; from += 2)
      if (slots[from] !== 0) this.put(intAt(slots, from), intAt(slots, from + 1))
  }

  /** Inserts a name that is known to be new. */
  private put(start: number, hash: number): void {
    const { slots, last } = this
    let slot = spread(hash) & last
    while (slots[slot] !== 0) slot = (slot + 2) & last
    slots[slot] = start
    slots[slot + 1] = hash
  }
}

/** Reads an element within bounds, which the type can't express. */
const intAt = (ints: Int32Array, at: number): number => ints[at]! // eslint-disable-line @typescript-eslint/no-non-null-assertion

/** Returns a power of two, with at least twice as many pairs as names. */
const sizeFor = (names: number): number => 1 << (34 - Math.clz32(names + 1))

/** Mixes all bits of a hash into its last bits, which choose the pair. */
const spread = (hash: number): number => {
  const product = Math.imul(hash, 0x9e3779b1) // 2 ** 32 by the golden ratio: Knuth's multiplicative hashing
  return product ^ (product >>> 15)
}

/** The approximate size of an entry of a batch, in bytes. */
const usualEntry = 64

/** The maximum number of pairs to probe for one name. Only an attacker needs more. */
const most = 500

/** The maximum number of bytes to compare, as a multiple of the size of the body. Honest names rarely collide. */
const mostCompared = 8

/** Shared memory, enough for 1,000 entries: allocating an array takes longer than reading a short batch. */
const shared = /* @__PURE__ */ new Int32Array(8192)

const quote = 0x22
const backslash = 0x5c
