import { describe, expect, it } from "vitest";
import { verifyWishOf } from "../../../../src/core/decide/verify-wish-of.ts";
import { decideBuilds } from "../../../../src/core/decide-builds.ts";
import { askingOf, configOf, imageConfigOf, onlyBuildOf, policyOf } from "./askings.ts";

const verify = { log: ["Ready"], exits: false, env: {}, timeoutSeconds: 900 };
const own = policyOf().verify;

describe("core/decide/verify-wish-of", () => {
  it("is nothing where nothing is asked for", () => {
    expect(verifyWishOf({}, policyOf())).toEqual({ notes: [] });
  });

  it("stays as it is within the policy", () => {
    const policy = policyOf({ verify: { ...own, timeoutSeconds: 900 } });
    expect(verifyWishOf({ verify }, policy)).toEqual({ verify, notes: [] });
  });

  it("is cut to the policy's timeout, and `/why` tells of it", () => {
    const config = configOf({ images: [imageConfigOf({ verify })] });
    const { request } = onlyBuildOf(decideBuilds(askingOf(), config, policyOf()));
    expect(request.image.verify).toEqual({ ...verify, timeoutSeconds: 600 });
    expect(request.trigger.rule).toContain("timeout of 15 min is cut to the operator's 10 min");
  });

  it("is left out, and `/why` tells of it, where the operator has turned it off", () => {
    const config = configOf({ images: [imageConfigOf({ verify })] });
    const policy = policyOf({ verify: { ...own, isAllowed: false } });
    const { request } = onlyBuildOf(decideBuilds(askingOf(), config, policy));
    expect(request.image).not.toHaveProperty("verify");
    expect(request.trigger.rule).toContain("not verified: the operator has turned that off");
  });
});
