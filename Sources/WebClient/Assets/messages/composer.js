import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { announce } from '../dom/announcer.js';
import { onTouchScreen } from '../dom/touch.js';
import { app } from '../shell/app.js';
import { AttachingFiles } from '../files/attaching.js';
import { namesOf } from '../files/attachments.js';
import { sayTyping } from '../presence/presence.js';
import { membersOf } from '../channels/members.js';
import { channelName } from '../channels/names.js';
import { markdownHelp } from './markdown-help.js';
import { mentionAt, mentionList, offeredFor, withMentions } from './mentions.js';
import { charactersBeyond, utf8Length } from '../wire/codec.js';
import { plural, t } from '../i18n/i18n.js';

const MOST_BYTES = 16_384;

/**
 * What was being written where, while one looks elsewhere.
 * @type {Map<string, { text: string, mentions: Map<string, number> }>}
 */
const drafts = new Map();

/** Where one writes. Enter sends, Shift+Enter starts a line; on a touch screen Enter starts a line. */
export class Composer extends View {
  static observedAttributes = ['channel', 'thread'];
  #files = new AttachingFiles(() => this.#uploaded());
  /** Sent before its files had arrived: it follows them. */
  #sendOnceUploaded = false;
  #acknowledge = false;
  #dragging = false;
  /** @type {import('../wire/protocol').Person[]} */
  #offered = [];
  #chosen = 0;

  get #key() {
    return `${this.getAttribute('channel')}/${this.getAttribute('thread') ?? ''}`;
  }

  get #draft() {
    const draft = drafts.get(this.#key) ?? { text: '', mentions: new Map() };
    drafts.set(this.#key, draft);
    return draft;
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  topics() {
    return ['channels', 'people'];
  }

  connected() {
    // A file may be dropped anywhere on the conversation.
    const zone = this.closest('.channel, .thread-panel') ?? this;
    const heard = { dragover: this.#dragOver, dragleave: this.#dragLeave, drop: this.#drop };
    for (const [type, act] of Object.entries(heard)) {
      zone.addEventListener(type, /** @type {EventListener} */ (act));
      this.until(() => zone.removeEventListener(type, /** @type {EventListener} */ (act)));
    }
  }

  beforeRender() {
    if (this.#offered.length === 0) return;
    // Who may be mentioned can become known while the list is open.
    const mention = mentionAt(this.#field.value, this.#field.selectionStart);
    this.#offered = mention ? offeredFor(mention.beginning, this.number('channel') ?? 0) : [];
    this.#chosen = Math.max(0, Math.min(this.#chosen, this.#offered.length - 1));
  }

  render() {
    const channel = app.state.channels.get(this.number('channel') ?? 0);
    if (!channel) return null;
    const inThread = this.hasAttribute('thread');
    const id = inThread ? 'composer-thread' : 'composer';
    const label = inThread ? t('composer.reply') : t('composer.label', { name: channelName(channel) });
    const tooLong = utf8Length(this.#draft.text) > MOST_BYTES;
    const announcement = channel.kind === 'announcement' && !inThread;
    return h('form', { class: `composer${this.#dragging ? ' is-dragging' : ''}`, onsubmit: this.#submit },
    this.#offered.length > 0 && mentionList(`${id}-mentions`, this.#offered, this.#chosen, this.#mention),
    this.#files.view(),
    h('label', { class: 'visually-hidden', for: id }, label),
    h('textarea', {
      id, rows: '1', placeholder: label, '.value': this.#draft.text, enterkeyhint: onTouchScreen() ? 'enter' : 'send',
      'aria-autocomplete': 'list', 'aria-controls': this.#offered.length > 0 ? `${id}-mentions` : null,
      'aria-activedescendant': this.#offered.length > 0 ? `${id}-mentions-${this.#chosen}` : null,
      'aria-invalid': tooLong ? 'true' : null, 'aria-describedby': tooLong ? `${id}-problem` : null,
      oninput: this.#input, onkeydown: this.#keydown, onpaste: this.#paste, onfocus: () => void membersOf(this.number('channel') ?? 0), onblur: () => this.#offer([]),
    }),
    tooLong && h('p', { class: 'field-problem', id: `${id}-problem` }, plural('composer.tooLong', charactersBeyond(this.#draft.text, MOST_BYTES))),
    h('div', { class: 'composer-tools' },
      h('label', { class: 'icon-button', title: t('files.attach') },
        icon('it-clip', 'icon-sm'), h('span', { class: 'visually-hidden' }, t('files.attach')),
        h('input', { type: 'file', multiple: true, class: 'visually-hidden', onchange: this.#chooseFiles })),
      markdownHelp(id),
      announcement && h('label', { class: 'composer-check' },
        h('input', { type: 'checkbox', '.checked': this.#acknowledge, onchange: (/** @type {any} */ event) => {
          this.#acknowledge = event.target.checked;
        } }), t('composer.askAcknowledgement')),
      h('button', { type: 'submit', class: 'btn btn-primary btn-xs composer-send', disabled: tooLong || this.#sendOnceUploaded },
        this.#sendOnceUploaded ? t('composer.uploading') : announcement ? t('composer.publish') : t('composer.send'))));
  }

  /** @param {Event} [event] */
  #submit = (event) => {
    event?.preventDefault();
    const { text: written, mentions } = this.#draft;
    const files = this.#files.ready;
    if (utf8Length(written) > MOST_BYTES) return;
    if (this.#files.busy) {
      this.#sendOnceUploaded = true;
      this.invalidate();
      return;
    }
    // A message has at least one character: files sent alone bear their names.
    const text = withMentions(written.trim(), mentions) || namesOf(files);
    if (text === '') return;
    this.#post(text, files);
    drafts.delete(this.#key);
    this.#files.clear();
    this.#acknowledge = false;
    this.draw();
    this.#field.focus();
    this.dispatchEvent(new CustomEvent('posted', { bubbles: true }));
  };

  /** @param {string} text @param {import('../wire/protocol').FileInfo[]} files */
  #post(text, files) {
    const channel = this.number('channel') ?? 0;
    const thread = this.number('thread');
    const announcement = app.state.channels.get(channel)?.kind === 'announcement' && !thread;
    const body = {
      channel, text, ...(thread ? { thread } : {}), ...(files.length > 0 ? { files: files.map((file) => file.id) } : {}),
      ...(announcement && this.#acknowledge ? { acknowledge: true } : {}),
    };
    app.outbox.post({
      person: app.me ?? 0, command: announcement ? 'announcement.post' : 'message.post', body, files,
      at: new Date().toISOString(), after: app.connection.cursor?.seq ?? 0,
    });
  }

  #uploaded() {
    this.invalidate();
    if (!this.#sendOnceUploaded || this.#files.busy || !this.isConnected) return;
    this.#sendOnceUploaded = false;
    // With a file that could not be sent, the person decides.
    if (!this.#files.failed) this.#submit();
  }

  #input = () => {
    this.#draft.text = this.#field.value;
    if (this.#draft.text !== '') sayTyping(this.number('channel') ?? 0);
    const mention = mentionAt(this.#field.value, this.#field.selectionStart);
    this.#offer(mention ? offeredFor(mention.beginning, this.number('channel') ?? 0) : []);
    this.invalidate();
  };

  /** @param {import('../wire/protocol').Person[]} offered */
  #offer(offered) {
    if (offered.length > 0 && this.#offered.length === 0) announce(plural('mention.offered', offered.length));
    this.#offered = offered;
    this.#chosen = 0;
    this.invalidate();
  }

  /** @param {KeyboardEvent} event */
  #keydown = (event) => {
    if (event.isComposing) return;
    if (this.#offered.length > 0 && this.#mentionKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !onTouchScreen()) this.#submit(event);
  };

  /** @param {KeyboardEvent} event @returns {boolean} whether it was for the list */
  #mentionKey({ key }) {
    const count = this.#offered.length;
    if (key === 'ArrowDown') this.#chosen = (this.#chosen + 1) % count;
    else if (key === 'ArrowUp') this.#chosen = (this.#chosen + count - 1) % count;
    else if (key === 'Enter' || key === 'Tab') this.#mention(this.#offered[this.#chosen]);
    else if (key === 'Escape') this.#offer([]);
    else return false;
    this.invalidate();
    return true;
  }

  /** @param {import('../wire/protocol').Person} person */
  #mention = (person) => {
    const field = this.#field;
    const mention = mentionAt(field.value, field.selectionStart);
    if (!mention) return;
    field.setRangeText(`@${person.name} `, mention.from, field.selectionStart, 'end');
    this.#draft.text = field.value;
    this.#draft.mentions.set(person.name, person.id);
    this.#offer([]);
  };

  /** @param {Iterable<File>} files */
  #attach(files) {
    for (const file of files) this.#files.add(file, this.number('channel') ?? 0);
  }

  /** @param {any} event */
  #chooseFiles = ({ target }) => {
    this.#attach([...target.files]);
    target.value = '';
  };

  /** @param {ClipboardEvent} event */
  #paste = (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#attach(files);
  };

  /** @param {DragEvent} event */
  #dragOver = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (!this.#dragging) {
      this.#dragging = true;
      this.invalidate();
    }
  };

  /** @param {DragEvent} event */
  #dragLeave = (event) => {
    // From one part of the conversation to another is not out of it.
    const to = event.relatedTarget;
    if (to instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(to)) return;
    this.#dragging = false;
    this.invalidate();
  };

  /** @param {DragEvent} event */
  #drop = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#dragging = false;
    this.invalidate();
    this.#attach([...(event.dataTransfer?.files ?? [])]);
  };
}

customElements.define('m-composer', Composer);
