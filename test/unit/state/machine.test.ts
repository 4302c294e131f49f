import { describe, expect, it } from 'vitest';
import {
  type Kernel,
  lifeOf,
  type Machine,
  systemKernel,
  thisMachine,
} from '../../../engine/state/machine.ts';

/** `/proc/<pid>/stat` of a process with an awkward name. */
const stat = (state: string, start: string) =>
  `42 (node) x) ${state} ${Array(18).fill('0').join(' ')} ${start} 0 0`;

const kernelWith = (change: Partial<Kernel>): Kernel => ({
  file: () => null,
  link: () => null,
  exists: () => true,
  ...change,
});

const machine: Machine = {
  host: 'pc1',
  machine: 'm1',
  bootId: 'boot-1',
  pidNamespace: 'pid:[1]',
  pid: 42,
  processStart: '900',
};

describe('thisMachine', () => {
  it('reads the boot id, the namespace and the start of this process', () => {
    const files: Record<string, string> = {
      '/etc/machine-id': 'abc',
      '/proc/sys/kernel/random/boot_id': 'boot-1',
      '/proc/self/stat': stat('R', '900'),
    };
    const kernel = kernelWith({ file: (path) => files[path] ?? null, link: () => 'pid:[1]' });
    expect(thisMachine(kernel)).toMatchObject({
      bootId: 'boot-1',
      pidNamespace: 'pid:[1]',
      pid: process.pid,
      processStart: '900',
    });
  });

  it('gives the id of the machine away as a digest only', () => {
    const kernel = kernelWith({ file: () => 'abc' });
    expect(thisMachine(kernel).machine).toMatch(/^[0-9a-f]{64}$/);
  });

  it('knows no machine where its id is empty', () => {
    expect(thisMachine(kernelWith({ file: () => '' })).machine).toBeNull();
  });

  it('knows nothing where there is no /proc', () => {
    expect(thisMachine(kernelWith({}))).toMatchObject({
      machine: null,
      bootId: null,
      pidNamespace: null,
      processStart: null,
    });
  });
});

describe('lifeOf', () => {
  const running = kernelWith({ file: () => stat('S', '900') });
  const gone = kernelWith({ exists: () => false });

  it.each<[string, Partial<Machine>, Kernel, string]>([
    ['alive while its process runs', {}, running, 'alive'],
    ['dead once the process is gone', {}, gone, 'dead'],
    ['dead once another process has its number', {}, kernelWith({ file: () => stat('S', '901') }), 'dead'],
    ['dead as a zombie', {}, kernelWith({ file: () => stat('Z', '900') }), 'dead'],
    ['unknown where its /proc entry is hidden', {}, kernelWith({}), 'unknown'],
    ['unknown without a start time of its own', { processStart: null }, running, 'unknown'],
    ['unknown in another PID namespace', { pidNamespace: 'pid:[2]' }, gone, 'unknown'],
    ['unknown without a PID namespace', { pidNamespace: null }, gone, 'unknown'],
    ['unknown without a boot id', { bootId: null }, gone, 'unknown'],
    ['dead after a restart of the same machine', { bootId: 'boot-0' }, running, 'dead'],
    ['unknown on another machine', { bootId: 'boot-0', machine: 'm2' }, running, 'unknown'],
    ['unknown on another host', { bootId: 'boot-0', host: 'pc2' }, running, 'unknown'],
    ['unknown on a machine without an id', { bootId: 'boot-0', machine: null }, running, 'unknown'],
  ])('says %s', (_, change, kernel, life) => {
    expect(lifeOf({ ...machine, ...change }, machine, kernel)).toBe(life);
  });

  it('says unknown where we do not know our own boot id', () => {
    expect(lifeOf(machine, { ...machine, bootId: null }, gone)).toBe('unknown');
  });
});

describe('systemKernel', () => {
  it('sees this process', () => {
    expect(systemKernel.exists(process.pid)).toBe(true);
  });

  it('does not see a process that cannot be', () => {
    expect(systemKernel.exists(2 ** 30)).toBe(false);
  });

  it('answers null for what cannot be read', () => {
    expect([systemKernel.file('/none'), systemKernel.link('/none')]).toEqual([null, null]);
  });
});
