export { applyWorkspace } from './apply.ts';
export { attest, listGuided } from './attest.ts';
export * from './contract.ts';
export { driftWorkspace } from './drift.ts';
export { findWorkspace } from './files.ts';
export { planWorkspace } from './plan.ts';
export { verifyWorkspace } from './verify.ts';
