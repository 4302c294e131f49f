import type { ProfileCall } from '../../model/profile.ts';
import type { Operation } from './carriers.ts';
import { isCarriedApart } from './company.ts';
import { learnt, partAt } from './finding.ts';
import type { Scene } from './scene.ts';
import type { Finding } from './types.ts';

/**
 * What each call carries where the key of the company that calls carry is not the one that people write: scopes carry the latter, templates
 * of single calls can carry the former.
 */
export function carriedBy(operation: Operation, { company }: Scene, known: ProfileCall | undefined) {
  if (!isCarriedApart(company)) return {};
  const carriers = company.carriers.filter(({ ops }) => ops.includes(operation));
  const named = (by: 'header' | 'query' | 'body') =>
    Object.fromEntries(carriers.filter((one) => one.by === by).map(({ name }) => [name, '{companyName}']));
  const [headers, query, body] = [named('header'), named('query'), named('body')];
  const joined = (before: object | undefined, now: object) => ({ ...before, ...now });
  return {
    ...(Object.keys(headers).length === 0 ? {} : { headers: joined(known?.headers, headers) }),
    ...(Object.keys(query).length === 0 ? {} : { query: joined(known?.query, query) }),
    ...(Object.keys(body).length === 0 ? {} : { body: joined(known?.body, body) }),
  };
}

/** The lists of other things of the company carry it as those of extensions do. */
export function otherCarriers(scene: Scene): readonly Finding[] {
  const { base } = scene;
  return Object.keys(base.resources).flatMap((kind) => {
    const place = `resources.${kind}.list`;
    const known = partAt(base, place) as ProfileCall;
    const settings = carriedBy('list', scene, known);
    const own = kind === 'extension' || kind === base.tenant.resource;
    if (own || Object.keys(settings).length === 0) return [];
    return [learnt({ place, standing: 'guessed', shown: `GET ${known.path}`, clues: [], settings }, known)];
  });
}
