import { app } from '../shell/app.js';

/**
 * @typedef {object} Certificate
 * @property {number} id
 * @property {string} code
 * @property {number} minutes
 * @property {string} issued
 * @property {string} [withdrawn]
 * @property {string} [reason]
 */

/**
 * @typedef {object} Attendance
 * @property {{ id: number, name: string }} person
 * @property {number} [registration]
 * @property {string} [state]
 * @property {number} minutes
 * @property {boolean} enough
 * @property {{ joined: string, left: string }[]} intervals
 * @property {Certificate} [certificate]
 * @property {string} [ticket]
 */

/** @typedef {{ planned: number, threshold: number, people: Attendance[], more: boolean }} AttendanceList */

const MOST_PAGES = 10;

/**
 * Who was at an event: for who runs it everybody, for others themselves.
 * @param {number} event
 * @returns {Promise<AttendanceList>}
 */
export async function loadAttendance(event) {
  /** @type {AttendanceList} */
  const list = { planned: 0, threshold: 0, people: [], more: false };
  /** @type {number | undefined} */
  let after;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await app.query('attendance.list', { event, limit: 500, ...(after ? { after } : {}) });
    Object.assign(list, { planned: answer.planned, threshold: answer.threshold });
    list.people.push(...answer.people);
    after = answer.next;
    if (!after) return list;
  }
  return { ...list, more: true };
}
