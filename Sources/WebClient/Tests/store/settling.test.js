import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Settling } from '../../Assets/store/settling.js';

/** Questions are answered, and time passes, when the test says so. */
function desk() {
  const doubts = new Set();
  const answers = [];
  const timers = [];
  const settling = new Settling({
    doubts: () => doubts,
    ask: () => new Promise((resolve, reject) => { answers.push({ resolve, reject }); }),
    later: (act, ms) => { timers.push({ act, ms }); },
  });
  const soon = async () => { timers.shift().act(); };
  const answered = async (how = 'resolve') => {
    answers.shift()[how]();
    await new Promise(setImmediate);
  };
  return { doubts, answers, timers, settling, soon, answered };
}

const posted = { type: 'message.posted' };
const joined = { type: 'network.joined' };

test('several doubts in a row are one question', async () => {
  const { doubts, settling, timers, answers, soon, answered } = desk();
  for (let i = 0; i < 3; i += 1) {
    doubts.add('lists');
    settling.updated(joined);
  }
  assert.equal(timers.length, 1);
  await soon();
  await answered();
  assert.deepEqual([answers.length, timers.length, doubts.size], [0, 0, 0]);
});

test('an answer that updates have overtaken is asked for again', async () => {
  const { doubts, settling, timers, answers, soon, answered } = desk();
  doubts.add('lists');
  settling.updated(joined);
  await soon();
  settling.updated(posted);
  await answered();
  assert.equal(timers.length, 1);
  await soon();
  assert.equal(answers.length, 1);
  await answered();
  assert.equal(timers.length, 0);
});

test('what counts nothing does not repeat the question', async () => {
  const { doubts, settling, timers, soon, answered } = desk();
  doubts.add('lists');
  settling.updated(joined);
  await soon();
  settling.updated({ type: 'message.reacted' });
  await answered();
  assert.equal(timers.length, 0);
});

test('a question that failed, or is overtaken without end, is asked ever more slowly', async () => {
  const { doubts, settling, timers, soon, answered } = desk();
  doubts.add('lists');
  settling.updated(joined);
  const waits = [];
  for (let i = 0; i < 8; i += 1) {
    waits.push(timers[0].ms);
    await soon();
    await answered('reject');
  }
  assert.deepEqual(waits, [150, 300, 600, 1200, 2400, 4800, 5000, 5000]);
});
