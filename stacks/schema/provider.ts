import type { Schema } from '../plugin/contract.ts';

/** The provider's own arguments. */
export const providerSchema: Schema = {
  version: 0,
  description:
    'Serves the drivers of an Alta workspace. One configuration answers for one client; a second client needs an alias.',
  attributes: {
    client: {
      type: 'string',
      required: true,
      description: 'Id of the client: the name of its folder below `clients/`.',
    },
    workspace: {
      type: 'string',
      optional: true,
      description:
        'Absolute path of the folder that holds alta.yaml. Default: ALTA_WORKSPACE, which `alta terraform` sets.',
    },
    recreate: {
      type: 'bool',
      optional: true,
      description:
        'Consent to create extensions again on a PBX that shows none at all any more. Default: ALTA_RECREATE=true, else false.',
    },
  },
};

export const tenantSchema: Schema = {
  version: 0,
  description: 'What a PBX or a device says it is.',
  attributes: {
    target: { type: 'string', required: true, description: 'Address: `acme/pbx:main`.' },
    id: { type: 'string', computed: true, description: 'Natural key of the target.' },
    driver: { type: 'string', computed: true, description: 'Its driver.' },
    edition: {
      type: 'string',
      computed: true,
      description: 'Model, firmware, API version, in its own words.',
    },
    identity: { type: { map: 'string' }, computed: true, description: 'Serial, tenant, MAC as found.' },
    numbers: {
      type: { list: 'string' },
      computed: true,
      description: 'Numbers of all extensions there, or lines of a device.',
    },
  },
};

export const foreignSchema: Schema = {
  version: 0,
  description: 'Extensions on a PBX that the workspace does not declare. They are never touched.',
  attributes: {
    target: { type: 'string', required: true, description: 'Address: `acme/pbx:main`.' },
    id: { type: 'string', computed: true, description: 'Natural key of the target.' },
    extensions: {
      type: { list: { object: { number: 'string', name: 'string', id: 'string' } } },
      computed: true,
      description: 'In order of their numbers; `id` is what an import takes.',
    },
  },
};
