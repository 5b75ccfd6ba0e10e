import { describe, expect, it } from "vitest";
import { pageWithFeatures } from "../../../docs/forges-page.ts";
import { EVERY_ABILITY } from "../../contract/forge/forge-abilities.ts";
import { FORGE_FEATURES, missingFeatures } from "../../contract/forge/forge-features.ts";
import { KNOWN_FORGES } from "../../contract/forge/known-forges.ts";

describe("the features of the forges", () => {
  it.each(Object.entries(KNOWN_FORGES))(
    "%s: what it has not has a reason, and nothing else has",
    (_, forge) => {
      expect(Object.keys(forge.reasons).toSorted()).toEqual(missingFeatures(forge.abilities).toSorted());
    },
  );

  it("has a row for each right and each end", () => {
    const rows = Object.keys(FORGE_FEATURES);
    for (const right of EVERY_ABILITY.permissions) expect(rows).toContain(`permission ${right}`);
    for (const conclusion of EVERY_ABILITY.ends) expect(rows).toContain(`end ${conclusion}`);
  });

  it("docs/forges.md has the suite's table: `npm run fix` writes it", async () => {
    const { written, expected } = await pageWithFeatures();
    expect(written).toBe(expected);
    expect(written).toContain("| GitHub | GitLab | Gitea |");
  });
});
