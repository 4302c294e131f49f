/** From Terraform back to the embedded engine. The other way goes by import blocks, which synthesis writes. */
export { type TakeBackOptions, type TakenBack, takeBack } from './take-back.ts';
