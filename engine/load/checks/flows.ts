import type { Finding } from '../types.ts';
import type { Check } from './context.ts';
import { extensionNames, unknownExtension } from './devices.ts';
import { unknownPbx } from './extensions.ts';

/** Call flows and test calls name PBXs and extensions that exist. */
export const checkFlows: Check = ({ client }) => {
  if (!client.complete) return [];
  const known = extensionNames(client);
  const labels = Object.keys(client.data.pbx ?? {});
  const findings: Finding[] = [];
  for (const [index, flow] of (client.data.checks?.callFlows ?? []).entries()) {
    const path = ['checks', 'callFlows', index];
    if (flow.pbx === undefined) continue;
    if (!labels.includes(flow.pbx)) {
      findings.push(unknownPbx(client, flow.pbx, [...path, 'pbx'], labels));
      continue;
    }
    for (const [position, number] of (flow.reaches ?? []).entries()) {
      const name = `${flow.pbx}/${number}`;
      if (number === null || known.has(name)) continue;
      findings.push(unknownExtension(client, name, [...path, 'reaches', position], known));
    }
  }
  for (const [index, { from }] of (client.data.checks?.testCalls ?? []).entries()) {
    if (from === undefined || known.has(from)) continue;
    findings.push(unknownExtension(client, from, ['checks', 'testCalls', index, 'from'], known));
  }
  return findings;
};
