import { buffer } from "node:stream/consumers";
import { type Header, pack } from "tar-stream";

type Entry = Pick<Header, "name"> & Partial<Header> & { content?: string | Buffer };

/** What is in every probe's context: a file, and archives such as packages are made of. */
export async function probeFiles(): Promise<Record<string, Buffer>> {
  return {
    file: Buffer.from("of the context\n"),
    "package.tar": await tarOf(PACKAGE),
    "setgid.tar": await tarOf(SETGID),
    "capable.tar": await tarOf(CAPABLE),
  };
}

export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content, ...entry } of entries) tar.entry(entry, content ?? "");
  tar.finalize();
  return buffer(tar);
}

/** Owners, modes and a hard link as in Debian's packages of shadow, sudo and man-db. */
const PACKAGE: Entry[] = [
  { name: "package/", type: "directory", mode: 0o755 },
  { name: "package/program", mode: 0o4755, content: "program" },
  { name: "package/linked", type: "link", linkname: "package/program" },
  { name: "package/secret", mode: 0o640, gid: 42, content: "secret" },
  { name: "package/cache/", type: "directory", mode: 0o700, uid: 6, gid: 12 },
  { name: "package/cache/entry", mode: 0o600, uid: 6, gid: 12, content: "entry" },
];

const SETGID: Entry[] = [
  { name: "setgid/", type: "directory", mode: 0o755 },
  { name: "setgid/program", mode: 0o2755, gid: 42, content: "program" },
];

/** CAP_NET_RAW, permitted and effective, as `setcap cap_net_raw+ep` writes it: struct vfs_cap_data of linux/capability.h. */
const NET_RAW = "\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
const CAPABLE: Entry[] = [
  {
    name: "capable",
    mode: 0o755,
    content: "program",
    pax: { "SCHILY.xattr.security.capability": NET_RAW },
  },
];
