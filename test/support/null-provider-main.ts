import { runSpawned } from '../../stacks/plugin/index.ts';
import { nullProvider } from './null-provider.ts';

void runSpawned(nullProvider);
