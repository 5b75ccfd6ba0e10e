import { describe, expect, it } from "vitest";
import { elfArchitecture } from "../../../../src/core/verification/elf-architecture.ts";

/** The first twenty bytes of a program. */
function headOf(machine: number, { isLittle = true, is64 = true } = {}): Uint8Array {
  const head = new Uint8Array(20);
  head.set([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1]);
  new DataView(head.buffer).setUint16(18, machine, isLittle);
  return head;
}

describe("core/verification/elf-architecture", () => {
  it.each([
    ["amd64", headOf(62)],
    ["arm64", headOf(183)],
    ["386", headOf(3, { is64: false })],
    ["arm", headOf(40, { is64: false })],
    ["ppc64le", headOf(21)],
    ["s390x", headOf(22, { isLittle: false })],
    ["riscv64", headOf(243)],
    ["mips64le", headOf(8)],
    ["mips", headOf(8, { isLittle: false, is64: false })],
  ])("%s", (architecture, head) => {
    expect(elfArchitecture(head)).toBe(architecture);
  });

  it.each([
    ["a script", new TextEncoder().encode("#!/bin/sh\necho hello world\n")],
    ["nothing", new Uint8Array()],
    ["a cut one", headOf(62).slice(0, 19)],
    ["a machine that nobody knows", headOf(9999)],
  ])("says nothing of %s", (_, head) => {
    expect(elfArchitecture(head)).toBeUndefined();
  });

  it("reads the bytes where they are in a larger buffer", () => {
    const large = Buffer.concat([Buffer.alloc(7), headOf(183), Buffer.alloc(7)]);
    expect(elfArchitecture(large.subarray(7))).toBe("arm64");
  });
});
