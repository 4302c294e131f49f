import { createHash } from 'node:crypto';
import { AltaError, reveal } from '../../../engine/model/index.ts';
import { driver as memory } from '../../../providers/memory/driver.ts';
import { inDriver, inOpening, inSession, instead, type Mutant, revalued, without } from './mutant.ts';

/** Defects of credentials, identity, rights and secrets. */
export const trustMutants: readonly Mutant[] = [
  inDriver('a refused login is tried again', 'wrong-credentials-once', {
    open: (target, context) =>
      instead('wrong-credentials', memory.open(target, context), () => memory.open(target, context)),
  }),
  inOpening('nobody asks who the box is', 'wrong-identity', (target, context) => [
    { ...target, identity: {} },
    context,
  ]),
  inOpening('a session for reading may write', 'read-session-refuses-writes', (target, context) => [
    target,
    { ...context, purpose: 'write' },
  ]),
  inSession('a guided field is passed over in silence', 'capabilities-honest', ({ session }) => ({
    apply: (write) => session.apply(revalued(write, (values) => without(values, 'voicemail'))),
  })),
  inSession('the capabilities call guided what the driver does', 'capabilities-honest', ({ session }) => ({
    read: async (scope) => {
      const { can, ...rest } = await session.read(scope);
      return { ...rest, can: { ...can, guidedFields: { extension: ['voicemail', 'nat'] } } };
    },
  })),
  inSession('an error quotes the password', 'no-secret-leaks', ({ session }) => ({
    apply: (write) =>
      instead('forbidden', session.apply(write), ({ code, params, facts }) => {
        const sip = write.action === 'delete' ? undefined : write.secrets.sip;
        const evidence = sip === undefined ? '' : `sent sippw=${reveal(sip)}`;
        throw new AltaError(code, { ...params, evidence }, facts);
      }),
  })),
  inSession('a log line holds a hash of the password', 'no-secret-leaks', ({ session, context }) => ({
    apply: (write) => {
      const sip = write.action === 'delete' ? undefined : write.secrets.sip;
      const md5 = createHash('md5').update(sip === undefined ? '' : reveal(sip));
      context.log('apply', { digest: md5.digest('hex') });
      return session.apply(write);
    },
  })),
];
