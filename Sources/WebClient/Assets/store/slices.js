import { attendance } from '../attendance/slice.js';
import { channels } from '../channels/slice.js';
import { documents } from '../documents/slice.js';
import { events } from '../events/slice.js';
import { drafts } from '../messages/drafts-slice.js';
import { minutes } from '../minutes/slice.js';
import { messages } from '../messages/slice.js';
import { tuning } from '../channels/tune-slice.js';
import { notifications } from '../notifications/slice.js';
import { networks } from '../networks/slice.js';
import { people } from '../people/slice.js';
import { polls } from '../polls/slice.js';
import { registrations } from '../registrations/slice.js';
import { solutions } from '../solutions/slice.js';

/**
 * The installed capabilities' slices, in the order in which each update passes through them:
 * unread counts look at a message before the timelines change it.
 */
export const slices = [
  people, networks, channels, messages, drafts, tuning, notifications, events, registrations, attendance, minutes, polls,
  documents, solutions,
];
