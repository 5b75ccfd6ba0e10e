import { describe, expect, it } from "vitest";
import { FORGE_FEATURES } from "../../contract/forge/forge-features.ts";
import { PROVED } from "../../contract/forge/proves.ts";
import { describeForge } from "../../contract/forge.ts";
import { openFakeForge } from "./open-fake-forge.ts";

describe("the forge in memory", () => describeForge(openFakeForge));

it("the suite has a test for every feature in the forges' table", () => {
  expect([...PROVED].toSorted()).toEqual(Object.keys(FORGE_FEATURES).toSorted());
});
