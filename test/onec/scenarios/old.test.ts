import { OLD, scenarioSuite } from './suite.ts';

scenarioSuite(OLD);
