import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { State } from '../../../engine/model/index.ts';
import type { PlanDocument, ReportDocument, StateDocument } from '../../../engine/model/output.ts';
import type { ApplyJson, PlanJson, VerifyJson } from '../../../engine/report/index.ts';
import { generateMessages } from '../../../scripts/generate-messages.mjs';
import { generate, outputs } from '../../../scripts/generate-types.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

describe('generated types', () => {
  test.each(Object.keys(outputs))('%s is what the schemas say (npm run generate)', async (file) => {
    expect(readFileSync(root + file, 'utf8')).toBe(await generate(file));
  });
});

describe('generated messages', () => {
  const fresh = generateMessages();

  test('are those of the folder (npm run generate)', () => {
    const written = readdirSync(`${root}stacks/plugin/generated`).map(
      (name) => `stacks/plugin/generated/${name}`,
    );
    expect(written.sort()).toEqual(Object.keys(fresh).sort());
  });

  test.each(Object.entries(fresh))('%s is what the protocol files say (npm run generate)', (file, text) => {
    expect(readFileSync(root + file, 'utf8')).toBe(text);
  });
});

describe('the schemas and the types of the code say the same', () => {
  test('state', () => {
    expectTypeOf<State>().toExtend<StateDocument>();
    expectTypeOf<StateDocument>().toExtend<State>();
  });

  test('plan', () => {
    expectTypeOf<PlanJson>().toExtend<PlanDocument>();
  });

  test('report', () => {
    expectTypeOf<ApplyJson>().toExtend<ReportDocument>();
    expectTypeOf<VerifyJson>().toExtend<ReportDocument>();
  });
});
