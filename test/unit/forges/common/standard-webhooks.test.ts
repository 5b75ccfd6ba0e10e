import { describe, expect, it } from "vitest";
import { isSignedWith } from "../../../../src/forges/common/standard-webhooks.ts";

// The example of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md and its libraries.
const token = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const delivery = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: "1614265330",
  signatures: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  body: Buffer.from('{"test": 2432232314}'),
};
const now = 1_614_265_330_000;

describe("forges/common/standard-webhooks", () => {
  it("knows the signature that the specification gives", () => {
    expect(isSignedWith(token, delivery, now)).toBe(true);
  });

  it("knows the right one among several", () => {
    const signatures = `v1,AAAA v2,${delivery.signatures.slice(3)} ${delivery.signatures}`;
    expect(isSignedWith(token, { ...delivery, signatures }, now)).toBe(true);
  });

  it.each([
    ["another body", { body: Buffer.from("{}") }],
    ["another id", { id: "msg_2" }],
    ["another time", { timestamp: "1614265331" }],
    ["no time", { timestamp: "" }],
    ["no number for a time", { timestamp: "1614265330 " }],
    ["another version", { signatures: delivery.signatures.replace("v1", "v2") }],
    ["no signature", { signatures: "" }],
  ])("believes no delivery with %s", (_, changes) => {
    expect(isSignedWith(token, { ...delivery, ...changes }, now)).toBe(false);
  });

  it.each([
    [-299, true],
    [299, true],
    [-301, false],
    [301, false],
  ])("of a delivery of %d seconds from now: %s", (seconds, isBelieved) => {
    expect(isSignedWith(token, delivery, now + seconds * 1000)).toBe(isBelieved);
  });

  it("believes no other token", () => {
    expect(isSignedWith("whsec_AAAA", delivery, now)).toBe(false);
  });
});
