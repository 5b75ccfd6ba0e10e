/** Forges pack an archive under one top folder (`acme-shop-1a2b3c4/`): the path within it, `""` for the folder itself. */
export function stripTopFolder(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? "" : path.slice(slash + 1);
}
