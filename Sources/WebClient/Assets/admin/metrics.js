/** @typedef {{ at: number, values: Map<string, number> }} Sample What the server counted at a moment, by the metric's name and labels. */

const LINE = /^([a-zA-Z_:][\w:]*)(\{[^}]*\})? (-?[\d.eE+-]+|NaN|[+-]Inf)$/;

/**
 * Reads Prometheus' text format; what it does not know it passes over.
 * @param {string} text
 * @returns {Map<string, number>}
 */
export function parseMetrics(text) {
  const values = new Map();
  for (const line of text.split('\n')) {
    const [, name, labels, number] = LINE.exec(line) ?? [];
    if (name && Number.isFinite(Number(number))) values.set(name + (labels ?? ''), Number(number));
  }
  return values;
}

/**
 * The sum over all labels.
 * @param {Map<string, number>} values
 * @param {string} name
 * @param {string} [label] such as `queue="writer"`
 */
export function total(values, name, label) {
  let sum = 0;
  for (const [key, value] of values) {
    if ((key === name || key.startsWith(`${name}{`)) && (!label || key.includes(label))) sum += value;
  }
  return sum;
}

/**
 * How fast counters rose, per second, between each two samples; a restarted server counts from nothing.
 * @param {Sample[]} samples
 * @param {string} name
 */
export function rates(samples, name) {
  return samples.slice(1).map((sample, index) => {
    const before = samples[index];
    const rise = total(sample.values, name) - total(before.values, name);
    return { at: sample.at, value: rise < 0 ? 0 : (rise * 1000) / Math.max(1, sample.at - before.at) };
  });
}

/**
 * @param {Sample[]} samples
 * @param {string} name
 * @param {string} [label]
 */
export function levels(samples, name, label) {
  return samples.map(({ at, values }) => ({ at, value: total(values, name, label) }));
}

/**
 * The mean of a summary between each two samples, nothing where nothing happened.
 * @param {Sample[]} samples
 * @param {string} name
 */
export function means(samples, name) {
  return samples.slice(1).map((sample, index) => {
    const before = samples[index];
    const count = total(sample.values, `${name}_count`) - total(before.values, `${name}_count`);
    const sum = total(sample.values, `${name}_sum`) - total(before.values, `${name}_sum`);
    return { at: sample.at, value: count > 0 && sum >= 0 ? sum / count : 0 };
  });
}
