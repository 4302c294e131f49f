import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type {
  ApplyReport,
  Diagnostic,
  GuidedForm,
  Lang,
  Plan,
  VerifyReport,
} from '../../../engine/model/index.ts';
import { everything, noConsent } from '../../../engine/plan/index.ts';
import {
  applyJson,
  applyMarkdown,
  applyText,
  jsonText,
  planJson,
  planMarkdown,
  planText,
  verifyJson,
  verifyMarkdown,
  verifyText,
} from '../../../engine/report/index.ts';

/**
 * Every case is a folder: its data, and what each renderer makes of it in both languages. `UPDATE_GOLDEN=1` writes the expected files;
 * reviewing them is a git diff.
 */
const here = dirname(fileURLToPath(import.meta.url));
const update = process.env.UPDATE_GOLDEN === '1';

interface PlanCase {
  readonly plan: Plan;
  readonly forms: readonly GuidedForm[];
  readonly diagnostics: readonly Diagnostic[];
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(here, path), 'utf8')) as T;
}

function expectGolden(path: string, text: string): void {
  const file = join(here, path);
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const ajv = new Ajv2020({ strict: false });
for (const name of ['common', 'plan', 'report']) {
  const path = join(here, '../../../schemas', `${name}.schema.json`);
  ajv.addSchema(JSON.parse(readFileSync(path, 'utf8')));
}

/** The JSON face keeps to the published schema. */
function expectValid(schema: 'plan' | 'report', document: unknown): void {
  ajv.validate(`https://alta.example/schemas/${schema}.schema.json`, document);
  expect(ajv.errors).toBeNull();
}

const languages: readonly Lang[] = ['en', 'es'];

describe.each(['everything', 'nothing', 'hostile'])('plan: %s', (name) => {
  const { plan, forms, diagnostics } = read<PlanCase>(`${name}/plan.json`);

  it.each(languages)('as text, %s', (lang) => {
    expectGolden(`${name}/${lang}.txt`, planText(plan, { lang, forms }));
  });

  it.each(languages)('as Markdown, %s', (lang) => {
    expectGolden(`${name}/${lang}.md`, planMarkdown(plan, { lang, forms, diagnostics }));
  });

  it.each(languages)('as JSON, %s', (lang) => {
    const show = { lang, forms, diagnostics, consent: noConsent, selection: everything };
    const document = planJson(plan, show);
    expectGolden(`${name}/${lang}.json`, jsonText(document));
    expectValid('plan', document);
  });
});

describe('apply', () => {
  const report = read<ApplyReport>('apply/apply.json');

  it.each(languages)('as text, %s', (lang) => {
    expectGolden(`apply/${lang}.txt`, applyText(report, lang));
  });

  it.each(languages)('as Markdown, %s', (lang) => {
    expectGolden(`apply/${lang}.md`, applyMarkdown(report, lang));
  });

  it.each(languages)('as JSON, %s', (lang) => {
    const document = applyJson(report, lang);
    expectGolden(`apply/${lang}.json`, jsonText(document));
    expectValid('report', document);
  });
});

describe('verify', () => {
  const report = read<VerifyReport>('verify/verify.json');

  it.each(languages)('as text, %s', (lang) => {
    expectGolden(`verify/${lang}.txt`, verifyText(report, lang));
  });

  it.each(languages)('as Markdown, %s', (lang) => {
    expectGolden(`verify/${lang}.md`, verifyMarkdown(report, lang));
  });

  it.each(languages)('as JSON, %s', (lang) => {
    const document = verifyJson(report, lang);
    expectGolden(`verify/${lang}.json`, jsonText(document));
    expectValid('report', document);
  });
});
