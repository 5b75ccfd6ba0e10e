import { z } from "zod";
import { PATH_COMPONENT } from "../../core/image-reference.ts";

export const Flag = z.enum(["true", "false"], "expected true or false").transform((text) => text === "true");
export const Port = z.coerce.number("expected a port number").int().min(0).max(65_535);
export const Count = z.coerce.number("expected a whole number").int().positive();
export const Name = z.string().min(1);
/** A URL of one of the schemes; the first is the example. */
export const urlOf = (...schemes: string[]) =>
  z.url({
    protocol: new RegExp(`^(?:${schemes.join("|")})$`),
    error: `expected a URL such as ${schemes[0]}://host:port`,
  });
export const HostAndPort = z
  .string()
  .regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/, "expected host[:port], without a scheme");
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
export const Namespace = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "expected a Kubernetes name: at most 63 of a-z, 0-9 and -",
  );

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
export const SecretName = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    "expected a Kubernetes Secret's name: a-z, 0-9, - and .",
  );

/** In the environment, lists are written as JSON. */
export const parseJson = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

/** A server's address, as people open it: what follows it is put together with a slash. */
export const siteUrl = urlOf("https", "http").transform((url) => url.replace(/\/+$/, ""));

/** With less behind it than the prefix says, anybody could sign. */
export const SigningToken = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+=*$/, "expected the signing token as GitLab shows it: whsec_…");

/** A path below the registry's place; `""` is the place itself. */
export const ImagePrefix = z
  .string()
  .refine(
    (path) => path.split("/").every((component) => PATH_COMPONENT.test(component)),
    "expected a path of lower-case letters, digits, -, _ and ., such as gitlab",
  )
  .or(z.literal(""))
  .default("");
