import { describe, expect, it } from "vitest";
import { decideBuilds } from "../../../../src/core/decide-builds.ts";
import { parseRepoConfig } from "../../../../src/core/repo-config/parse-repo-config.ts";
import { askingOf, onlyBuildOf, policyOf } from "./askings.ts";

const large = {
  repositories: ["acme/*"],
  cpu: { request: "1", limit: "4" },
  memory: { request: "1Gi", limit: "8Gi" },
  placement: { nodeSelector: { pool: "large" }, tolerations: [] },
};
const policy = policyOf({ classes: { large, theirs: { ...large, repositories: ["other/*"] } } });

function decide(image: string) {
  const parsed = parseRepoConfig(`images: [${image}]`);
  if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
  return onlyBuildOf(decideBuilds(askingOf(), parsed.config, policy));
}

describe("core/decide: classes and resources", () => {
  it("leaves an image that asks for nothing as it is", () => {
    const { image } = decide("{}").request;
    expect(image).not.toHaveProperty("class");
    expect(image).not.toHaveProperty("resources");
  });

  it("cuts to the policy's limits without a class, and `/why` tells of it", () => {
    const { request } = decide("{ resources: { memory: 4Gi, cpu: 500m } }");
    expect(request.image.resources).toEqual({
      cpu: { request: "500m", limit: "500m" },
      memory: { request: "512Mi", limit: "2Gi" },
    });
    expect(request.trigger.rule).toContain("its memory limit of 4Gi is cut to 2Gi");
  });

  it("has as much as its class allows", () => {
    const { request, end } = decide("{ class: large, resources: { memory: 4Gi } }");
    expect(end).toBeUndefined();
    expect(request.image).toMatchObject({
      class: "large",
      resources: { cpu: large.cpu, memory: { request: "1Gi", limit: "4Gi" } },
    });
  });

  it.each(["theirs", "none", "constructor"])("is not built in the class %s, and says why", (name) => {
    expect(decide(`{ class: ${name} }`).end).toMatchObject({
      outcome: "failure",
      diagnosis: { code: "class-forbidden", cause: expect.stringContaining(`\`${name}\``) },
    });
  });
});
