import type { Observer } from '../../contract.ts';
import { readPaste } from './paste.ts';

/** Asterisk, on its command line or over its manager interface. What talks is loaded when it is opened: reading a paste needs no SSH. */
export const observer: Observer = {
  name: 'asterisk',
  open: async (target, context) => (await import('./session.ts')).openObserver(target, context),
  read: readPaste,
};
