import { h } from '../dom/h.js';
import { OPENS_MENU, iconButton } from '../dom/controls.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { nameOf } from '../people/people.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('../wire/protocol').Reaction} Reaction */

// Few and clear: what people at work answer with. Each has a name, for not everybody sees the picture.
const EMOJI = [
  { emoji: '👍', text: 'emoji.yes' }, { emoji: '👏', text: 'emoji.applause' }, { emoji: '❤️', text: 'emoji.heart' },
  { emoji: '😊', text: 'emoji.smile' }, { emoji: '😂', text: 'emoji.laugh' }, { emoji: '🎉', text: 'emoji.party' },
  { emoji: '🙏', text: 'emoji.thanks' }, { emoji: '💡', text: 'emoji.idea' }, { emoji: '✅', text: 'emoji.done' },
  { emoji: '👀', text: 'emoji.looking' }, { emoji: '🤔', text: 'emoji.thinking' }, { emoji: '❓', text: 'emoji.question' },
  { emoji: '💪', text: 'emoji.strength' }, { emoji: '🚀', text: 'emoji.rocket' }, { emoji: '⚠️', text: 'emoji.warning' },
  { emoji: '👎', text: 'emoji.no' }, { emoji: '😮', text: 'emoji.surprise' }, { emoji: '😕', text: 'emoji.doubt' },
];

/** @param {string} emoji */
function emojiName(emoji) {
  const known = EMOJI.find((one) => one.emoji === emoji);
  return known ? t(known.text) : emoji;
}

/** @param {Message} message @param {string} emoji */
function toggle(message, emoji) {
  const mine = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.people.includes(app.me ?? 0));
  app.command(mine ? 'message.unreact' : 'message.react', { message: message.id, emoji }).catch(showError);
}

/**
 * The reactions a message has; pressing one adds or takes back one's own.
 * @param {Message} message
 * @param {string | null} tabindex
 */
export function reactionBar(message, tabindex) {
  if (message.reactions.length === 0) return null;
  return h('ul', { class: 'reaction-bar', 'aria-label': t('reaction.list') }, message.reactions.map((reaction) => {
    const names = reaction.people.map(nameOf).join(', ');
    const label = t('reaction.label', { emoji: emojiName(reaction.emoji), n: reaction.people.length, names });
    return h('li', { key: reaction.emoji }, h('button', {
      type: 'button', class: 'reaction', tabindex, 'aria-pressed': String(reaction.people.includes(app.me ?? 0)), title: names,
      'aria-label': label, onclick: () => toggle(message, reaction.emoji),
    }, h('span', { class: 'reaction-emoji' }, reaction.emoji), h('span', null, reaction.people.length)));
  }));
}

/** @param {Message} message */
export function reactionPicker(message) {
  return h('div', { class: 'dropdown', key: 'react' },
    iconButton('it-plus-circle', t('reaction.add'), OPENS_MENU),
    h('div', { class: 'dropdown-menu dropdown-menu-end emoji-menu' },
      h('div', { class: 'emoji-grid', role: 'group', 'aria-label': t('reaction.add') }, EMOJI.map(({ emoji, text }) => (
        h('button', {
          key: emoji, type: 'button', class: 'dropdown-item emoji-choice', 'aria-label': t(text), title: t(text), onclick: () => toggle(message, emoji),
        }, emoji))))));
}
