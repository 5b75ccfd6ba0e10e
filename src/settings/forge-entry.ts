import { z } from "zod";
import { ImagePrefix, siteUrl } from "./rows/setting-values.ts";

/** One of the hosts that stand in `forges`. Its secrets are in variables that carry its name. */
export const ForgeEntry = z.strictObject({
  forge: z.enum(["gitlab", "gitea"], "expected gitlab or gitea (also for Forgejo)"),
  name: z
    .string("expected a name")
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "expected a name of lower-case letters, digits and single hyphens"),
  url: siteUrl,
  imagePrefix: ImagePrefix,
});
export type ForgeEntry = z.infer<typeof ForgeEntry>;

export const ForgeEntries = z.array(ForgeEntry, "expected a list of forges");

/** The variables of an entry: `PUSHWRIGHT_FORGE_TOOLS_TOKEN` of the one named `tools`. GitLab alone has signing tokens. */
export function variablesOf({ forge, name }: Pick<ForgeEntry, "forge" | "name">) {
  const start = `PUSHWRIGHT_FORGE_${name.toUpperCase().replaceAll("-", "_")}`;
  return {
    token: `${start}_TOKEN`,
    webhookSecret: `${start}_WEBHOOK_SECRET`,
    ...(forge === "gitlab" ? { signingToken: `${start}_SIGNING_TOKEN` } : {}),
  };
}
