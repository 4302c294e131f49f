import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  /** Shipped inside another package: never fetched. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** `npm ci` refuses a lock that misses one of them, on every platform. `npm install` drops those it cannot fetch. */
test('every optional dependency of the lock file stands in it', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {}, inBundle }]) =>
    (inBundle === true ? [] : Object.keys(optionalDependencies)).filter((name) => {
      const nested = `${path}/node_modules/${name}`;
      return lock.packages[`node_modules/${name}`] === undefined && lock.packages[nested] === undefined;
    }),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no host', () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
