/**
 * Typed classes for cdktf apps that are written by hand, without bindings to download. Text given to them is a Terraform template, as
 * everywhere in cdktf: {@link literal} makes one of text that must come out as it is.
 */
export { literal } from '../synth/template.ts';
export type * from './arguments.ts';
export { AltaProvider } from './provider.ts';
export { AltaAccount, AltaExtension, AltaResource } from './resource.ts';
