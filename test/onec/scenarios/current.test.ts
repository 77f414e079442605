import { CURRENT, scenarioSuite } from './suite.ts';

scenarioSuite(CURRENT);
