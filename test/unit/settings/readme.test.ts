import { expect, it } from "vitest";
import { readmeWithSettings } from "../../../docs/settings-table.ts";

it("the README's table of settings is the code's: `npm run fix` writes it", async () => {
  const { written, expected } = await readmeWithSettings();
  expect(written).toBe(expected);
});
