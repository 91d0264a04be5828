import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { iconButton } from '../dom/controls.js';
import { onTouchScreen } from '../dom/touch.js';
import { app } from '../shell/app.js';
import { AttachingFiles } from '../files/attaching.js';
import { namesOf } from '../files/attachments.js';
import { sayTyping } from '../presence/presence.js';
import { membersOf } from '../channels/members.js';
import { channelName } from '../channels/names.js';
import { markdownHelp } from './markdown-help.js';
import { Completion } from './completion.js';
import { draftKey, draftOf, dropDraft, keepDraft } from './drafts.js';
import { Preview } from './preview.js';
import { Addressing } from './addressing.js';
import { schedule } from '../announcements/schedule.js';
import { toWire } from './wire-text.js';
import './quote-view.js';
import { knownSeq } from '../store/saved-state.js';
import { charactersBeyond, utf8Length } from '../wire/codec.js';
import { plural, t } from '../i18n/i18n.js';

const MOST_BYTES = 16_384;

/** Where one writes. Enter sends, Shift+Enter starts a line; on a touch screen Enter starts a line. */
export class Composer extends View {
  static observedAttributes = ['channel', 'thread'];
  #files = new AttachingFiles(() => this.#uploaded());
  /** Sent before its files had arrived: it follows them. */
  #sendOnceUploaded = false;
  #acknowledge = false;
  #addressing = new Addressing(() => this.draw(), () => this.#field.focus());
  #dragging = false;
  #completion = new Completion(() => this.invalidate());
  #preview = new Preview(() => this.invalidate());

  /** @returns {[number, number | undefined]} */
  get #place() {
    return [this.number('channel') ?? 0, this.number('thread')];
  }

  get #draft() {
    return draftOf(...this.#place);
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  topics() {
    return ['channels', 'networks', 'people', `draft/${draftKey(...this.#place)}`];
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

  render() {
    const channel = app.state.channels.get(this.number('channel') ?? 0);
    if (!channel) return null;
    const inThread = this.hasAttribute('thread');
    const id = inThread ? 'composer-thread' : 'composer';
    const label = inThread ? t('composer.reply') : t('composer.label', { name: channelName(channel) });
    const tooLong = utf8Length(this.#draft.text) > MOST_BYTES;
    const announcement = channel.kind === 'announcement' && !inThread;
    const city = inThread ? undefined : app.state.networks.get(channel.network)?.subBodies;
    this.#addressing.begin(channel.id);
    const offers = this.#completion.offers.length;
    const { quotes } = this.#draft;
    const { open: previewed } = this.#preview;
    return h('form', { class: `composer${this.#dragging ? ' is-dragging' : ''}`, onsubmit: this.#submit },
    offers > 0 && this.#completion.list(`${id}-mentions`, this.#take),
    quotes && h('div', { class: 'composer-quote', key: 'quote' },
      h('m-quote', { channel: channel.id, message: quotes }), iconButton('it-close', t('composer.unquote'), { onclick: this.#unquote })),
    city && this.#addressing.view(city, id),
    this.#files.view(),
    h('label', { class: 'visually-hidden', for: id }, label),
    previewed && this.#preview.view(),
    h('textarea', {
      id, hidden: previewed, rows: '1', placeholder: label, '.value': this.#draft.text, enterkeyhint: onTouchScreen() ? 'enter' : 'send',
      'aria-autocomplete': 'list', 'aria-controls': offers > 0 ? `${id}-mentions` : null,
      'aria-activedescendant': offers > 0 ? `${id}-mentions-${this.#completion.chosen}` : null,
      'aria-invalid': tooLong ? 'true' : null, 'aria-describedby': tooLong ? `${id}-problem` : null,
      oninput: this.#input, onkeydown: this.#keydown, onpaste: this.#paste, onfocus: () => void membersOf(this.number('channel') ?? 0), onblur: () => this.#completion.close(),
    }),
    tooLong && h('p', { class: 'field-problem', id: `${id}-problem` }, plural('composer.tooLong', charactersBeyond(this.#draft.text, MOST_BYTES))),
    h('div', { class: 'composer-tools' },
      h('label', { class: 'icon-button', title: t('files.attach') },
        icon('it-clip', 'icon-sm'), h('span', { class: 'visually-hidden' }, t('files.attach')),
        h('input', { type: 'file', multiple: true, class: 'visually-hidden', onchange: this.#chooseFiles })),
      markdownHelp(id),
      iconButton('it-password-visible', t('composer.preview'), { 'aria-pressed': String(previewed), onclick: this.#togglePreview }),
      city && this.#addressing.button(id),
      announcement && iconButton('it-clock', t('schedule.title'), { onclick: this.#schedule }),
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
    const { text: written, names, quotes } = this.#draft;
    const files = this.#files.ready;
    if (utf8Length(written) > MOST_BYTES) return;
    if (this.#files.busy) {
      this.#sendOnceUploaded = true;
      this.invalidate();
      return;
    }
    // A message has at least one character: files sent alone bear their names.
    const text = toWire(written.trim(), names) || namesOf(files);
    if (text === '') return;
    this.#post(text, files, quotes);
    this.#sent();
    this.dispatchEvent(new CustomEvent('posted', { bubbles: true }));
  };

  /** Begins anew. */
  #sent() {
    dropDraft(...this.#place);
    this.#files.clear();
    this.#completion.close();
    this.#preview.open = false;
    this.#acknowledge = false;
    this.#addressing.clear();
    this.draw();
    this.#field.focus();
  }

  #schedule = () => {
    const text = toWire(this.#draft.text.trim(), this.#draft.names);
    if (text === '') this.#field.focus();
    else schedule({ channel: this.#place[0], text, acknowledge: this.#acknowledge, addressed: this.#addressing.ids }, () => this.#sent());
  };

  #togglePreview = () => {
    if (this.#preview.open) {
      this.#preview.open = false;
      this.draw();
      this.#field.focus();
    } else void this.#preview.show(toWire(this.#draft.text, this.#draft.names));
  };

  #unquote = () => {
    this.#draft.quotes = undefined;
    this.draw();
    this.#field.focus();
  };

  /** @param {string} text @param {import('../wire/protocol').FileInfo[]} files @param {number} [quotes] */
  #post(text, files, quotes) {
    const channel = this.number('channel') ?? 0;
    const thread = this.number('thread');
    const announcement = app.state.channels.get(channel)?.kind === 'announcement' && !thread;
    const body = {
      channel, text, ...(thread ? { thread } : {}), ...(files.length > 0 ? { files: files.map((file) => file.id) } : {}),
      ...(quotes && !announcement ? { quotes: [quotes] } : {}),
      ...(this.#addressing.ids.length > 0 ? { addressed: this.#addressing.ids } : {}),
      ...(announcement && this.#acknowledge ? { acknowledge: true } : {}),
    };
    app.outbox.post({
      person: app.me ?? 0, command: announcement ? 'announcement.post' : 'message.post', body, files,
      at: new Date().toISOString(), after: knownSeq(),
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
    keepDraft(...this.#place);
    if (this.#draft.text !== '') sayTyping(this.#place[0]);
    this.#completion.look(this.#field.value, this.#field.selectionStart, membersOf(this.#place[0]));
    this.invalidate();
  };

  /** @param {KeyboardEvent} event */
  #keydown = (event) => {
    if (event.isComposing) return;
    const { offers, chosen } = this.#completion;
    if (offers.length > 0 && (this.#completion.move(event.key) || this.#listKey(event.key, offers[chosen]))) {
      event.preventDefault();
      this.invalidate();
    } else if (event.key === 'Enter' && !event.shiftKey && !onTouchScreen()) this.#submit(event);
  };

  /** @param {string} key @param {import('./completion').Offer} offer @returns {boolean} whether it was for the list */
  #listKey(key, offer) {
    if (key === 'Enter' || key === 'Tab') this.#take(offer);
    else if (key === 'Escape') this.#completion.close();
    else return false;
    return true;
  }

  /** @param {import('./completion').Offer} offer */
  #take = (offer) => {
    const field = this.#field;
    this.#completion.take(field, offer);
    this.#draft.text = field.value;
    if (offer.mention) this.#draft.names.set(offer.mention.name, offer.mention.wire);
    keepDraft(...this.#place);
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
