/**
 * Where a message is shown: in its channel, or in its thread.
 * @param {{ id: number, channel: number, thread?: number | null }} message
 */
export function addressOf({ id, channel, thread }) {
  return `/channels/${channel}${thread ? `/threads/${thread}` : ''}?message=${id}`;
}
