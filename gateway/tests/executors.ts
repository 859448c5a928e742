import { EXECUTORS as BY_NAME } from '../src/execution/engine.js';
import type { CreatePlanExecutor } from '../src/execution/plan-executor.js';

/** Every engine the gateway can run plans with; what holds for one must hold for all. */
export const EXECUTORS: readonly (readonly [name: string, create: CreatePlanExecutor])[] =
  Object.entries(BY_NAME);
