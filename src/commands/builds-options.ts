import { parseArgs } from "node:util";
import { z } from "zod";
import { BuildId } from "../core/build-id.ts";
import { CommitSha } from "../core/commit-sha.ts";
import { type ImageRoot, isOfForge } from "../core/image-root.ts";
import type { BuildFilter } from "../history/history.ts";

export type BuildsOptions = {
  /** That build alone, with the end of its log. */
  id?: BuildId;
  filter: Omit<BuildFilter, "repository"> & { repository?: string };
  limit: number;
  cursor?: string;
  json: boolean;
};

const State = z.enum(["waiting-for-approval", "queued", "running", "completed"]);
const Limit = z.coerce.number("expected a whole number").int().min(1).max(200);

/** Throws, in words for the person at the keyboard, when the options make no sense. */
export function parseBuildsOptions(args: string[]): BuildsOptions {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ repository: text, branch: text, commit: text, image: text, limit: text, cursor: text },
      ...{ state: { ...text, multiple: true }, json: { type: "boolean", default: false } },
    },
  });
  const { repository, branch, commit, image, state, limit = "20", cursor, json } = values;
  const [id, ...others] = positionals;
  if (others.length > 0) throw new Error(`${others.join(" ")}: one build at most is looked up by its id`);
  return {
    ...(id === undefined ? {} : { id: parse("the build's id", BuildId, id) }),
    filter: {
      ...(repository === undefined ? {} : { repository }),
      ...(branch === undefined ? {} : { branch }),
      ...(commit === undefined ? {} : { commit: parse("--commit", CommitSha, commit) }),
      ...(image === undefined ? {} : { imagePath: image }),
      ...(state === undefined ? {} : { states: state.map((one) => parse("--state", State, one)) }),
    },
    limit: parse("--limit", Limit, limit),
    ...(cursor === undefined ? {} : { cursor }),
    json,
  };
}

function parse<Schema extends z.ZodType>(what: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${what}: ${parsed.error.issues.map(({ message }) => message).join("; ")}`);
}

/** `acme/shop` where one forge is served, `//gitlab.example.com/acme/shop` on any. */
export function repositoryOf(
  text: string,
  roots: readonly ImageRoot[],
): NonNullable<BuildFilter["repository"]> {
  const named = /^(?:\/\/(?<host>[^/]+)\/)?(?<owner>.+)\/(?<name>[^/]+)$/.exec(text)?.groups;
  if (!named) throw new Error(`--repository ${text}: expected owner/name`);
  const { host, owner = "", name = "" } = named;
  const forges = roots.filter(isOfForge);
  const found = host === undefined ? forges : forges.filter((forge) => forge.host === host);
  const [only] = found;
  if (only && found.length === 1) return { forge: only.forge, host: only.host, owner, name };
  const examples = forges.map((forge) => `//${forge.host}/${owner}/${name}`).join(", ");
  throw new Error(`--repository ${text}: several forges are served, or not that one; there are ${examples}`);
}
