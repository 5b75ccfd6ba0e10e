import { describe, expect, it } from "vitest";
import { buildResourcesOf } from "../../../../src/core/decide/build-resources-of.ts";

const most = { cpu: { request: "500m", limit: "2" }, memory: { request: "512Mi", limit: "2Gi" } };

describe("core/decide/build-resources-of", () => {
  it("says nothing where the image does not", () => {
    expect(buildResourcesOf({}, most)).toEqual({ notes: [] });
  });

  it.each([
    ["less", { cpu: { limit: "250m" } }, { cpu: { request: "250m", limit: "250m" }, memory: most.memory }],
    ["all there is", { memory: { limit: "2Gi" } }, most],
    ["a request of its own", { cpu: { request: "1" } }, { ...most, cpu: { request: "1", limit: "2" } }],
    [
      "both",
      { memory: { request: "1Gi", limit: "1500M" } },
      { ...most, memory: { request: "1Gi", limit: "1500M" } },
    ],
  ])("%s", (_, resources, expected) => {
    expect(buildResourcesOf({ resources }, most)).toEqual({ resources: expected, notes: [] });
  });

  it("cuts what is more than is allowed, and says so", () => {
    expect(
      buildResourcesOf({ resources: { cpu: { request: "3", limit: "4" }, memory: { limit: "1Ti" } } }, most),
    ).toEqual({
      resources: { cpu: { request: "2", limit: "2" }, memory: { request: "512Mi", limit: "2Gi" } },
      notes: [
        "its cpu limit of 4 is cut to 2",
        "its cpu request of 3 is cut to 2",
        "its memory limit of 1Ti is cut to 2Gi",
      ],
    });
  });

  it("requests no more than the image's own limit", () => {
    expect(buildResourcesOf({ resources: { memory: { request: "1Gi", limit: "512Mi" } } }, most)).toEqual({
      resources: { cpu: most.cpu, memory: { request: "512Mi", limit: "512Mi" } },
      notes: ["its memory request of 1Gi is cut to 512Mi"],
    });
  });
});
