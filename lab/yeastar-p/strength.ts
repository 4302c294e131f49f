import type { LabExtension } from '../settings.ts';

/**
 * The flaw of a user password, if any: 10 to 63 characters with upper and lower case and digits (D). The cloud also refuses four
 * equal or consecutive digits, and the extension's number or name inside (D); names of fewer than three letters are let pass (I).
 */
export function userPasswordFlaw(
  password: string,
  owner: LabExtension,
  isCloud: boolean,
): string | undefined {
  if (password.length < 10) return 'min';
  if (password.length > 63) return 'max';
  if (!/[A-Z]/.test(password) || !/[a-z]/.test(password) || !/\d/.test(password)) return 'password';
  return isCloud && isGuessable(password, owner) ? 'password' : undefined;
}

function isGuessable(password: string, { number, first_name = '', last_name = '' }: LabExtension): boolean {
  const folded = password.toLowerCase();
  const names = [first_name, last_name].filter((name) => [...name].length >= 3);
  return (
    /(\d)\1{3}/.test(password) ||
    hasDigitRun(password) ||
    [number, ...names].some((part) => folded.includes(part.toLowerCase()))
  );
}

/** Four digits that count up or down. */
function hasDigitRun(text: string): boolean {
  for (let at = 0; at + 4 <= text.length; at += 1) {
    const part = text.slice(at, at + 4);
    if ('0123456789'.includes(part) || '9876543210'.includes(part)) return true;
  }
  return false;
}
