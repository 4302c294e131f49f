import type { Platform } from '../platform.ts';

/** What was seen in the headers: sixty requests in twelve seconds (C). */
const SEEN = { requests: 60, windowMs: 12_000 };

/** Counts a request. `isOver` only where a limit is switched on: nobody saw a 429. */
export function countRequest(
  platform: Platform,
  now: number,
): { isOver: boolean; headers: Record<string, string> } {
  const { requests, windowMs } = platform.settings.rateLimit ?? SEEN;
  if (now - platform.window.from >= windowMs) platform.window = { from: now, requests: 0 };
  platform.window.requests += 1;
  const left = requests - platform.window.requests;
  return {
    isOver: platform.settings.rateLimit !== undefined && left < 0,
    headers: {
      'ratelimit-limit': String(requests),
      'ratelimit-policy': `${requests};w=${Math.ceil(windowMs / 1000)}`,
      'ratelimit-remaining': String(Math.max(0, left)),
    },
  };
}
