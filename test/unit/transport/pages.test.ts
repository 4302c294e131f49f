import { describe, expect, it } from 'vitest';
import { watchPages } from '../../../providers/transport/pages.ts';

const about = { host: 'box.example', operation: 'extension/query' };

describe('pages', () => {
  it('may all be different', () => {
    const watch = watchPages(about);
    watch(Buffer.from('1'));
    expect(() => watch(Buffer.from('2'))).not.toThrow();
  });

  it('that come again are a strange answer', () => {
    const watch = watchPages(about);
    watch(Buffer.from('1'));
    watch(Buffer.from('2'));
    expect(() => watch(Buffer.from('1'))).toThrow(
      expect.objectContaining({
        code: 'strange-answer',
        params: { ...about, evidence: 'page 3 repeats page 1' },
      }),
    );
  });

  it('are limited in number', () => {
    const watch = watchPages(about, 1);
    watch(Buffer.from('1'));
    expect(() => watch(Buffer.from('2'))).toThrow(expect.objectContaining({ code: 'strange-answer' }));
  });
});
