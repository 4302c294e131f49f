import { posix } from 'node:path';
import { type Rule, sample, type Violation, violation } from '../rule.ts';
import type { SourceFile } from '../source.ts';

/** `[text](target)` outside of code. */
const links = /\[[^\]\n]*\]\(([^)\s]+)\)/g;

export const linksResolve: Rule = {
  name: 'links between documents lead somewhere',
  check: (files) => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    return files.filter(({ path }) => path.endsWith('.md')).flatMap((file) => brokenLinks(file, byPath));
  },
  caught: [
    sample('docs/a.md', 'See [b](b.md).'),
    sample('docs/a.md', '# One\nSee [two](#two).'),
    sample('docs/a.md', 'See [b](../docs/a.md#nowhere).'),
  ],
  fine: [
    sample(
      'docs/a.md',
      '# The `one`, and two\nSee [one](#the-one-and-two), [self](a.md), [folder](../docs).',
    ),
    sample('docs/a.md', '```\n[b](b.md)\n```\n`[b](c.md)` [web](https://example.com/x)'),
  ],
};

function brokenLinks(file: SourceFile, files: ReadonlyMap<string, SourceFile>): readonly Violation[] {
  return [...withoutCode(file.text).matchAll(links)].flatMap(({ 1: target = '', index }) => {
    if (/^[a-z]+:/.test(target) || leads(file, target, files)) return [];
    return [violation(file, index, `links to ${target}`)];
  });
}

/** Code blanked out, so that places stay the same. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, (code) => code.replace(/[^\n]/g, ' '));
}

function leads(from: SourceFile, target: string, files: ReadonlyMap<string, SourceFile>): boolean {
  const [path = '', anchor] = target.split('#');
  const place = path === '' ? from.path : posix.join(posix.dirname(from.path), decodeURIComponent(path));
  const folder = place.replace(/\/?$/, '/');
  const file = files.get(place);
  if (file === undefined) return [...files.keys()].some((known) => known.startsWith(folder));
  return anchor === undefined || !place.endsWith('.md') || anchorsOf(file.text).includes(anchor);
}

/** The anchors that forges make of headings. */
function anchorsOf(text: string): readonly string[] {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').match(/^#{1,6} .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}
