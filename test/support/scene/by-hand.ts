import { goodSecret } from '../site.ts';

/**
 * A configuration that somebody wrote by hand, for `scene.own`: extensions of the office by the name of their block, and more resources
 * by their type.
 */
export function byHand(extensions: Readonly<Record<string, object>>, more: object = {}): object {
  const blocks = Object.entries(extensions).map(([name, over]) => [name, { ...usual, ...over }] as const);
  return {
    provider: { alta: [{ client: 'acme' }] },
    resource: { alta_extension: Object.fromEntries(blocks), ...more },
  };
}

const usual = { target: 'acme/pbx:sede', name: 'Puesto' };

/** Its secret stands in the configuration, which Terraform keeps out of its state. */
export const writtenOut = { sip_secret_wo: goodSecret };

/** Its secret is the one that the client's file names for this number. */
export function sealed(number: string): object {
  return { number, sip_secret: `secret:extensions/sede/${number}/sip` };
}
