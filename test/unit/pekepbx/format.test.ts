/** What a profile can say beside the usual: checked as it is loaded. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadProfile } from '../../../engine/load/index.ts';

const filename = 'profiles/pekepbx-lab-b.yaml';
const text = readFileSync(new URL(`../../../${filename}`, import.meta.url), 'utf8');

/** Codes and fields of what is wrong with the profile once one text of it is another. */
function problems(before: string, after: string) {
  if (!text.includes(before)) throw new Error(`the profile does not hold ${before}`);
  const { profile, diagnostics } = loadProfile(filename, text.replace(before, after));
  expect(profile === null).toBe(diagnostics.length > 0);
  return diagnostics.map(({ code, params }) => [code, params.field]);
}

test('the shipped one is right', () => {
  expect(loadProfile(filename, text).diagnostics).toEqual([]);
});

test('the key of a company is known to calls in it, and to no others', () => {
  expect(
    problems('did:\n    list: { path: /did }', 'did:\n    list: { path: "/c/{companyKey}/did" }'),
  ).toEqual([]);
  expect(problems('list: { path: /company }', 'list: { path: "/c/{companyKey}" }')).toEqual([
    ['profile-variable', 'resources.company.list.path'],
  ]);
  expect(problems('logout: { path: /logout }', 'logout: { path: "/c/{companyKey}" }')).toEqual([
    ['profile-variable', 'auth.logout.path'],
  ]);
});

test('what a number goes to is told by a word beside it, or by what its text begins with', () => {
  const begins = '    begins: { extension: "EXT/ext{companyId}", queue: "QUEUE/{companyId}" }\n';
  expect(problems(begins, '')).toEqual([
    ['missing-field', 'leads'],
    ['missing-field', 'kinds'],
  ]);
  expect(problems('"QUEUE/{companyId}"', '"QUEUE/{number}"')).toEqual([
    ['profile-variable', 'callFlows.dids.begins.queue'],
  ]);
  expect(problems(begins, '    leads: { path: kind }\n    kinds: { X: queue }\n')).toEqual([]);
});

test('limits leave something, and their patterns can be tried', () => {
  expect(problems('maxLength: 64', 'maxLength: 7')).toEqual([['profile-contradiction', 'fields.sip']]);
  expect(problems('"[!-~]*"', '"([!-~]+)+"')).toEqual([['profile-pattern-slow', 'fields.sip.pattern']]);
  expect(problems('"[!-~]*"', '"[!-~"')).toEqual([['profile-pattern-invalid', 'fields.sip.pattern']]);
});
