// The wire contract as types: the JSON of Sources/WireProtocol/PROTOCOL.md, and nothing of the client's own.

export type Json = any;

export interface Person { id: number; name: string; organisation?: number; organisationName?: string; title?: string; roles?: string[] }

export type Offsets = Record<string, number>;

export interface Welcome {
  session?: string; person: Person; epoch: string; head: number; level: number; time: string;
  limits?: { frameBytes?: number; inFlight?: number; textBytes?: number };
}
export interface Resumed { from: number; to: number; offsets: Offsets }
export interface Snapshot {
  seq: number; person: Person; networks: Network[]; channels: Channel[]; offsets: Offsets;
  people?: Person[]; notifications?: { unread: number; doNotDisturb?: { from: string; to: string }; browser?: boolean; mail?: string; mailAnytime?: boolean; events?: Record<string, boolean>; solutions?: Record<string, string> };
  drafts?: { channel: number; thread?: number; text: string; at: string }[];
}
export interface Update {
  seq: number; stream: string; offset: number; type: string; at: string; by?: number; data: Json;
}
export interface Refusal {
  code: string; message?: string; retryable?: boolean; retryAfterMs?: number;
  fields?: { path: string; problem: string }[]; current?: Json;
}
export interface Reply { id: number; ok?: Json; error?: Refusal; seq?: number; repeated?: boolean }
export interface Signal { signal: string; with: Json }

export interface ServerObject extends Partial<Reply> {
  welcome?: Welcome; resumed?: Resumed; reset?: { reason: string }; snapshot?: Snapshot; update?: Update;
  live?: number; head?: number; bye?: { code: string; retryAfterMs?: number }; signal?: string; with?: Json;
}

export type LocalText = string | Record<string, string>;

export interface Network {
  id: number; slug: string; type: string; name: LocalText; role?: string; dormant?: boolean;
  favourite?: boolean; notify?: string; solutions?: 'none' | 'readable' | 'written'; subBodies?: number;
}
export type ChannelKind = 'open' | 'private' | 'announcement' | 'direct';
export interface Channel {
  id: number; slug: string; network: number; kind: ChannelKind; name: LocalText; names?: { it: string; en: string }; replies?: boolean;
  member: boolean; unread: number; mentions: number;
  history?: string; archived?: boolean; favourite?: boolean; notify?: string; upTo?: number; people?: { id: number; name: string }[];
}

export interface FileInfo { id: number; name: string; type: string; bytes: number }
export interface Reaction { emoji: string; people: number[] }
export interface Message {
  id: number; channel: number; thread?: number | null; by: number; at: string; text?: string; html?: string;
  files: FileInfo[]; mentions: number[]; groups?: string[]; quotes: number[]; revision: number; acknowledge?: boolean; addressed?: number[];
  acknowledged?: boolean; reactions: Reaction[]; replies: number; deleted?: boolean; pinned?: boolean; edited?: boolean;
}
export interface History { messages: Json[]; more: { before: boolean; after: boolean }; people?: Person[] }

export interface SearchHit { kind: string; id: number; title?: string; snippet?: string; at?: string; link?: string; channel?: number; by?: number }

export interface EventTime { local?: string; zone?: string; utc?: string; date?: string }
export interface EventClash { kind: string; person?: number; event?: number; title?: string; start: EventTime; end: EventTime }
export interface Event {
  id: number; revision: number; state: string; network: number; kind: string; title: string; start: EventTime; end: EventTime;
  place?: string; room?: { provider: string; url?: string; name?: string }; capacity?: number; waitingList?: boolean; approval?: boolean; offers?: boolean;
  registration?: { opens?: EventTime; closes?: EventTime; cancelBy?: EventTime }; reach?: string;
  speakers?: { person?: number; name?: string; title?: string }[]; agenda?: { title: string; at?: string; minutes?: number; speaker?: string }[];
  organisers?: { organisation?: number; name?: string }[]; partOf?: string; hostCity?: number; guestCity?: number; addressed?: number[]; text?: string; html?: string;
  series?: { id: number; index: number; of: number }; sequence?: number; formerly?: { start: EventTime; end: EventTime; at: string }[]; reason?: string;
  counts?: { confirmed: number; waiting: number; offered: number; requested: number }; me?: { registration: number; state: string; position?: number };
  clashes?: EventClash[];
}

export interface Registration {
  id: number; event: number; state: string; revision?: number; network?: number; person?: number; name?: string; position?: number; waiting?: string;
  expires?: string; reason?: string; answers?: Record<string, Json>; createdBy?: number; at?: string; changed?: string;
}
export interface FormChoice { name: string; label: LocalText; left?: number }
export interface FormQuestion {
  name: string; label: LocalText; kind: string; required: boolean; minimum?: number; maximum?: number; choices?: FormChoice[];
  text?: LocalText; link?: string;
}
export interface AttendeeMessage {
  id: number; to: string; subject?: string; text: string; by: { id: number; name: string }; at: string; recipients?: number;
}
