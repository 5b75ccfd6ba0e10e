import type { Readable } from "node:stream";
import type { BuildId } from "../../core/build-id.ts";
import type { ImageBuild } from "../../core/image-build.ts";
import type { UploadBuild } from "../../core/upload.ts";

/** What a client asks for. */
export type ApiWish = {
  by: string;
  key?: string | undefined;
  image: Omit<ImageBuild, "deadlineSeconds">;
  isPushed: boolean;
  noCache: boolean;
};

/** What the API stands on. */
export type BuildApi = {
  /** Rejects with a BuildFault when what was sent cannot be built. */
  submit(wish: ApiWish, body: Readable): Promise<{ build: UploadBuild } | { refused: "other-wish" }>;
  find(id: BuildId): Promise<UploadBuild | undefined>;
  /** The end of its log, as far as it is known here. */
  log(id: BuildId): Promise<string[] | undefined>;
  cancel(id: BuildId, by: string): Promise<UploadBuild | undefined>;
};

/** Who may use it, and for what. */
export type ApiAccess = {
  token: string;
  /** Images must lie below this path. */
  imagePrefix: string;
  /** The largest upload, in bytes. */
  limit: number;
};
