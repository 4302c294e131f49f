import { describe, expect, it } from 'vitest';
import { flowCheck } from '../../../engine/run/verify/call-flows.ts';
import type { CallFlow } from '../../../providers/contract.ts';
import { target } from '../plan/kit.ts';

const sales = { name: 'Ventas', pbx: 'main', reaches: ['110', '111'] } as const;

function flow(over: Partial<CallFlow> = {}): CallFlow {
  return { status: 'found', reaches: ['110', '111', '112'], complete: true, evidence: 'Queue 600', ...over };
}

function check(found: CallFlow | undefined) {
  const { address, result, evidence } = flowCheck(target(), sales, found);
  expect(address).toBe('acme/pbx:main');
  return [result, evidence];
}

describe('the check of a call flow', () => {
  it('passes where every declared extension is reached, whatever else is', () => {
    expect(check(flow())).toEqual(['passed', 'Ventas: 110 ✓, 111 ✓ · Queue 600']);
    expect(check(flow({ complete: false }))[0]).toBe('passed');
  });

  it('fails where the PBX shows all of it and one is missing', () => {
    expect(check(flow({ reaches: ['110'] }))).toEqual(['failed', 'Ventas: 110 ✓, 111 ✗ · Queue 600']);
  });

  it('is left to a person where part of it is not shown', () => {
    const found = flow({ reaches: ['110'], complete: false });
    expect(check(found)).toEqual(['manual', 'Ventas: 110 ✓, 111 ? · Queue 600']);
  });

  it('fails where the way in does not exist', () => {
    const found = flow({ status: 'absent', reaches: [], evidence: 'no DID of that number' });
    expect(check(found)).toEqual(['failed', 'Ventas: 110 ✗, 111 ✗ · no DID of that number']);
  });

  it('is left to a person where the PBX cannot tell, or is not asked', () => {
    expect(check(flow({ status: 'unknown', reaches: [], evidence: '' }))).toEqual([
      'manual',
      'Ventas: 110 ?, 111 ?',
    ]);
    expect(check(undefined)).toEqual(['manual', 'Ventas: 110, 111']);
  });
});
