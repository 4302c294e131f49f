import { AltaError } from '../../../engine/model/index.ts';
import { inSession, instead, type Mutant, revalued, without } from './mutant.ts';

/** Defects of writing. */
export const writingMutants: readonly Mutant[] = [
  inSession('create leaves a field out', 'create-reads-back', ({ session }) => ({
    apply: (write) =>
      session.apply(
        write.action === 'create' ? revalued(write, (values) => without(values, 'department')) : write,
      ),
  })),
  inSession('update writes only the first of several fields', 'second-plan-empty', ({ session }) => ({
    apply: (write) =>
      session.apply(
        write.action === 'update'
          ? revalued(write, (values) => Object.fromEntries(Object.entries(values).slice(0, 1)))
          : write,
      ),
  })),
  inSession('update empties a field that it does not name', 'update-leaves-others', ({ session }) => ({
    apply: (write) =>
      session.apply(
        write.action === 'update' ? revalued(write, (values) => ({ department: '', ...values })) : write,
      ),
  })),
  inSession('the same update again writes something else', 'apply-twice', ({ session }) => {
    let last = '';
    return {
      apply: async (write) => {
        const again = write.action === 'update' && JSON.stringify(write) === last;
        const done = await session.apply(
          again ? revalued(write, (values) => ({ ...values, name: 'Otra vez' })) : write,
        );
        last = JSON.stringify(write);
        return done;
      },
    };
  }),
  inSession('deleting what is gone fails', 'delete-gone', ({ session, world }) => ({
    apply: (write) => {
      if (write.action !== 'delete' || world.saved.has(write.key.padStart(5, '0')))
        return session.apply(write);
      throw new AltaError('not-found', { object: write.address }, { written: 'nothing' });
    },
  })),
  inSession('a commit sweeps away what others made', 'foreign-untouched', ({ session, world }) => ({
    commit: async () => {
      await session.commit?.();
      for (const [ext, row] of world.saved) if (row.label?.startsWith('Ajena')) world.saved.delete(ext);
    },
  })),
  inSession('create takes over what stands there', 'create-never-overwrites', ({ session }) => ({
    apply: (write) =>
      instead('already-exists', session.apply(write), () => {
        const values = write.action === 'delete' ? {} : write.values;
        return session.apply({ ...write, action: 'update', values, secrets: {}, before: {} });
      }),
  })),
  inSession('update drops the SIP password', 'fields-round-trip', ({ session }) => ({
    apply: (write) => {
      if (write.action !== 'update') return session.apply(write);
      const { sip: _, ...secrets } = write.secrets;
      return session.apply({ ...write, secrets });
    },
  })),
  inSession('commit puts nothing into effect', 'commit-makes-running', ({ session, world }) => ({
    commit: async () => {
      const before = [...world.running];
      await session.commit?.();
      world.running.clear();
      for (const [ext, row] of before) world.running.set(ext, row);
    },
  })),
];
