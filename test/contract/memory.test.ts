import { expect, test } from 'vitest';
import { loadDriver } from '../../providers/registry.ts';
import { startMemory } from './memory.ts';
import { describeContract } from './suite.ts';

describeContract('memory', () => startMemory());

describeContract('memory, basic edition', () => startMemory('basic'), [
  { law: 'delete-gone', reason: 'the basic edition leaves deleting to the panel' },
]);

test('memory is in the registry', async () => {
  expect((await loadDriver('memory'))?.name).toBe('memory');
});
