export { applyWorkspace } from './apply.ts';
export { attest, listGuided } from './attest.ts';
export * from './contract.ts';
export { doctor } from './doctor.ts';
export { driftWorkspace } from './drift.ts';
export { findWorkspace } from './files.ts';
export { planWorkspace } from './plan.ts';
export { validateWorkspace } from './validate.ts';
export { verifyWorkspace } from './verify.ts';
