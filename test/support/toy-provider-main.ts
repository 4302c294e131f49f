import { runSpawned } from '../../stacks/plugin/index.ts';
import { toyProvider } from './toy-provider.ts';

void runSpawned(toyProvider);
