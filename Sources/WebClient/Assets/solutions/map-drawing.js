// Where the cities lie on the drawing, and how the arrows run: pure functions.

/** @typedef {{ id: number, name: string, lat: number, lon: number }} PlacedCity */
/** @typedef {{ x: number, y: number }} Point */

export const WIDTH = 440;
export const HEIGHT = 500;
const [WEST, EAST, SOUTH, NORTH] = [6.4, 19.1, 37.1, 45.9];
const MARGIN = 20;
/** Room that a name takes beside its city. */
const NAME = { width: 108, height: 24 };

/**
 * A degree of longitude is about three quarters of one of latitude here: the sides of the drawing have that ratio.
 * @param {{ lat: number, lon: number }} place
 * @returns {Point}
 */
export function pointOf({ lat, lon }) {
  return {
    x: MARGIN + ((lon - WEST) / (EAST - WEST)) * (WIDTH - 2 * MARGIN),
    y: MARGIN + ((NORTH - lat) / (NORTH - SOUTH)) * (HEIGHT - 2 * MARGIN),
  };
}

/**
 * On which side of each city its name stands: the left one where another city is close at its right, or the edge.
 * @param {PlacedCity[]} cities
 * @returns {Map<number, 'left' | 'right'>}
 */
export function namesBeside(cities) {
  const points = cities.map((city) => ({ id: city.id, ...pointOf(city) }));
  return new Map(points.map(({ id, x, y }) => {
    const isCrowded = points.some((other) => other.id !== id && Math.abs(other.y - y) < NAME.height && other.x >= x && other.x - x < NAME.width);
    return [id, isCrowded || x + NAME.width > WIDTH ? 'left' : 'right'];
  }));
}

/**
 * A bent arrow from one city to another, its head short of the mark.
 * @param {Point} from
 * @param {Point} to
 */
export function arrow(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  // Bent to the right of its way, so that there and back are two lines.
  const bend = Math.min(60, length / 4);
  const middle = { x: (from.x + to.x) / 2 - (dy / length) * bend, y: (from.y + to.y) / 2 + (dx / length) * bend };
  const end = towards(to, middle, 9);
  const back = towards(end, middle, 8);
  const [nx, ny] = [-(end.y - back.y) / 2, (end.x - back.x) / 2];
  const show = (/** @type {Point} */ { x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`;
  return {
    line: `M${show(towards(from, middle, 7))} Q${show(middle)} ${show(end)}`,
    head: `M${show(end)} L${show({ x: back.x + nx, y: back.y + ny })} L${show({ x: back.x - nx, y: back.y - ny })} Z`,
  };
}

/** @param {Point} from @param {Point} to @param {number} steps */
function towards(from, to, steps) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * steps, y: from.y + ((to.y - from.y) / length) * steps };
}
