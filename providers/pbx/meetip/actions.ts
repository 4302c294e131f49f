/** The actions of API v1 that this driver uses: what a key must be allowed. [vendor-docs] */
export const actions = {
  license: 'pbxware.license.info',
  tenants: 'pbxware.tenant.list',
  tenant: 'pbxware.tenant.configuration',
  userAgents: 'pbxware.uads.list',
  departments: 'pbxware.department.list',
  list: 'pbxware.ext.list',
  configuration: 'pbxware.ext.configuration',
  add: 'pbxware.ext.add',
  edit: 'pbxware.ext.edit',
  delete: 'pbxware.ext.delete',
  callerId: 'pbxware.ext.es.callerid.configuration',
  callerIdState: 'pbxware.ext.es.callerid.get',
  setCallerId: 'pbxware.ext.es.callerid.edit',
  setCallerIdState: 'pbxware.ext.es.callerid.set',
  monitor: 'pbxware.monitor.list',
  dids: 'pbxware.did.list',
  ringGroups: 'pbxware.ring_group.list',
  menus: 'pbxware.ivr.list',
  queues: 'pbxware.erg.list',
} as const;

export type Action = (typeof actions)[keyof typeof actions];
