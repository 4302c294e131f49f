import { expect, test } from 'vitest';
import { driverNames, loadDriver } from '../../../providers/registry.ts';

test('the registry has the driver, by the name of the YAML', async () => {
  const driver = await loadDriver('pekepbx');
  expect(driver?.name).toBe('pekepbx');
  expect(driver?.facts.target).toBe('pbx');
  expect(driverNames()).toContain('pekepbx');
});

test('every text of its facts is there in both languages', async () => {
  const driver = await loadDriver('pekepbx');
  expect(driver?.facts.access?.en).toContain('1443');
  expect(driver?.facts.access?.es).toContain('1443');
  expect(driver?.facts.unconfirmed.length).toBeGreaterThan(5);
});
