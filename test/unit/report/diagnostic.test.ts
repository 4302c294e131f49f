import { describe, expect, it } from 'vitest';
import { type Diagnostic, errorDiagnostic, warningDiagnostic } from '../../../engine/model/index.ts';
import {
  diagnosticJson,
  diagnosticText,
  githubAnnotations,
  gitlabCodeQuality,
  message,
  messageMarkdown,
} from '../../../engine/report/index.ts';

const code = '    name: Recepción\t# ñ';
const located: Diagnostic = warningDiagnostic(
  'unknown-option',
  { command: 'alta plan', option: '--x', similar: '--y' },
  {
    address: 'acme/pbx:main',
    range: {
      filename: 'clients/acme/client.yaml',
      start: { line: 12, column: 11, byte: 90 },
      end: { line: 12, column: 20, byte: 100 },
    },
    snippet: { code, startLine: 12, highlightStart: 10, highlightEnd: 19 },
  },
);

function caretLine(text: string): string {
  return text.split('\n').find((line) => line.includes('^')) ?? '';
}

describe('as text', () => {
  it('names the file, the line and the column, then the address', () => {
    expect(diagnosticText(located, 'en')).toContain('--> clients/acme/client.yaml:12:11 · acme/pbx:main');
  });

  it('puts the caret under exactly what is wrong', () => {
    expect(caretLine(diagnosticText(located, 'en'))).toBe(`   | ${' '.repeat(10)}${'^'.repeat(9)}`);
  });

  it('counts what the eye sees: combining marks and tabs keep the caret in place', () => {
    const snippet = { code: '\ta\u0301: x', startLine: 3, highlightStart: 5, highlightEnd: 6 };
    const lines = diagnosticText({ ...located, snippet }, 'en').split('\n');
    const source = lines.find((line) => line.startsWith('3 |')) ?? '';
    const caret = lines.find((line) => line.includes('^')) ?? '';
    expect(caret.indexOf('^')).toBe(
      [...new Intl.Segmenter().segment(source)].findIndex((g) => g.segment === 'x'),
    );
  });

  it('shows one caret for an empty place', () => {
    const snippet = { code: 'name:', startLine: 3, highlightStart: 5, highlightEnd: 5 };
    expect(caretLine(diagnosticText({ ...located, snippet }, 'en'))).toBe('  |      ^');
  });

  it('speaks Spanish', () => {
    expect(diagnosticText(located, 'es')).toContain('aviso: Opción desconocida [unknown-option]');
  });

  it('is one line where there is nothing but a summary', () => {
    const text = diagnosticText(errorDiagnostic('declined'), 'en');
    expect(text.split('\n')[0]).toBe('error: Not applied [declined]');
  });

  it('never lets a parameter begin a line as a command', () => {
    const text = diagnosticText(errorDiagnostic('internal', { message: '::error::x\n::error::y' }), 'en');
    expect(text).not.toMatch(/^\s*::/m);
  });
});

describe('as data', () => {
  it('has the field names of Terraform', () => {
    expect(diagnosticJson(located, 'en')).toMatchObject({
      severity: 'warning',
      summary: 'Unknown option',
      address: 'acme/pbx:main',
      range: { filename: 'clients/acme/client.yaml', start: { line: 12, column: 11, byte: 90 } },
      snippet: {
        context: null,
        code,
        start_line: 12,
        highlight_start_offset: 10,
        highlight_end_offset: 19,
        values: [],
      },
    });
  });

  it('leaves out what is not known', () => {
    expect(Object.keys(diagnosticJson(errorDiagnostic('declined'), 'en'))).toEqual([
      'severity',
      'code',
      'summary',
      'detail',
    ]);
  });

  it('says what to do next apart', () => {
    expect(message(located, 'en').hint).toBe('The nearest is `--y`. `alta plan --help` lists them all.');
  });

  it('is harmless as Markdown', () => {
    const { detail } = messageMarkdown(errorDiagnostic('internal', { message: '@all <b>' }), 'en');
    expect(detail).toBe('<code>&#64;all &#60;b&#62;</code>');
  });
});

describe('for the forges', () => {
  it('annotates the line on GitHub', () => {
    expect(githubAnnotations([located], 'en')).toMatch(
      /^::warning file=clients\/acme\/client\.yaml,line=12,endLine=12,col=11,endColumn=19,title=Unknown option \[unknown-option\]::acme\/pbx:main%0A/,
    );
  });

  it('gives no columns on GitHub where the range spans lines', () => {
    const range = {
      filename: 'a.yaml',
      start: { line: 1, column: 1, byte: 0 },
      end: { line: 3, column: 1, byte: 9 },
    };
    expect(githubAnnotations([{ ...located, range }], 'en')).toContain(
      '::warning file=a.yaml,line=1,endLine=3,title=',
    );
  });

  it('is one line on GitHub whatever the text holds', () => {
    const text = githubAnnotations([errorDiagnostic('internal', { message: 'a\r\n::error::b' })], 'en');
    expect(text.trimEnd().split(/[\r\n]/)).toHaveLength(1);
  });

  it('is a finding of the Code Quality report on GitLab', () => {
    expect(gitlabCodeQuality([located], 'en')).toMatchObject([
      {
        check_name: 'unknown-option',
        severity: 'minor',
        location: { path: 'clients/acme/client.yaml', lines: { begin: 12 } },
      },
    ]);
  });

  it('keeps the fingerprint on GitLab when only the language changes', () => {
    const [english] = gitlabCodeQuality([located], 'en');
    const [spanish] = gitlabCodeQuality([located], 'es');
    expect(english?.fingerprint).toBe(spanish?.fingerprint);
  });
});
