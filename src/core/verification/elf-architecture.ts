/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html: how many bytes tell the machine. */
export const ELF_HEAD_BYTES = 20;

/** https://github.com/golang/go/blob/go1.26.0/src/debug/elf/elf.go (Machine), by what Go calls it, little endian first. */
const MACHINES: Record<number, [string, string]> = {
  3: ["386", "386"],
  8: ["mipsle", "mips"],
  21: ["ppc64le", "ppc64"],
  22: ["s390x", "s390x"],
  40: ["arm", "arm"],
  62: ["amd64", "amd64"],
  183: ["arm64", "arm64"],
  243: ["riscv64", "riscv64"],
  258: ["loong64", "loong64"],
};
const ELF_CLASS = { at: 4, is64: 2 };
const ELF_DATA = { at: 5, isLittle: 1 };
const MACHINE_AT = 18;

/** The architecture that a program's first bytes say it is for; undefined when they are no ELF's, or of none that is known. */
export function elfArchitecture(head: Uint8Array): string | undefined {
  const isElf = head.length >= ELF_HEAD_BYTES && String.fromCharCode(...head.slice(0, 4)) === "\u007fELF";
  if (!isElf) return undefined;
  const isLittle = head[ELF_DATA.at] === ELF_DATA.isLittle;
  const view = new DataView(head.buffer, head.byteOffset, ELF_HEAD_BYTES);
  const names = MACHINES[view.getUint16(MACHINE_AT, isLittle)];
  const name = names?.[isLittle ? 0 : 1];
  // Both widths of MIPS have one number.
  const isWide = head[ELF_CLASS.at] === ELF_CLASS.is64;
  return isWide ? name?.replace(/^mips/, "mips64") : name;
}
