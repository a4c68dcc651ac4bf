import type { ServerResponse } from 'node:http';
import type { WatchEvent } from '../api/watch-objects.ts';
import type { WatchAnswer } from './answer.ts';

const bookmarkEveryMs = 60_000;

/** Writes events as lines of JSON. Returns how to end it; ends by itself with its time, its client or an error event. */
export function streamWatch(response: ServerResponse, { start, bookmark, timeoutMs, bookmarkLeadMs }: WatchAnswer): () => void {
  const timers: NodeJS.Timeout[] = [];
  let stop = (): void => undefined;
  const end = (): void => {
    stop();
    timers.forEach(clearTimeout);
    if (!response.writableEnded) response.end();
  };
  const send = (event: WatchEvent): void => {
    if (response.writableEnded) return;
    response.write(`${JSON.stringify(event)}\n`);
    if (event.type === 'ERROR') response.end();
  };

  response.writeHead(200, { 'content-type': 'application/json' });
  // The client learns that it watches before the first event, which may never come.
  response.flushHeaders();
  response.on('close', end);
  stop = start(send);
  if (response.writableEnded) return end;
  if (timeoutMs !== undefined) timers.push(setTimeout(end, timeoutMs));
  if (bookmark !== undefined) {
    timers.push(
      setInterval(() => {
        send(bookmark());
      }, bookmarkEveryMs),
    );
    if (timeoutMs !== undefined && timeoutMs > bookmarkLeadMs)
      timers.push(
        setTimeout(() => {
          send(bookmark());
        }, timeoutMs - bookmarkLeadMs),
      );
  }
  return end;
}
