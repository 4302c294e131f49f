import { createOne, patchOne } from './extensions.ts';
import { type AnswerV2, type CallV2, failed, objectAt, ok } from './wire.ts';

/**
 * Many at once: the items' `id` must be integers, and the reply is a bare array of `id`, `status` and `body`, each item on its own (C:
 * the vendor's documents differ). In a POST the id is the client's own, in a PATCH the extension's (I).
 */
export function batch(call: CallV2): AnswerV2 {
  const { body, method, platform } = call;
  if (!Array.isArray(body)) return failed(400, 'a batch is an array');
  const isNested = platform.settings.doubts.v2Batch === 'nested';
  const items = body.map((item) => {
    const { id, ...flat } = objectAt(item);
    return { id, content: isNested ? objectAt(item, 'body') : flat };
  });
  if (!items.every(({ id }) => Number.isInteger(id)))
    return failed(400, 'the id of an item is an integer', ['id']);
  return ok(
    items.map(({ id, content }) => {
      const answer = method === 'POST' ? createOne(call, content) : patchOne(call, String(id), content);
      const { status, failure, details = [] } = answer;
      return { id, status, body: failure === undefined ? answer.body : { description: failure, details } };
    }),
  );
}
