/** A small client of Terraform's plugin protocol, for tests without Terraform. With the server it shares the generated messages alone. */
export {
  type ClientTls,
  connectPlugin,
  GrpcFailure,
  type PluginAddress,
  type PluginClient,
  rpc,
} from './client.ts';
export { type Plain, pack, UNKNOWN, unpack } from './msgpack.ts';
export { magicCookie, makeIdentity, type StartedPlugin, type StartOptions, startPlugin } from './start.ts';
