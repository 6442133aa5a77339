// The page: choose imagery and a model, set a region, run a job, look at its result.

import { connectAccount } from './account.js';
import { connectImagery, loadImagery } from './imagery.js';
import { connectJob, resume } from './job.js';
import { connectRegion } from './region.js';
import { connectResult } from './result.js';

connectAccount(loadImagery);
connectImagery();
connectRegion();
connectResult();
connectJob();
await loadImagery();
await resume();
