import type { IncomingMessage } from "node:http";
import type { ApiAccess, ApiWish } from "./build-api.ts";
import { IdempotencyKey, SubmitQuery } from "./schemas.ts";

type Refusal = { status: number; code: string; message: string };

const SEVERAL = ["tag", "arg"];
/** The only client there is, as long as there is one token. */
export const CLIENT = "api";

/** What a request asks for, by its query and headers alone, or why it cannot be. */
export function readSubmission(
  { headers }: Pick<IncomingMessage, "headers">,
  query: URLSearchParams,
  { imagePrefix, limit }: ApiAccess,
): ApiWish | Refusal {
  const known = new Set(Object.keys(SubmitQuery.shape));
  const unknown = [...query.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) return refuse(400, "bad-request", `${unknown}: there is no such parameter`);
  const values = [...new Set(query.keys())].map((name) => [
    name,
    SEVERAL.includes(name) ? [] : query.get(name),
  ]);
  const parsed = SubmitQuery.safeParse({
    ...Object.fromEntries(values),
    tag: query.getAll("tag"),
    arg: query.getAll("arg"),
  });
  const key = IdempotencyKey.optional().safeParse(headers["idempotency-key"]);
  if (!parsed.success) return refuse(400, "bad-request", describe(parsed.error.issues));
  if (!key.success) return refuse(400, "bad-request", `Idempotency-Key: ${describe(key.error.issues)}`);
  const { image, tag, arg, dockerfile = "Dockerfile", dockerfileText, target, push, cache } = parsed.data;
  if (!image.startsWith(`${imagePrefix}/`))
    return refuse(403, "image-not-allowed", `${image}: this token writes images below ${imagePrefix}/ alone`);
  if (headers["content-type"]?.startsWith("multipart/"))
    return refuse(
      415,
      "not-a-tar",
      "send the gzip-compressed tar as the body itself: curl --data-binary @context.tgz",
    );
  if (Number(headers["content-length"]) > limit)
    return refuse(413, "context-too-large", `the upload is larger than the ${limit} bytes that are allowed`);
  const tags = tag.length === 0 ? ["latest"] : [...new Set(tag)];
  return {
    by: CLIENT,
    key: key.data,
    isPushed: push !== "false",
    noCache: cache === "false",
    image: {
      path: image,
      context: "",
      dockerfile: dockerfileText === undefined ? { path: dockerfile } : { text: dockerfileText },
      ...(target === undefined ? {} : { target }),
      args: arg.map(argumentOf),
      labels: {},
      tags: tags.map((name) => ({ name, moves: false })),
    },
  };
}

function argumentOf(text: string) {
  const at = text.indexOf("=");
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

function refuse(status: number, code: string, message: string): Refusal {
  return { status, code, message };
}

function describe(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  return issues.map(({ path, message }) => [...path.map(String), message].join(": ")).join("; ");
}
