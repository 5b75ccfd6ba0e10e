import { GlobList } from "../glob/glob-list.ts";
import { isRepositoryPath, type ProxiedRegistry } from "./proxy-plan.ts";

/** What a build may have of a registry through its proxy. */
export type Access =
  | { kind: "ping" }
  /** `withLogin`: else it gets what the registry gives to everybody, which it could also ask for itself. */
  | { kind: "read"; repository: string; withLogin: boolean }
  | { kind: "begin-upload"; repository: string; mount?: { digest: string; from: string } }
  /** `session` is the proxy's own name for an upload that it began. */
  | { kind: "upload"; repository: string; session: string; digest?: string }
  | { kind: "put-manifest"; repository: string }
  | { kind: "refused"; why: string };

const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Kaniko's keys of cached layers. */
const CACHE_TAG = /^[0-9a-f]{64}$/;
/** What the specification has for an upload. A registry that answers TRACE would say what login it was shown. */
const UPLOAD_METHODS = ["GET", "PATCH", "PUT", "DELETE"];

/**
 * The paths of https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints that a build needs, and no
 * other. Nothing in them is percent-encoded, so that the registry reads the same in them.
 */
const UPLOAD = /^\/v2\/([a-z0-9._/-]+)\/blobs\/uploads\/([0-9a-f-]*)$/;
const READ = /^\/v2\/([a-z0-9._/-]+)\/(?:blobs\/sha256:[0-9a-f]{64}|manifests\/[\w][\w.:-]{0,134})$/;
const MANIFEST = /^\/v2\/([a-z0-9._/-]+)\/manifests\/([\w][\w.:-]{0,134})$/;

/** `target` is the request's path and query, as it came. */
export function decideAccess(
  { images, cache, readable }: Pick<ProxiedRegistry, "images" | "cache" | "readable">,
  method: string,
  target: string,
): Access {
  const [path = "", query = ""] = target.split("?", 2);
  const isReading = method === "GET" || method === "HEAD";
  if (isReading && (path === "/v2/" || path === "/v2")) return { kind: "ping" };

  const [, uploaded, session] = UPLOAD.exec(path) ?? [];
  if (uploaded !== undefined && session !== undefined) return upload(uploaded, session);
  const [, read] = (isReading && READ.exec(path)) || [];
  if (read !== undefined && isRepositoryPath(read))
    return { kind: "read", repository: read, withLogin: mayRead(read) };
  const [, named, reference] = (method === "PUT" && MANIFEST.exec(path)) || [];
  if (named !== undefined && reference !== undefined) return putManifest(named, reference);
  return { kind: "refused", why: `a build has no need of ${method} ${path}` };

  function upload(repository: string, id: string): Access {
    if (!isPushed(repository)) return refusedPush(repository);
    const values = new URLSearchParams(query);
    if (id === "")
      return method === "POST"
        ? { kind: "begin-upload", repository, ...mountOf(values) }
        : { kind: "refused", why: `an upload begins with POST, not with ${method}` };
    if (!UPLOAD_METHODS.includes(method))
      return { kind: "refused", why: `an upload has no need of ${method}` };
    const digest = values.get("digest");
    return { kind: "upload", repository, session: id, ...(digest === null ? {} : { digest }) };
  }

  /** A layer of another repository may be taken over if it may be read. Without it, the layer is uploaded. */
  function mountOf(values: URLSearchParams): { mount?: { digest: string; from: string } } {
    const [digest, from] = [values.get("mount"), values.get("from")];
    if (digest === null || from === null || !DIGEST.test(digest)) return {};
    return isRepositoryPath(from) && mayRead(from) ? { mount: { digest, from } } : {};
  }

  function putManifest(repository: string, reference: string): Access {
    const isImage = images.some((image) => image.repository === repository && image.imageTag === reference);
    const isLayer = repository === cache && CACHE_TAG.test(reference);
    if (isImage || isLayer) return { kind: "put-manifest", repository };
    return isPushed(repository)
      ? { kind: "refused", why: `this build may not push the tag ${reference} of ${repository}` }
      : refusedPush(repository);
  }

  function refusedPush(repository: string): Access {
    return { kind: "refused", why: `this build may not push to ${repository}` };
  }

  function isPushed(repository: string): boolean {
    return repository === cache || images.some((image) => image.repository === repository);
  }

  function mayRead(repository: string): boolean {
    return isPushed(repository) || new GlobList(readable).find(repository) !== undefined;
  }
}
