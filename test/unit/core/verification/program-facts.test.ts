import { describe, expect, it } from "vitest";
import { foreignBinary } from "../../../../src/core/verification/program-facts.ts";

const facts = (architecture: string, own?: string) => ({
  architecture,
  os: "linux",
  command: ["/main"],
  ...(own === undefined ? {} : { binary: { path: "/main", architecture: own } }),
});

describe("core/verification/program-facts", () => {
  it.each([
    ["amd64", "arm64"],
    ["arm64", "amd64"],
    ["arm", "arm64"],
    ["386", "amd64"],
  ])("an image for %s cannot run a program for %s", (image, binary) => {
    expect(foreignBinary(facts(image, binary))).toEqual({ path: "/main", architecture: binary });
  });

  it.each([
    ["amd64", "amd64"],
    ["amd64", "386"],
    ["arm64", "arm"],
    ["riscv64", undefined],
  ])("an image for %s can run a program for %s", (image, binary) => {
    expect(foreignBinary(facts(image, binary))).toBeUndefined();
  });
});
