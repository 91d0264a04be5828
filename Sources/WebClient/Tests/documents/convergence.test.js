import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelServer, Text, chance, client } from './model.js';

const STEPS = 500;
const WORDS = ['a', 'be', '\n', ' ', '😀', 'città', '\n\n', '👩‍👩‍👧', 'x'.repeat(40)];

/**
 * Somebody at a line that is slow, breaks, and comes back; now and then the page is loaded anew.
 * Time is a list of acts, each at its moment; chance orders them.
 */
class Simulated {
  #line;
  #ids = 0;
  reloads = 0;

  constructor(name, world) {
    this.name = name;
    this.world = world;
    this.#begin();
  }

  #begin(saved) {
    const { world } = this;
    const page = {};
    this.page = page;
    Object.assign(this, client({
      opId: () => `${this.name}-${++this.#ids}`,
      now: () => world.now,
      later: (act, ms) => world.after(ms, () => page === this.page && act()),
      send: (operation) => new Promise((resolve, reject) => {
        const line = this.#line;
        world.after(world.latency(), () => {
          if (line !== this.#line || !line) return reject(Object.assign(new Error(), { code: 'unavailable' }));
          const answer = world.server.op(this.name, operation);
          world.tellAll();
          world.after(world.latency(), () => (line === this.#line ? resolve(answer) : reject(Object.assign(new Error(), { code: 'unavailable' }))));
        });
      }),
    }, { mostBytes: 400 }));
    this.editing.on('gap', () => this.#ask(this.editing.revision));
    if (saved) {
      this.editing.restore(saved);
      this.editor.text = Text.of(this.editing.text.split('\n'));
    }
    this.connect();
  }

  /** Frames of one line come in order, however long each takes. */
  #deliver(act) {
    const line = this.#line;
    line.arrives = Math.max(line.arrives, this.world.now + this.world.latency());
    this.world.at(line.arrives, () => line === this.#line && act());
  }

  connect() {
    this.#line = { arrives: 0, told: undefined };
    this.#ask(this.editing.revision === 0 ? undefined : this.editing.revision);
  }

  #ask(have) {
    const line = this.#line;
    this.world.after(this.world.latency(), () => {
      if (line !== this.#line || !line) return;
      const answer = this.world.server.open(have);
      line.told = answer.revision;
      this.#deliver(() => {
        if (answer.text !== undefined) this.editor.text = Text.of(answer.text.split('\n'));
        this.editing.opened(answer);
      });
    });
  }

  tell() {
    const line = this.#line;
    if (!line || line.told === undefined) return;
    for (const change of this.world.server.log.slice(line.told - 1)) this.#deliver(() => this.editing.changed(change));
    line.told = this.world.server.revision;
  }

  disconnect() {
    this.#line = undefined;
    this.editing.disconnected();
  }

  reload() {
    this.reloads += 1;
    const { saved } = this.editing;
    this.#line = undefined;
    this.#begin(saved && JSON.parse(JSON.stringify(saved)));
  }

  write() {
    const { random } = this.world;
    const text = this.editor.text.toString();
    // Nobody types before there is something to type into.
    if (this.editing.revision === 0) return;
    const from = Math.floor(random() * (text.length + 1));
    const to = random() < 0.4 ? Math.min(text.length, from + Math.floor(random() * 12)) : from;
    const insert = random() < 0.7 || from === to ? WORDS[Math.floor(random() * WORDS.length)] : '';
    this.type({ from, to, insert });
  }

  get connected() {
    return this.#line !== undefined;
  }
}

class World {
  now = 0;
  #acts = [];
  server = new ModelServer('# Verbale 😀\n\nPrimo punto.\nSecondo punto.\n');
  people = [];

  constructor(seed) {
    this.random = chance(seed);
  }

  latency() {
    return 1 + this.random() ** 4 * 400;
  }

  at(time, act) {
    this.#acts.push({ time, act, order: this.#acts.length + this.now * 1e-9 });
  }

  after(ms, act) {
    this.at(this.now + ms, act);
  }

  tellAll() {
    for (const person of this.people) person.tell();
  }

  async run(until) {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#acts.length === 0) return;
      const next = this.#acts.reduce((first, one) => (one.time < first.time ? one : first));
      if (next.time > until) return;
      this.#acts.splice(this.#acts.indexOf(next), 1);
      this.now = next.time;
      next.act();
    }
  }
}

for (let seed = 1; seed <= 40; seed += 1) {
  test(`clients at slow and broken lines have the same text in the end (seed ${seed})`, async () => {
    const world = new World(seed);
    world.people = Array.from({ length: 2 + seed % 4 }, (_, index) => new Simulated(`p${index}`, world));
    for (let step = 0; step < STEPS; step += 1) {
      world.at(step * 20, () => {
        const person = world.people[Math.floor(world.random() * world.people.length)];
        const what = world.random();
        if (what < 0.86) person.write();
        else if (what < 0.89) person.disconnect();
        else if (what < 0.92) person.reload();
        else if (!person.connected) person.connect();
      });
    }
    await world.run(STEPS * 20);
    for (const person of world.people) {
      if (!person.connected) person.connect();
    }
    await world.run(Infinity);
    const text = world.server.text.toString();
    assert.ok(world.server.revision > 40, `only ${world.server.revision} revisions`);
    for (const { editing, editor, name } of world.people) {
      assert.equal(editing.trouble, undefined, name);
      assert.equal(editing.pending, 0, name);
      assert.equal(editor.text.toString(), text, name);
      assert.equal(editing.confirmedText, text, name);
    }
    // Each operation was taken once.
    assert.equal(new Set(world.server.log.map(({ opId }) => opId)).size, world.server.log.length);
    assert.equal(text.isWellFormed?.() ?? true, true);
  });
}
