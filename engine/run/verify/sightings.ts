import type { Registration } from '../../../providers/contract.ts';

/**
 * What two witnesses say of one registration: the PBX's own API, and whoever looks from beside it. Where they contradict each other nobody
 * knows, both are quoted, and another look may tell: one of them may be late. Pure.
 */
export function bothSay(
  first: Registration | undefined,
  second: Registration | undefined,
): Registration | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  const evidence = [first.evidence, second.evidence].filter((word) => word !== '').join(' · ');
  const contact = second.contact ?? first.contact;
  const said = { ...(contact === undefined ? {} : { contact }), evidence, key: first.key };
  if (first.status === second.status) {
    return {
      ...said,
      status: first.status,
      ...(first.trying || second.trying ? { trying: true as const } : {}),
    };
  }
  if (first.status === 'unknown') return { ...second, ...said };
  if (second.status === 'unknown') return { ...first, ...said };
  return { ...said, status: 'unknown', trying: true };
}
