import type { Face } from '../face.ts';
import { LEAVE_MS } from '../link.ts';
import { enter, leave } from './login.ts';
import { inCall, status } from './status.ts';
import { exported, imported } from './transfer.ts';

/** The JSON interface of V86 and later. [field] */
export const apiFace: Face = {
  web: 'c',
  enter,
  leave: (link) => leave(link, LEAVE_MS),
  status,
  exported,
  imported,
  inCall,
};
