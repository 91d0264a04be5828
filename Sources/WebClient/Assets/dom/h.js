import { sanitise } from './sanitise.js';

/**
 * A description of an element. Descriptions are compared with the previous ones, never with the document:
 * what a library adds to an element (a menu's `show` class) stays.
 * @typedef {object} VNode
 * @property {string} tag
 * @property {string | number | undefined} key
 * @property {Record<string, any>} props
 * @property {(VNode | string)[]} children
 */

/** @typedef {VNode | string | number | null | undefined | false | readonly any[]} Child Lists may hold lists. */

/** @type {WeakMap<Node, VNode>} */
const described = new WeakMap();
/** @type {WeakMap<Node, (VNode | string)[]>} */
const contents = new WeakMap();
/** @type {WeakMap<Element, Record<string, (event: any) => void>>} */
const handlers = new WeakMap();

const SVG = new Set(['svg', 'use', 'g', 'path', 'polyline', 'line', 'rect', 'circle', 'text']);

/**
 * Properties: `key`; `class`; `on…` a listener; `.name` a DOM property; `html` text from the server, sanitised;
 * `true` and `false` set and remove an attribute; anything else is an attribute.
 * @param {string} tag
 * @param {Record<string, any> | null} props
 * @param {...Child} children
 * @returns {VNode}
 */
export function h(tag, props, ...children) {
  const { key, ...rest } = props ?? {};
  return { tag, key, props: rest, children: flatten(children) };
}

/** @param {readonly any[]} children @returns {(VNode | string)[]} */
function flatten(children) {
  return children.flatMap((child) => {
    if (Array.isArray(child)) return flatten(child);
    if (child === null || child === undefined || child === false || child === '') return [];
    return [typeof child === 'number' ? String(child) : child];
  });
}

/**
 * Makes a container's children what is described, reusing the elements that are there: focus, scroll and typed text stay.
 * @param {Element} container
 * @param {Child} next
 */
export function patch(container, next) {
  const before = contents.get(container) ?? [];
  const after = flatten([next]);
  const nodes = [...container.childNodes];
  /** @type {Map<string, ChildNode>} */
  const reusable = new Map();
  before.forEach((child, index) => {
    const name = identity(child, before, index);
    // Of two with the same key only one can be found again.
    if (reusable.has(name)) nodes[index].remove();
    else reusable.set(name, nodes[index]);
  });

  const placed = after.map((child, index) => {
    const name = identity(child, after, index);
    const node = reusable.get(name);
    reusable.delete(name);
    return node ? update(node, child) : create(child);
  });
  for (const gone of reusable.values()) gone.remove();
  // Only what is out of place is moved: moving an element loses its focus and its scroll position.
  let at = container.firstChild;
  for (const node of placed) {
    if (node === at) at = at.nextSibling;
    else container.insertBefore(node, at);
  }
  contents.set(container, after);
}

/**
 * @param {VNode | string} child
 * @param {(VNode | string)[]} siblings
 * @param {number} index
 */
function identity(child, siblings, index) {
  if (typeof child === 'string') return `#text ${ordinal(siblings, index, '#text')}`;
  return child.key === undefined ? `${child.tag} ${ordinal(siblings, index, child.tag)}` : `${child.tag}=${child.key}`;
}

/**
 * The how-manyth unkeyed child of its tag.
 * @type {(siblings: (VNode | string)[], index: number, tag: string) => number}
 */
function ordinal(siblings, index, tag) {
  let count = 0;
  for (let i = 0; i < index; i += 1) {
    const sibling = siblings[i];
    const itsTag = typeof sibling === 'string' ? '#text' : sibling.key === undefined ? sibling.tag : '';
    if (itsTag === tag) count += 1;
  }
  return count;
}

/** @param {VNode | string} child @returns {ChildNode} */
function create(child) {
  if (typeof child === 'string') return document.createTextNode(child);
  const element = SVG.has(child.tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', child.tag)
    : document.createElement(child.tag);
  setProps(element, {}, child.props);
  described.set(element, child);
  if (child.children.length > 0) patch(element, child.children);
  child.props.ref?.(element);
  return element;
}

/** @param {ChildNode} node @param {VNode | string} child @returns {ChildNode} */
function update(node, child) {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return node;
  }
  const element = /** @type {Element} */ (node);
  if (described.get(element) === child) return node;
  setProps(element, described.get(element)?.props ?? {}, child.props);
  described.set(element, child);
  // A custom element and text from the server are their own content.
  const ownContent = child.tag.includes('-') || 'html' in child.props;
  if (!ownContent && (child.children.length > 0 || contents.has(element))) patch(element, child.children);
  return node;
}

/**
 * @param {Element} element
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
function setProps(element, before, after) {
  for (const name of Object.keys(before)) {
    if (!(name in after)) setProp(element, name, name.startsWith('.') ? '' : null);
  }
  for (const [name, value] of Object.entries(after)) {
    // A field's value is also changed by typing, so it is compared with the document.
    if (before[name] !== value || name === '.value') setProp(element, name, value);
  }
}

/** @param {Element} element @param {string} name @param {any} value */
function setProp(element, name, value) {
  if (name === 'ref') return;
  if (name.startsWith('on')) listen(element, name.slice(2), value);
  else if (name === 'html') element.replaceChildren(sanitise(value ?? ''));
  else if (name.startsWith('.')) {
    const property = name.slice(1);
    if (/** @type {any} */ (element)[property] !== value) /** @type {any} */ (element)[property] = value;
  } else if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** @param {Element} element @param {string} type @param {((event: any) => void) | null} handler */
function listen(element, type, handler) {
  const known = handlers.get(element) ?? {};
  if (!(type in known)) element.addEventListener(type, (event) => handlers.get(element)?.[type]?.(event));
  handlers.set(element, { ...known, [type]: handler ?? (() => undefined) });
}
