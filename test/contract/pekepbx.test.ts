import { startPekepbx } from './pekepbx.ts';
import { describeContract } from './suite.ts';

describeContract('pekepbx by profile, dialect a', () => startPekepbx({ edition: 'a' }, 'tenantName'));

describeContract('pekepbx by profile, dialect b', () => startPekepbx({ edition: 'b' }, 'tenant'));

describeContract('pekepbx by profile, dialect c', () => startPekepbx({ edition: 'c' }, 'tenantName'));
