import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Community } from '../../Assets/store/community.js';
import { slices } from '../../Assets/store/slices.js';
import { timelineOf } from '../../Assets/messages/slice.js';
import { ModelServer } from './model-server.js';

const ME = 5;
const plain = (map) => Object.fromEntries([...map].map(([id, { upTo, ...rest }]) => [id, rest]));
const visible = ({ state }) => ({ me: state.me, people: plain(state.people), networks: plain(state.networks), channels: plain(state.channels) });

/** The client has every channel open that it may read: then no message is unknown to it. */
function openChannels(client, server) {
  for (const channel of client.state.channels.values()) {
    const timeline = timelineOf(client.state, channel.id);
    if (!channel.member || timeline.loaded) continue;
    timeline.beginFetch();
    timeline.merge(server.history(channel.id), 'latest');
  }
}

/** What the application does when an update leaves a doubt: it asks the lists again. */
function settleDoubts(client, server) {
  if (client.state.doubts.size === 0) return;
  const { networks, channels } = server.snapshot(ME);
  client.state.networks = new Map(networks.map((network) => [network.id, network]));
  client.state.channels = new Map(channels.map((channel) => [channel.id, channel]));
  client.state.doubts.clear();
}

test('law: a stale snapshot and the updates after it equal a fresh snapshot', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const server = new ModelServer(seed);
    const client = new Community(slices);
    client.applySnapshot(server.snapshot(ME));
    server.onUpdate = (update) => {
      if (server.mayRead(ME, update)) client.applyUpdate(update);
    };
    for (let step = 0; step < 150; step += 1) {
      server.step();
      settleDoubts(client, server);
      const fresh = new Community(slices);
      fresh.applySnapshot(server.snapshot(ME));
      assert.deepEqual(visible(client), visible(fresh), `seed ${seed}, step ${step}: ${server.did}`);
    }
  }
});

test('law: with the messages in hand, counts and roles are right without asking', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const server = new ModelServer(seed, { replies: false });
    const client = new Community(slices);
    client.applySnapshot(server.snapshot(ME));
    server.onUpdate = (update) => {
      if (server.mayRead(ME, update)) client.applyUpdate(update);
    };
    for (let step = 0; step < 150; step += 1) {
      openChannels(client, server);
      server.step();
      const where = `seed ${seed}, step ${step}: ${server.did}`;
      assert.equal(client.state.doubts.has('counts'), false, where);
      const fresh = new Community(slices);
      fresh.applySnapshot(server.snapshot(ME));
      const { me, people, networks, channels } = visible(client);
      assert.deepEqual({ me, people }, { me: visible(fresh).me, people: visible(fresh).people }, where);
      assert.deepEqual(networks, visible(fresh).networks, where);
      for (const [id, channel] of Object.entries(visible(fresh).channels)) {
        if (channels[id]) assert.deepEqual(channels[id], channel, where);
      }
      settleDoubts(client, server);
    }
  }
});

test('an older edit does not undo a newer page', () => {
  const server = new ModelServer(1);
  const updates = [];
  server.onUpdate = (update) => updates.push(update);
  const id = server.post(6, server.openChannel);
  server.edit(id);
  server.edit(id);
  const timeline = timelineOf(new Community(slices).state, server.openChannel);
  timeline.beginFetch();
  timeline.merge(server.history(server.openChannel), 'latest');
  timeline.apply(updates[1]);
  assert.equal(timeline.find(id).revision, 3);
});

test('law: a fetched page and the updates after it equal a fresh page', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const server = new ModelServer(seed);
    const client = new Community(slices);
    client.applySnapshot(server.snapshot(ME));
    const timeline = timelineOf(client.state, server.openChannel);
    timeline.beginFetch();
    timeline.merge(server.history(server.openChannel), 'latest');
    server.onUpdate = (update) => {
      if (update.stream === `channel/${server.openChannel}`) timeline.apply(update);
    };
    for (let step = 0; step < 150; step += 1) {
      server.step();
      const fresh = timelineOf(new Community(slices).state, server.openChannel);
      fresh.beginFetch();
      fresh.merge(server.history(server.openChannel), 'latest');
      assert.deepEqual(timeline.messages, fresh.messages, `seed ${seed}, step ${step}: ${server.did}`);
    }
  }
});

test('an update that came while a page was on its way is not lost, and not applied twice', () => {
  const server = new ModelServer(1);
  const { openChannel } = server;
  const updates = [];
  server.onUpdate = (update) => updates.push(update);
  const id = server.post(6, openChannel);
  const stalePage = server.history(openChannel);
  server.edit(id);
  server.reactTo(id, 6);
  const timeline = timelineOf(new Community(slices).state, openChannel);
  timeline.beginFetch();
  for (const update of updates) timeline.apply(update);
  timeline.merge(stalePage, 'latest');
  assert.equal(timeline.messages.length, 1);
  assert.equal(timeline.find(id).revision, 2);
  assert.deepEqual(timeline.find(id).reactions, [{ emoji: '👍', people: [6] }]);
});
