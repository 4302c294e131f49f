import { describeContract } from './suite.ts';
import { editions, startYeastarP } from './yeastar-p.ts';

describeContract('yeastar-p that shows passwords and the keys of its panel, with organisations', () =>
  startYeastarP(editions.full),
);

describeContract('yeastar-p that shows no passwords', () => startYeastarP(editions.old));
