import ts from 'typescript';
import { type Rule, sample, type Violation, violation } from '../rule.ts';
import { isCode, isUnder, nodesOf, type SourceFile, treeOf } from '../source.ts';
import { isText } from './content.ts';

/**
 * Hosts that exist and may be named: what documents link to, formats are called by, and programs say that they were built on. Nothing
 * contacts them.
 */
const known = new Set([
  'json-schema.org',
  'github.com',
  'openssh.com',
  'terraform.local',
  'buildd.debian.org',
]);

/** RFC 2606 and RFC 6761. */
const reserved = /(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/;

const urls = /\b[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@'"`]*@)?([a-z0-9][a-z0-9.-]*[a-z0-9])/gi;
const mails = /[\w.%+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b/gi;
const names = /(?<![\w./@-])((?:[a-z0-9-]+\.)+(?:com|net|org|cloud|eu))\b(?![-.(\w])/gi;
const addresses = /(?<![\d.\w-]|#!version:)(\d{1,3}(?:\.\d{1,3}){3})(?![\d.\w])/g;

function isKnownHost(host: string): boolean {
  const lower = host.toLowerCase();
  return known.has(lower) || reserved.test(lower) || /^[\d.]+$/.test(lower) || !lower.includes('.');
}

/** RFC 5737, RFC 1918, loopback, link-local, unspecified and broadcast. */
function isHarmless(address: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  if ([a, b, c, d].some((byte) => byte > 255)) return true;
  const documentation = ['192.0.2', '198.51.100', '203.0.113'].includes(`${a}.${b}.${c}`);
  const local = a === 10 || a === 127 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
  return documentation || local || (a === 169 && b === 254) || address === '0.0.0.0' || a === 255;
}

/** Versions of firmware that look like addresses: of PBXs (30 and 81) and phones (108, or second number 70 to 89), whose third number is 0. */
const firmware = /^((30|81|108)\.\d+|\d{1,3}\.[78]\d)\.0\.\d+$/;

function hostsIn(file: SourceFile): readonly Violation[] {
  const anywhere = [urls, mails].flatMap((pattern) => [...file.text.matchAll(pattern)]);
  return [...anywhere, ...bareNames(file)]
    .filter(({ 1: host = '' }) => !isKnownHost(host))
    .map(({ 1: host, index }) => violation(file, index, `names the host ${host}`));
}

/** In code only what stands in strings: `known.device.net` is no host. */
function bareNames(file: SourceFile): readonly { 1?: string; index: number }[] {
  if (!isCode(file)) return [...file.text.matchAll(names)];
  return nodesOf(treeOf(file)).flatMap((node) =>
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
      ? [...node.text.matchAll(names)].map(({ 1: host = '' }) => ({ 1: host, index: node.getStart() }))
      : [],
  );
}

function addressesIn(file: SourceFile): readonly Violation[] {
  return [...file.text.matchAll(addresses)]
    .filter(({ 1: address = '' }) => !isHarmless(address) && !firmware.test(address))
    .map(({ 1: address, index }) => violation(file, index, `names the address ${address}`));
}

/** What is refused for its address has to be named. */
const refusals = ['providers/transport/address.ts', 'test/unit/transport/address.test.ts'];

export const onlyExamples: Rule = {
  name: 'hosts, mails and addresses are those reserved for documentation',
  check: (files) =>
    files
      .filter((file) => isText(file) && file.path !== 'package-lock.json')
      .flatMap((file) => [...hostsIn(file), ...(isUnder(file, ...refusals) ? [] : addressesIn(file))]),
  caught: [
    sample('clients/a/client.yaml', 'url: https://sip9.realpbx.net'),
    sample('clients/a/client.yaml', 'email: ana@realcompany.es'),
    sample('clients/a/client.yaml', 'server: pbx.realcompany.com'),
    sample('test/a.ts', "const host = '8.8.4.4'; const { net } = known.device;"),
    sample('test/a.ts', "const host = 'pbx.realcompany.com';"),
  ],
  fine: [
    sample(
      'clients/a/client.yaml',
      'url: https://sip17.example.net:8088\nemail: a@acme.example\nx: 192.0.2.1',
    ),
    sample('test/a.ts', "const url = 'http://127.0.0.1:80'; const firmware = '30.13.0.30'; known.device.net"),
    sample('docs/a.md', 'https://json-schema.org/draft/2020-12/schema'),
  ],
};
