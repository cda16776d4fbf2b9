// The page as the end-to-end tests get it: whatever goes wrong on it without being asked for fails the test. Errors in the console
// (a breach of the content security policy among them), exceptions, answers of 400 and above, requests that leave the site.

import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend<{ mishaps: string[] }>({
  mishaps: [
    async ({ page, baseURL }, use) => {
      const mishaps: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") mishaps.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => mishaps.push(`exception: ${error.message}`));
      page.on("response", (response) => {
        if (response.status() >= 400) mishaps.push(`answer ${response.status()}: ${response.url()}`);
      });
      page.on("request", (request) => {
        if (!isOnSite(request.url(), baseURL)) mishaps.push(`request that leaves the site: ${request.url()}`);
      });
      await use(mishaps);
      expect(mishaps).toEqual([]);
    },
    { auto: true },
  ],
});

function isOnSite(address: string, baseURL: string | undefined): boolean {
  return /^(data|blob):/.test(address) || (baseURL !== undefined && address.startsWith(baseURL));
}
