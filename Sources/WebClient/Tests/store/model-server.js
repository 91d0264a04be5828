/** The smallest server that obeys the protocol's words on unread counts and lists, driven by chance from a seed. */
export class ModelServer {
  onUpdate = () => {};
  did = '';
  openChannel = 12;
  #seq = 100;
  #offsets = new Map();
  #random;
  #networks = [{ id: 7, slug: 'semplificazione', type: 'NationalThematic', name: { it: 'Semplificazione', en: 'Simplification' } }];
  #channels = [
    { id: 12, slug: 'generale', network: 7, kind: 'open', name: { it: 'Generale', en: 'General' } },
    { id: 13, slug: 'segreto', network: 7, kind: 'private', name: 'Segreto' },
  ];
  #inNetwork = new Map([[7, new Set([5, 6, 8])]]);
  #inChannel = new Map([[12, new Set([5, 6, 8])], [13, new Set([6, 8])]]);
  #messages = [];
  #markers = new Map();
  #roles = new Map();
  #names = new Map([[5, 'Anna']]);
  #renamings = 0;

  constructor(seed, { replies = true } = {}) {
    this.replies = replies;
    let state = seed;
    this.#random = (bound) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * bound);
    };
  }

  mayRead(person, update) {
    const [kind, id] = update.stream.split('/');
    if (kind === 'community') return true;
    if (kind === 'person') return Number(id) === person;
    // The update that ends an entitlement is the last its person gets of the stream.
    if (update.type.endsWith('.left') && update.data.person === person) return true;
    const members = kind === 'network' ? this.#inNetwork : this.#inChannel;
    return members.get(Number(id))?.has(person) ?? false;
  }

  snapshot(person) {
    const networks = this.#networks.map((network) => (
      this.#inNetwork.get(network.id).has(person) ? { ...network, role: this.#roles.get(person) ?? 'member' } : { ...network }));
    const channels = this.#channels
      .filter(({ id, kind, network }) => this.#inNetwork.get(network).has(person) && (kind === 'open' || this.#inChannel.get(id).has(person)))
      .map((channel) => ({ ...channel, member: this.#inChannel.get(channel.id).has(person), ...this.#counts(person, channel.id) }));
    return { seq: this.#seq, person: { id: person, name: this.#names.get(person) }, networks, channels, offsets: {} };
  }

  history(channel) {
    const messages = this.#messages.filter((message) => message.channel === channel && !message.thread);
    return { messages: structuredClone(messages), more: { before: false, after: false } };
  }

  step() {
    const person = [5, 6, 8][this.#random(3)];
    const channel = this.#channels[this.#random(this.#channels.length)].id;
    const acts = [this.#actPost, this.#actPost, this.#actPost, this.#actReply, this.#actDelete, this.#actEdit, this.#actReact,
      this.#actMark, this.#actJoin, this.#actLeave, this.#actNetwork, this.#actRename, this.#actArchive, this.#actAppoint];
    acts[this.#random(acts.length)].call(this, person, channel);
  }

  post(by, channel, thread) {
    const id = this.#seq + 1;
    const mentions = this.#random(3) === 0 ? [5] : [];
    const fields = { id, channel, thread: thread ?? null, text: 'ciao', html: '<p>ciao</p>', files: [], mentions, quotes: [], revision: 1 };
    this.#messages.push({ ...fields, by, at: 'now', reactions: [], replies: 0, edited: false });
    if (thread) this.#find(thread).replies += 1;
    this.#emit(`channel/${channel}`, 'message.posted', fields, by);
    return id;
  }

  edit(id) {
    const message = this.#find(id);
    Object.assign(message, { revision: message.revision + 1, text: 'corretto', mentions: [], edited: true });
    const { channel, text, html, mentions, revision } = message;
    this.#emit(`channel/${channel}`, 'message.edited', { id, channel, text, html, mentions, revision }, message.by);
  }

  reactTo(id, by) {
    const message = this.#find(id);
    const known = message.reactions.find(({ emoji }) => emoji === '👍');
    if (known?.people.includes(by)) {
      known.people = known.people.filter((person) => person !== by);
      message.reactions = message.reactions.filter(({ people }) => people.length > 0);
      this.#emit(`channel/${message.channel}`, 'message.unreacted', { message: id, channel: message.channel, emoji: '👍' }, by);
      return;
    }
    if (known) known.people.push(by);
    else message.reactions.push({ emoji: '👍', people: [by] });
    this.#emit(`channel/${message.channel}`, 'message.reacted', { message: id, channel: message.channel, emoji: '👍' }, by);
  }

  #actPost(by, channel) {
    this.did = `${by} posts`;
    if (this.#inChannel.get(channel).has(by)) this.post(by, channel);
  }

  #actReply(by, channel) {
    this.did = `${by} replies`;
    const root = this.#some((message) => message.channel === channel && !message.thread && !message.deleted);
    if (root && this.replies && this.#inChannel.get(channel).has(by)) this.post(by, channel, root.id);
  }

  #actDelete(by) {
    this.did = `${by} deletes`;
    const message = this.#some((one) => one.by === by && !one.deleted);
    if (!message) return;
    Object.assign(message, { deleted: true, text: undefined, html: undefined, files: [], reactions: [], pinned: false });
    this.#emit(`channel/${message.channel}`, 'message.deleted', { id: message.id, channel: message.channel }, by);
  }

  #actEdit(by) {
    this.did = `${by} edits`;
    const message = this.#some((one) => one.by === by && !one.deleted);
    if (message) this.edit(message.id);
  }

  #actReact(by) {
    this.did = `${by} reacts`;
    const message = this.#some((one) => this.#inChannel.get(one.channel).has(by) && !one.deleted);
    if (message) this.reactTo(message.id, by);
  }

  #actMark(by, channel) {
    this.did = `${by} marks`;
    if (!this.#inChannel.get(channel).has(by)) return;
    const message = this.#some((one) => one.channel === channel);
    if (!message) return;
    const upTo = Math.max(message.id, this.#markers.get(`${by}/${channel}`) ?? 0);
    this.#mark(by, channel, upTo);
    this.#emit(`person/${by}`, 'channel.marked', { channel, upTo, ...this.#counts(by, channel) }, by);
  }

  #actJoin(by, channel) {
    this.did = `${by} joins`;
    const kind = this.#channels.find(({ id }) => id === channel).kind;
    if (kind !== 'open' || !this.#inNetwork.get(7).has(by) || this.#inChannel.get(channel).has(by)) return;
    this.#inChannel.get(channel).add(by);
    this.#mark(by, channel, this.#seq);
    this.#emit(`channel/${channel}`, 'channel.joined', { channel, person: by }, by);
  }

  #actLeave(by, channel) {
    this.did = `${by} leaves`;
    if (!this.#inChannel.get(channel).delete(by)) return;
    this.#emit(`channel/${channel}`, 'channel.left', { channel, person: by }, by);
  }

  #actNetwork(by) {
    this.did = `${by} enters or leaves the network`;
    const members = this.#inNetwork.get(7);
    if (!members.has(by)) {
      members.add(by);
      this.#emit('network/7', 'network.joined', { network: 7, person: by, role: 'member' }, by);
      return;
    }
    members.delete(by);
    this.#roles.delete(by);
    const lost = this.#channels.filter(({ id }) => this.#inChannel.get(id).delete(by)).map(({ id }) => `channel/${id}`);
    this.#emit('network/7', 'network.left', { network: 7, person: by }, by);
    this.#emit(`person/${by}`, 'access.lost', { streams: lost }, by);
  }

  #actRename(by, channel) {
    this.did = `${by} renames`;
    this.#renamings += 1;
    if (by === 5) {
      this.#names.set(5, `Anna ${this.#renamings}`);
      this.#emit('person/5', 'person.changed', { id: 5, name: this.#names.get(5) }, by);
      return;
    }
    if (by === 6) {
      this.#networks[0].name = { it: `Rete ${this.#renamings}`, en: `Network ${this.#renamings}` };
      this.#emit('community', 'network.changed', { ...this.#networks[0] }, by);
      return;
    }
    const found = this.#channels.find(({ id }) => id === channel);
    found.name = `Canale ${this.#renamings}`;
    this.#emit(streamOf(found), 'channel.changed', { ...found }, by);
  }

  #actArchive(by, channel) {
    this.did = `${by} archives`;
    const found = this.#channels.find(({ id }) => id === channel);
    // Rarely, for nothing comes of a channel afterwards but its history.
    if (found.archived || this.#random(8) !== 0) return;
    found.archived = true;
    this.#emit(streamOf(found), 'channel.archived', { ...found }, by);
  }

  #actAppoint(by) {
    this.did = `${by} is appointed or not`;
    if (!this.#inNetwork.get(7).has(by)) return;
    const role = this.#roles.get(by) === 'facilitator' ? 'member' : 'facilitator';
    this.#roles.set(by, role);
    this.#emit('network/7', 'network.appointed', { network: 7, person: by, role }, 6);
  }

  #counts(person, channel) {
    if (!this.#inChannel.get(channel).has(person)) return { unread: 0, mentions: 0 };
    const marker = this.#markers.get(`${person}/${channel}`) ?? 0;
    const unread = this.#messages.filter((one) => one.channel === channel && one.id > marker && one.by !== person && !one.deleted);
    return { upTo: marker, unread: unread.length, mentions: unread.filter((one) => one.mentions.includes(person)).length };
  }

  #mark(person, channel, upTo) {
    this.#markers.set(`${person}/${channel}`, upTo);
  }

  #find(id) {
    return this.#messages.find((message) => message.id === id);
  }

  #some(matches) {
    const all = this.#messages.filter(matches);
    return all[this.#random(all.length)];
  }

  #emit(stream, type, data, by) {
    this.#seq += 1;
    const offset = (this.#offsets.get(stream) ?? 0) + 1;
    this.#offsets.set(stream, offset);
    this.onUpdate({ seq: this.#seq, stream, offset, type, at: 'now', by, data: structuredClone(data) });
  }
}

/** Whom a channel's own facts concern: everybody of its network, or its members alone. */
function streamOf({ id, network, kind }) {
  return kind === 'open' ? `network/${network}` : `channel/${id}`;
}
