import type { Digest } from "../../core/image-reference.ts";
import type { Fetched } from "../fetch-from.ts";
import type { ImageShelf } from "../image-shelf.ts";
import { digestOf, MANIFEST_TYPES } from "../manifest.ts";
import { createRegistryApi, type OciRegistrySettings } from "../registry-api.ts";
import { registryRefusal } from "../registry-fault.ts";
import { parseLabels, parseShelved, parseTags } from "./parse-shelved.ts";
import { removalRefusal } from "./removal-refusal.ts";

const PAGE = 1000;
const ACCEPT = { accept: MANIFEST_TYPES.join(", ") };

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export function createOciImageShelf(settings: OciRegistrySettings): ImageShelf {
  const { host, pathOf, ask } = createRegistryApi(settings);
  return {
    async listTags(imagePath) {
      const doing = `listing the tags of ${pathOf(imagePath)} in registry ${host}`;
      const tags = new Set<string>();
      for (let last = ""; ; ) {
        const query = new URLSearchParams({ n: String(PAGE), ...(last === "" ? {} : { last }) });
        const page = await fetchFound(doing, imagePath, `tags/list?${query}`);
        const news = (page ? parseTags(doing, page.body) : []).filter((tag) => !tags.has(tag));
        // Some give fewer than were asked for, and some give all of them whatever was asked.
        if (news.length === 0) return [...tags];
        for (const tag of news) tags.add(tag);
        last = news.at(-1) ?? "";
      }
    },

    async resolve(imagePath, imageTag) {
      const found = await fetchManifest(imagePath, imageTag);
      return found && digestOf(found.body);
    },

    async read(imagePath, digest) {
      const found = await fetchManifest(imagePath, digest);
      if (!found) return undefined;
      const image = parseShelved(found.doing, found.body);
      const labels = image.config === undefined ? {} : await fetchLabels(imagePath, image.config);
      return { ...image, labels };
    },

    async remove(imagePath, digest) {
      const doing = `removing ${pathOf(imagePath)}@${digest} from registry ${host}`;
      const answer = await ask(doing, imagePath, `manifests/${digest}`, { method: "DELETE" });
      if (answer.status === 404) return false;
      if (answer.status < 200 || answer.status >= 300) throw removalRefusal(doing, answer);
      return true;
    },
  };

  async function fetchManifest(imagePath: string, reference: string | Digest) {
    const doing = `asking registry ${host} for ${pathOf(imagePath)} at ${reference}`;
    const answer = await fetchFound(doing, imagePath, `manifests/${reference}`, ACCEPT);
    return answer && { ...answer, doing };
  }

  async function fetchLabels(imagePath: string, config: string): Promise<Record<string, string>> {
    const doing = `asking registry ${host} for the configuration ${config} of ${pathOf(imagePath)}`;
    const answer = await fetchFound(doing, imagePath, `blobs/${config}`);
    return answer ? parseLabels(doing, answer.body) : {};
  }

  /** Undefined when there is no such thing. */
  async function fetchFound(
    doing: string,
    imagePath: string,
    resource: string,
    headers: Record<string, string> = {},
  ): Promise<Fetched | undefined> {
    const answer = await ask(doing, imagePath, resource, { headers });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw registryRefusal(doing, answer.status);
    return answer;
  }
}
