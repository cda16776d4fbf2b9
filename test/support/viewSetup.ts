// Runs before each file of the view tests: matchers such as toBeVisible, and an empty document after every test.

import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// What is waited for on a loaded machine may take its time; nothing is measured by it.
configure({ asyncUtilTimeout: 4_000 });
