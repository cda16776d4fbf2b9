// Vectors that the browser keeps are listed among the runs, and a person can be rid of them.
import "fake-indexeddb/auto";
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { keepVectors, listVectors } from "../../../../src/view/ui/load/keptVectors.ts";
import { KeptVectorsList } from "../../../../src/view/ui/share/KeptVectors.tsx";
import { ownNumpy, tableIn } from "../../../support/ownVectors.ts";

it("lists kept vectors, and deletes them when asked twice", async () => {
  await keepVectors(await tableIn("vectors.npy", ownNumpy(70)));
  const user = userEvent.setup();
  render(<KeptVectorsList />);
  expect(await screen.findByText("vectors.npy")).toBeVisible();
  expect(screen.getByText(/^70 rows of 6 numbers, kept /)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Delete the vectors of vectors.npy" }));
  expect(await listVectors()).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Really delete the vectors of vectors.npy" }));
  await waitFor(() => expect(screen.queryByText("vectors.npy")).toBeNull());
  expect(await listVectors()).toEqual([]);
});
