// Runs before each file of the view tests: matchers such as toBeVisible, and an empty document after every test.

import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
