/** A clock that moves only when told, with timers. */
export class ManualClock {
  now = 1_000_000;
  #timers = new Map();
  #last = 0;

  setTimer = (act, ms) => {
    this.#timers.set(++this.#last, { act, at: this.now + ms });
    return this.#last;
  };

  clearTimer = (timer) => this.#timers.delete(timer);

  advance(ms) {
    const until = this.now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next[0]);
      this.now = next[1].at;
      next[1].act();
    }
    this.now = until;
  }
}

/** The server's end of a socket, in the hands of a test. */
export class FakeSocket {
  sent = [];
  closed = false;

  send(text) {
    for (const line of text.split('\n')) this.sent.push(JSON.parse(line));
  }

  close() {
    this.closed = true;
  }

  open() {
    this.onopen?.({});
  }

  says(...objects) {
    this.onmessage?.({ data: objects.map((object) => JSON.stringify(object)).join('\n') });
  }

  dies(code = 1006) {
    this.onclose?.({ code });
  }
}

export function fakeEnvironment() {
  const clock = new ManualClock();
  const sockets = [];
  const environment = {
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    setTimer: clock.setTimer,
    clearTimer: clock.clearTimer,
    now: () => clock.now,
    random: () => 0.5,
  };
  return { clock, sockets, environment };
}

export const WELCOME = { welcome: { person: { id: 5, name: 'Anna' }, epoch: 'e1', head: 10, limits: { inFlight: 2 } } };

export function snapshotAt(seq, offsets = {}) {
  return { snapshot: { seq, person: { id: 5 }, networks: [], channels: [], offsets } };
}

export function posted(seq, offset, stream = 'channel/12') {
  return { update: { seq, stream, offset, type: 'message.posted', at: '', by: 6, data: { id: seq, channel: 12 } } };
}
