/**
 * In the field a mention reads `@Anna Bianchi`; on the wire it is `@[Anna Bianchi](5)`, and a group's `@[facilitators]`.
 * @param {string} text
 * @param {Map<string, string>} names what stands for each shown name
 */
export function toWire(text, names) {
  let result = text;
  // Longer names first: "@Anna Bianchi Rossi" is not "@Anna Bianchi" and a surname.
  for (const [name, wire] of [...names].sort(([a], [b]) => b.length - a.length)) result = result.replaceAll(`@${name}`, wire);
  return result;
}

/**
 * The other way round, for what was kept.
 * @param {string} wire
 */
export function toShown(wire) {
  /** @type {Map<string, string>} */
  const names = new Map();
  const text = wire.replace(/@\[([^\]\n]+)\](?:\(\d+\))?/g, (whole, name) => {
    names.set(name, whole);
    return `@${name}`;
  });
  return { text, names };
}
