import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { BuildId } from "../core/build-id.ts";

/** Tells this key apart from whatever else may be made of the same secret. */
const PURPOSE = "pushwright: pages of builds";
const KEY_BYTES = 32;

export const BUILD_PAGES = "/builds/";

/** Links to builds' pages. Whoever has a build's link may read its page, and no other. */
export type BuildLinks = {
  /** Undefined when nobody has said where the bot is reached from outside. */
  linkTo(id: BuildId): string | undefined;
  mayRead(id: string, key: string | null): boolean;
};

export function createBuildLinks({
  publicUrl,
  secret,
}: {
  /** Where people reach the bot: `https://pushwright.example.com`. */
  publicUrl: string | undefined;
  /** The webhook's secret. It does not show in a link. */
  secret: string;
}): BuildLinks {
  const pageSecret = Buffer.from(hkdfSync("sha256", secret, "", PURPOSE, KEY_BYTES));
  const keyOf = (id: string) => createHmac("sha256", pageSecret).update(id).digest();
  return {
    linkTo: (id) =>
      publicUrl === undefined
        ? undefined
        : `${publicUrl.replace(/\/+$/, "")}${BUILD_PAGES}${id}?key=${keyOf(id).toString("base64url")}`,
    mayRead(id, key) {
      const given = Buffer.from(key ?? "", "base64url");
      const expected = keyOf(id);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
