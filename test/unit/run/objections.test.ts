import { describe, expect, it } from 'vitest';
import { errorDiagnostic, warningDiagnostic } from '../../../engine/model/index.ts';
import { planClient } from '../../../engine/plan/index.ts';
import { withObjections } from '../../../engine/run/targets/objections.ts';
import type { Driver } from '../../../providers/contract.ts';
import { driver as memory } from '../../../providers/memory/driver.ts';
import { actual, desired, entry, input, state, unread, view } from '../plan/kit.ts';

const files = { workspace: null, clients: [], workspaceSecrets: null };

/** Takes no `department` that is not in its list, and warns of every `title`. */
const picky: Driver = {
  ...memory,
  checkReading: ({ address, values }, _target, { lists = {} }) => [
    ...(values.department === undefined || lists.departments?.includes(String(values.department))
      ? []
      : [
          errorDiagnostic(
            'value-unsupported',
            { driver: 'memory', field: 'department', address, value: '-' },
            { address },
          ),
        ]),
    ...(values.title === undefined
      ? []
      : [warningDiagnostic('field-unsupported', { driver: 'memory', field: 'title', address }, { address })]),
  ],
};

const drivers = new Map([['memory', picky]]);

function seen(departments: readonly string[]) {
  const found = view([actual('10')]);
  if (found.reading === null) throw new Error('the kit reads');
  return { ...found, reading: { ...found.reading, lists: { departments } } };
}

const wanted = desired('11', { values: { number: '11', name: 'Ext 11', department: 'Ventas' } });

describe('what a target cannot take', () => {
  it('blocks the change, and says why on the line', () => {
    const views = withObjections({ files, drivers }, [seen(['Taller'])], [wanted]);
    const plan = planClient(input({ desired: [wanted], views }));
    expect(plan.changes).toMatchObject([
      {
        address: wanted.address,
        action: 'create',
        blocked: { code: 'target-objects', params: { target: 'acme/pbx:main' } },
      },
    ]);
    expect(plan.diagnostics).toMatchObject([
      { code: 'value-unsupported', severity: 'error', address: wanted.address },
    ]);
  });

  it('leaves what it can take, and other extensions, alone', () => {
    const other = desired('12');
    const views = withObjections({ files, drivers }, [seen(['Taller'])], [wanted, other]);
    const plan = planClient(input({ desired: [wanted, other], views }));
    expect(plan.changes.map(({ key, blocked }) => [key, blocked?.code ?? null])).toEqual([
      ['11', 'target-objects'],
      ['12', null],
    ]);
    const fine = withObjections({ files, drivers }, [seen(['Ventas'])], [wanted]);
    expect(planClient(input({ desired: [wanted], views: fine })).changes).toMatchObject([{ blocked: null }]);
  });

  it('is a warning that blocks nothing, where the driver only warns', () => {
    const titled = desired('11', { values: { number: '11', name: 'Ext 11', title: 'Jefa' } });
    const views = withObjections({ files, drivers }, [seen([])], [titled]);
    const plan = planClient(input({ desired: [titled], views }));
    expect(plan.changes).toMatchObject([{ blocked: null }]);
    expect(plan.diagnostics).toMatchObject([{ severity: 'warning' }]);
  });

  it('blocks no deletion', () => {
    const views = [{ ...seen([]), objections: new Set(['acme/pbx:main/extension:10']) }];
    const plan = planClient(input({ desired: [], views, state: state([entry('10')]) }));
    expect(plan.changes).toMatchObject([{ action: 'delete', blocked: null }]);
  });

  it('is not asked of a target that was not read', () => {
    const [view] = withObjections({ files, drivers }, [unread('unreachable')], [wanted]);
    expect(view?.objections).toBeUndefined();
  });
});
