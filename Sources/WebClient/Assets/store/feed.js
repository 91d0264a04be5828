import { app } from '../shell/app.js';
import { announceMessage } from '../messages/announce.js';
import { fillIn } from '../messages/filling-in.js';
import { loadPeople } from '../people/people.js';
import { Settling } from './settling.js';

/** Joins the connection to the store: what comes in changes the state, what the state then doubts is asked. */
export function startFeeding() {
  const { community, connection, outbox } = app;
  connection.on('snapshot', (snapshot) => {
    community.applySnapshot(snapshot);
    outbox.arrived(Infinity);
    void outbox.open(snapshot.person.id);
    loadPeople();
  });
  connection.on('update', (update) => {
    community.applyUpdate(update);
    if (update.type === 'message.posted' && connection.state === 'live') announceMessage(update);
    outbox.arrived(update.seq);
    settling.updated(update);
    fillIn(update);
  });
  connection.on('live', (seq) => outbox.arrived(seq));
  outbox.on('sent', () => outbox.arrived(connection.cursor?.seq ?? 0));
  connection.on('state', () => community.touch('connection'));
  outbox.on('changed', ({ body }) => community.touch(`outbox/${body.channel}`));
  window.addEventListener('online', () => connection.retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') connection.retryNow();
  });
}

/** Asks the lists again after updates that only the server can weigh. */
const settling = new Settling({
  doubts: () => app.state.doubts,
  later: (act, ms) => window.setTimeout(act, ms),
  ask: async () => {
    const { state } = app;
    const [{ networks }, { channels }] = await Promise.all([app.query('network.list'), app.query('channel.list')]);
    if (state !== app.state) return;
    state.networks = new Map(networks.map((/** @type {any} */ network) => [network.id, network]));
    state.channels = new Map(channels.map((/** @type {any} */ channel) => [channel.id, channel]));
    app.community.touch('networks');
    app.community.touch('channels');
  },
});
