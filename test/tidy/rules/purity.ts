import ts from 'typescript';
import { type Rule, sample, type Violation, violation } from '../rule.ts';
import { isCode, isUnder, nodesOf, type SourceFile, treeOf } from '../source.ts';
import { pureFolders } from './boundaries.ts';

/** A rule about what the code of the pure parts says. */
function pureRule(
  name: string,
  impure: (node: ts.Node) => string | null,
  samples: { readonly caught: readonly string[]; readonly fine: readonly string[] },
): Rule {
  const check = (files: readonly SourceFile[]): readonly Violation[] =>
    files
      .filter((file) => isCode(file) && isUnder(file, ...pureFolders))
      .flatMap((file) =>
        nodesOf(treeOf(file)).flatMap((node) => {
          const what = impure(node);
          return what === null ? [] : [violation(file, node.getStart(), what)];
        }),
      );
  const inPlan = (text: string) => sample('engine/plan/a.ts', text);
  return {
    name,
    check,
    caught: samples.caught.map(inPlan),
    fine: [...samples.fine.map(inPlan), ...samples.caught.map((text) => sample('engine/run/a.ts', text))],
  };
}

/** The name of a global that a node uses: not a property, a key or a type of that name. */
function globalName(node: ts.Node): string | null {
  if (!ts.isIdentifier(node)) return null;
  const { parent } = node;
  const isName = 'name' in parent && parent.name === node;
  if (isName || ts.isTypeNode(parent)) return null;
  return node.text;
}

function uses(node: ts.Node, names: readonly string[]): string | null {
  const name = globalName(node);
  return name !== null && names.includes(name) ? `uses ${name}` : null;
}

/** `Date.now` for a property access of two plain names. */
function dotted(node: ts.Node): string | null {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : null;
}

const timers = ['performance', 'setTimeout', 'setInterval', 'setImmediate'];

export const noClock = pureRule(
  'the pure parts read no clock',
  (node) => {
    if (dotted(node) === 'Date.now') return 'reads the clock';
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (isCall && globalName(node.expression) === 'Date' && (node.arguments ?? []).length === 0) {
      return 'reads the clock';
    }
    return uses(node, timers);
  },
  {
    caught: [
      'const now = Date.now();',
      'const now = new Date();',
      'const now = Date();',
      'const now = performance.now();',
      'setTimeout(() => {}, 1);',
    ],
    fine: ['const then = new Date(ms);', 'const { now } = clock; clock.performance;', '// Date.now()'],
  },
);

export const noEnvironment = pureRule(
  'the pure parts read no environment',
  (node) => uses(node, ['process', 'globalThis', 'navigator', 'require']),
  {
    caught: ['const home = process.env.HOME;', 'const g = globalThis;'],
    fine: ['const step = plan.process;', 'const a = { process: 1 };'],
  },
);

const random = /^(random|generateKey|getRandomValues)/;

export const noRandomness = pureRule(
  'the pure parts use no randomness',
  (node) => {
    if (dotted(node) === 'Math.random') return 'uses Math.random';
    if (ts.isImportSpecifier(node) && random.test((node.propertyName ?? node.name).text)) {
      return `imports ${node.getText()}`;
    }
    if (
      ts.isPropertyAccessExpression(node) &&
      random.test(node.name.text) &&
      /crypto/i.test(node.expression.getText())
    ) {
      return `uses ${node.getText()}`;
    }
    return null;
  },
  {
    caught: [
      'const n = Math.random();',
      "import { randomBytes } from 'node:crypto';",
      'const id = crypto.randomUUID();',
      "import { randomInt as draw } from 'node:crypto';",
    ],
    fine: ["import { createHash } from 'node:crypto';", 'const n = draw(random);'],
  },
);

export const noPrinting = pureRule('the pure parts never print', (node) => uses(node, ['console']), {
  caught: ["console.log('x');"],
  fine: ['const text = target.console;', "const text = 'console.log()';"],
});
