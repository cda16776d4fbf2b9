// Runs before each file of the tests that every commit has to pass: fast-check draws the same cases each time, so that a commit
// passes or fails for what is in it. `npm run test:long` draws others.

import fc from "fast-check";

fc.configureGlobal({ seed: 2 });
