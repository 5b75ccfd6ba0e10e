import { describe } from "vitest";
import { describeForge } from "../../contract/forge.ts";
import { openFakeForge } from "./open-fake-forge.ts";

describe("the forge in memory", () => describeForge(openFakeForge));
