import { h } from '../dom/h.js';
import { failure, iconButton } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { shortTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { readWhileSeen } from '../notifications/seen.js';
import { nameOf } from '../people/people.js';
import { documentMenu } from './document-acts.js';
import { enterDocument } from './document-session.js';
import { LiveReading } from './live-reading.js';
import { pendingOf } from './pending-storage.js';
import { stateTag } from './words.js';
import { local, plural, t } from '../i18n/i18n.js';
import './comments-panel.js';
import './files-panel.js';
import './outline-panel.js';
import './recovery.js';
import './saving-line.js';
import './versions-panel.js';

/** @typedef {import('./words').DocumentFacts} DocumentFacts */
/** @typedef {import('./document-editor').DocumentEditor} DocumentEditor */
/** @typedef {'' | 'outline' | 'comments' | 'files' | 'versions'} Panel */

/** @type {Record<Exclude<Panel, ''>, { text: string }>} */
const PANELS = { outline: { text: 'documents.outline' }, comments: { text: 'documents.comments' }, files: { text: 'documents.files' }, versions: { text: 'documents.versions' } };

/** A document: read as it will look, or written together with others; beside it its headings, its comments, its versions. */
export class DocumentPage extends View {
  static observedAttributes = ['edit'];
  /** @type {typeof import('./editing') | undefined} */ #editing;
  #editingFailed = false;
  /** @type {import('./document-session').DocumentSession | undefined} */ #session;
  /** @type {Panel} */ #panel = matchMedia('(min-width: 80rem)').matches ? 'outline' : '';
  /** @type {string | undefined} */ #wanted;
  #shown = 0;
  #reading = new LiveReading(0, () => this.invalidate());
  #notedResumed = false;
  /** An earlier page left something of this document in this browser. */
  #unsent = false;

  topics() {
    return ['networks', 'people', 'connection', 'place'];
  }

  get #edits() {
    return this.hasAttribute('edit');
  }

  /** Something was written here that the server does not have. */
  get #holds() {
    const editing = this.#session?.editing;
    return editing !== undefined && (editing.pending > 0 || editing.trouble !== undefined);
  }

  get #mayWrite() {
    const { facts } = this.#reading;
    const network = facts && app.state.networks.get(facts.network);
    return !facts || (network?.role !== undefined && !network.dormant && facts.state !== 'archived');
  }

  get #id() {
    return this.number('document') ?? 0;
  }

  get #editor() {
    return /** @type {DocumentEditor | null} */ (this.querySelector('m-document-editor'));
  }

  connected() {
    this.#reading = new LiveReading(this.#id, () => this.invalidate());
    this.#reading.start();
    this.until(() => this.#reading.stop());
    void pendingOf(app.me ?? 0, this.#id).then((all) => {
      this.#unsent = all.length > 0;
      if (this.#unsent) this.invalidate();
    });
    this.until(app.community.subscribe(`document/${this.#id}`, () => void this.#reading.load()));
    this.until(readWhileSeen('document', this.#id));
    this.addEventListener('keydown', this.#escape);
  }

  disconnected() {
    this.#leave();
  }

  render() {
    // Who may only read needs no editor; unless something of one's own is still to be shown.
    if (this.#edits && (this.#mayWrite || this.#unsent || this.#holds)) this.#enter();
    else this.#leave();
    const { facts, error } = this.#reading;
    const session = this.#session;
    const wanted = wantedComment();
    // Who comes because of a comment sees the comments, also from another one of this document.
    if (wanted && wanted !== this.#wanted) this.#panel = 'comments';
    this.#wanted = wanted;
    const problem = session?.started ? undefined : session?.error ?? (facts ? undefined : error);
    if (problem && !facts) return this.#failed(problem);
    const title = facts?.title || session?.title;
    if (!title && !session?.started) return h('div', { class: 'screen-text' }, backLink(), h('p', { class: 'state-text', role: 'status' }, t('documents.loading')));
    const network = facts && app.state.networks.get(facts.network);
    const writes = this.#mayWrite;
    const writing = this.#edits && writes;
    if (this.#reading.quiet && !writing) void this.#reading.load();
    this.#reading.quiet = writing;
    return h('div', { class: `document-page${this.#panel ? ' has-panel' : ''}` },
      h('header', { class: 'document-head', key: 'head' }, backLink(facts ? `/networks/${facts.network}/documents` : '/'),
        network && h('p', { class: 'overline', key: 'over' }, h('a', { href: `/networks/${network.id}/documents` }, local(network.name))),
        h('div', { class: 'document-title', key: 'title' }, h('h1', { class: 'h3' }, title), facts && stateTag(facts), facts && documentMenu(facts, writes)),
        h('div', { class: 'document-bar', key: 'bar' },
          writes ? h('nav', { class: 'view-switch', key: 'modes', 'aria-label': t('documents.modes') }, h('ul', null,
            this.#mode(`/documents/${this.#id}`, t('documents.read'), !this.#edits), this.#mode(`/documents/${this.#id}/edit`, t('documents.write'), this.#edits)))
            : h('p', { class: 'document-note', key: 'modes' }, network?.role ? t('documents.readOnly') : t('documents.readOnlyMember')),
          this.#edits && writes && session ? h('m-saving-line', { key: 'saving', '.session': session }) : facts && h('p', { class: 'document-note', key: 'when' }, changedText(facts)),
          h('div', { class: 'document-panels', key: 'panels' }, this.#panelButtons())),
        this.#edits && session && this.#others(session)),
      h('div', { class: 'document-body', key: 'body' },
        this.#edits && (writes || this.#holds) ? this.#writing(session, facts) : this.#read(facts)),
      this.#panel && this.#side(facts, writes));
  }

  rendered() {
    const session = this.#session;
    if (session?.started && session.resumed > 0 && !this.#notedResumed) {
      this.#notedResumed = true;
      this.invalidate();
    }
  }

  /** @param {string} href @param {string} name @param {boolean} current */
  #mode(href, name, current) {
    return h('li', { key: href }, h('a', { href, 'aria-current': current ? 'page' : null }, name));
  }

  #panelButtons() {
    return /** @type {Exclude<Panel, ''>[]} */ (Object.keys(PANELS)).map((panel) => h('button', {
      type: 'button', key: panel, class: 'panel-button', 'aria-expanded': String(this.#panel === panel), 'aria-controls': 'document-side', onclick: () => this.#show(this.#panel === panel ? '' : panel),
    }, t(PANELS[panel].text), this.#count(panel)));
  }

  /** @param {Panel} panel */
  #count(panel) {
    const { facts } = this.#reading;
    const count = panel === 'comments' ? facts?.comments?.filter(({ resolved }) => !resolved).length : panel === 'files' ? facts?.files?.length : 0;
    if (!count) return null;
    return [' ', h('span', { class: 'panel-count', key: 'count' }, count, panel === 'comments' && h('span', { class: 'visually-hidden' }, ` ${t('documents.openComments')}`))];
  }

  /**
   * Who else is here, in words: the carets alone say it to nobody who cannot see them.
   * @param {import('./document-session').DocumentSession} session
   */
  #others(session) {
    const { carets } = session;
    // The line is always there, so that the text does not move when somebody comes.
    if (carets.length === 0) return h('p', { class: 'document-others', key: 'others' }, t('documents.alone'));
    const [writing, present] = [carets.filter(({ active }) => active), carets.filter(({ active }) => !active)];
    const names = (/** @type {typeof carets} */ list) => list.map(({ person }) => nameOf(person)).join(', ');
    return h('p', { class: 'document-others', key: 'others' }, [
      writing.length > 0 && t('documents.writing', { names: names(writing) }), present.length > 0 && t('documents.present', { names: names(present) }),
    ].filter(Boolean).join(' · '));
  }

  /** @param {import('./document-session').DocumentSession | undefined} session @param {DocumentFacts | undefined} facts */
  #writing(session, facts) {
    if (this.#editingFailed) return failure(t('later.failed'), () => { this.#editingFailed = false; this.draw(); });
    if (!session || !session.started) return h('p', { class: 'state-text', role: 'status', key: 'opening' }, t('documents.opening'));
    if (session.editing.trouble) return h('m-document-recovery', { key: 'recovery', '.session': session, onrecovered: this.#recovered });
    return [
      this.#notedResumed && h('p', { class: 'notice-inline is-info document-resumed', key: 'resumed', role: 'status' }, plural('documents.resumed', session.resumed), ' ',
        h('button', { type: 'button', class: 'link-button', onclick: () => { session.resumed = 0; this.#notedResumed = false; this.draw(); } }, t('documents.resumedSeen'))),
      h('m-document-editor', { key: `editor ${session.serial}`, '.session': session, '.network': facts?.network, onmade: this.#made, onselected: this.#selected }),
    ];
  }

  /** @param {DocumentFacts | undefined} facts */
  #read(facts) {
    if (!facts) return h('p', { class: 'state-text', role: 'status', key: 'reading' }, t('documents.loading'));
    if ((facts.html ?? '') === '') return h('p', { class: 'state-text', key: 'empty' }, t('documents.empty'));
    // The text's own first heading is an h3.
    return [h('h2', { class: 'visually-hidden', key: 'heading' }, t('documents.text')), h('article', { class: 'message-text document-text', key: 'text', html: facts.html })];
  }

  /** @param {DocumentFacts | undefined} facts @param {boolean} writes */
  #side(facts, writes) {
    const panel = this.#panel;
    if (panel === '') return null;
    const shared = { key: panel, '.editor': this.#edits ? this.#editor : null, '.facts': facts, '.session': this.#session, '.page': this, onstale: () => void this.#reading.load(), wanted: this.#wanted ?? null, writes: writes ? '' : null };
    return h('aside', { class: 'document-side', id: 'document-side', key: 'side', tabindex: -1, 'aria-labelledby': 'document-side-title' },
      h('div', { class: 'side-head' }, h('h2', { class: 'h5', id: 'document-side-title' }, t(PANELS[panel].text)),
        iconButton('it-close', t('documents.closePanel'), { onclick: () => this.#show('') })),
      panel === 'outline' ? h('m-document-outline', shared) : panel === 'comments' ? h('m-document-comments', shared) : panel === 'files' ? h('m-document-files', shared) : h('m-document-versions', shared));
  }

  /** @param {any} error */
  #failed(error) {
    if (error?.code === 'not_found' || error?.code === 'forbidden') {
      return h('div', { class: 'screen-text' }, backLink(), h('h1', { class: 'h3' }, t('documents.hidden')), h('p', null, t('documents.hiddenText')));
    }
    return h('div', { class: 'screen-text', role: 'alert' }, backLink(), failure(errorText(error), () => void this.#reading.load()));
  }

  /** @param {Panel} panel */
  #show(panel) {
    const before = this.#panel;
    this.#panel = panel;
    // While one writes, the facts are not asked again with each change.
    if (this.#reading.quiet && panel !== '') void this.#reading.load();
    this.draw();
    // On a narrow screen the panel covers the text: the focus goes into it, and back to the button that opened it.
    if (matchMedia('(max-width: 63.99rem)').matches) {
      const target = panel !== '' ? '#document-side' : `.panel-button:nth-child(${Object.keys(PANELS).indexOf(before) + 1})`;
      /** @type {HTMLElement | null} */ (this.querySelector(target))?.focus();
    }
  }

  /** @param {KeyboardEvent} event */
  #escape = (event) => {
    if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('.document-side') && !event.defaultPrevented) this.#show('');
  };

  #enter() {
    if (!this.#editing) {
      if (!this.#editingFailed) import('./editing.js').then((loaded) => { this.#editing = loaded; this.invalidate(); }, () => { this.#editingFailed = true; this.invalidate(); });
      return;
    }
    if (this.#session) return;
    const session = enterDocument(this.#id, this.#editing.kit);
    this.#session = session;
    this.#stops = [session.on('changed', this.invalidate), session.on('started', this.invalidate), session.on('carets', this.invalidate)];
  }

  /** @type {(() => void)[]} */ #stops = [];

  #leave() {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#session?.leave();
    this.#session = undefined;
  }

  #made = () => {
    // A new page: one came to write.
    if (this.#shown++ === 0 && matchMedia('(pointer: fine)').matches && document.activeElement?.id === 'main') this.#editor?.focusText();
    this.invalidate();
  };

  #selected = () => {
    for (const panel of this.querySelectorAll('m-document-comments, m-document-outline')) /** @type {View} */ (panel).invalidate();
  };

  #recovered = () => {
    this.#leave();
    this.#notedResumed = false;
    this.#unsent = false;
    void this.#reading.load();
    this.draw();
  };
}

/** The comment that an address names, as notifications do. */
function wantedComment() {
  return /^\d+$/.exec(new URLSearchParams(location.search).get('comment') ?? '')?.[0];
}

/** @param {DocumentFacts} facts */
function changedText(facts) {
  const at = facts.changedAt ?? facts.at;
  return at ? t('documents.changed', { when: shortTime(at) }) : '';
}


customElements.define('m-document', DocumentPage);
