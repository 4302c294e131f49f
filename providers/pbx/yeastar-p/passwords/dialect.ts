import { reveal, type Secret } from '../../../../engine/model/index.ts';
import { onlyOf, type SecretProblem, type SecretRule, tooLong, tooShort } from '../../../rules.ts';

type Secrets = Readonly<Record<string, Secret>>;

/** Lengths. [vendor-docs] */
const passwords: Readonly<Record<string, readonly SecretRule[]>> = {
  sip: [tooShort(8), tooLong(63)],
  portal: [tooShort(10), tooLong(63)],
};

const pin: readonly SecretRule[] = [onlyOf(/^[0-9]+$/, '0-9')];

/** What the secrets of a write break for certain, without their values: these are not sent. */
export function secretProblems(secrets: Secrets): readonly SecretProblem[] {
  return Object.entries(secrets).flatMap(([field, secret]) => {
    const rules = field === 'pin' ? pin : (passwords[field] ?? []);
    const broken = rules.find(({ kept }) => !kept(reveal(secret)));
    return broken === undefined ? [] : [{ field, code: broken.code, params: broken.params }];
  });
}

/** Whose the passwords are. */
export interface Owner {
  readonly key: string;
  readonly name: string;
  /** The Cloud Edition has more rules. */
  readonly cloud: boolean;
}

/**
 * The first password that the box would call weak: without capitals, small letters or digits; on the Cloud Edition also with four digits that
 * are equal or follow each other, or with the number or a part of the name in it. [vendor-docs] Only used to explain a refusal.
 */
export function weakSecret(secrets: Secrets, owner: Owner): string | undefined {
  const judged = Object.entries(secrets).filter(([field]) => field in passwords);
  return judged.find(([, secret]) => isWeak(reveal(secret), owner))?.[0];
}

function isWeak(value: string, { key, name, cloud }: Owner): boolean {
  if (![/[A-Z]/, /[a-z]/, /[0-9]/].every((kind) => kind.test(value))) return true;
  if (!cloud) return false;
  const parts = [key, ...name.split(' ')].filter((part) => part !== '');
  const said = value.toLowerCase();
  return hasRun(value) || parts.some((part) => said.includes(part.toLowerCase()));
}

/** Four digits that are equal, or each one more or one less than the one before. */
function hasRun(value: string): boolean {
  const runs = value.match(/[0-9]{4,}/g) ?? [];
  return runs.some((run) =>
    [...run].slice(0, -3).some((_, at) => {
      const [a = 0, b = 0, c = 0, d = 0] = [...run.slice(at, at + 4)].map(Number);
      const step = b - a;
      return Math.abs(step) <= 1 && c - b === step && d - c === step;
    }),
  );
}
