import { expect, it } from 'vitest';
import { modelsMarkdown } from '../../../cli/docs-models.ts';

const models = [
  { name: 'W60B', accounts: null, oldest: 'v81' },
  { name: 'T31P', accounts: 2, oldest: 'v83' },
  { name: 'T54W', accounts: 16, oldest: 'v83' },
  { name: 'T31G', accounts: 2, oldest: 'v83' },
  { name: 'T29G', accounts: 16, oldest: null },
];

it('lists models with their accounts, most first; what is not known stays empty', () => {
  const rows = modelsMarkdown('yealink', models)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  expect(rows.slice(2)).toEqual([
    '| 16 |  | T29G |',
    '| 16 | V83 | T54W |',
    '| 2 | V83 | T31P, T31G |',
    '|  | V81 | W60B |',
  ]);
});

it('is a section of its driver', () => {
  expect(modelsMarkdown('yealink', models)).toMatch(/^## Models of `yealink`\n\n[^\n]+\n\n\| Accounts \|/);
});
